import type { Clock } from '../clock.ts';
import type { KeyStoreSecrets } from '../crypto/keyStoreSecrets.ts';
import type { MaterialVault } from '../crypto/materialVault.ts';
import type { Store } from '../store/store.ts';
import type { Upkeep } from '../upkeep/upkeep.ts';
import type { Markers } from './marker.ts';

/** The parts that every operation works with. */
export interface Services {
  readonly store: Store;
  readonly vault: MaterialVault;
  readonly clock: Clock;
  readonly markers: Markers;
  readonly upkeep: Upkeep;
  readonly keyStoreSecrets: KeyStoreSecrets;
}

/** Who signed the request. */
export interface Caller {
  readonly accessKeyId: string;
  readonly accountId: string;
  readonly arn: string;
  /** The unique id that GetCallerIdentity gives: the account id for its root, the access key id for a user. */
  readonly userId: string;
}

/** What the call event will tell; filled in as the call goes on. Never plaintext, ciphertext or key material. */
export interface CallNotes {
  keyId: string | null;
  encryptionContextKeys: readonly string[];
  decision: 'allow' | 'deny';
  reason: string;
}

/** One authenticated request on its way through the pipeline. */
export interface Call extends Services {
  readonly operation: string;
  readonly region: string;
  readonly caller: Caller;
  /** The time of the call in epoch milliseconds, by the movable clock. */
  readonly now: number;
  readonly notes: CallNotes;
}
