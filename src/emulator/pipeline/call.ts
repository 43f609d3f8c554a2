import type { Access } from '../authorization/access.ts';
import type { Clock } from '../clock.ts';
import type { KeyStoreSecrets } from '../crypto/keyStoreSecrets.ts';
import type { MaterialVault } from '../crypto/materialVault.ts';
import type { ImportTokens } from '../material/importToken.ts';
import type { GrantTokens } from '../grants/grantTokens.ts';
import type { Store } from '../store/store.ts';
import type { Upkeep } from '../upkeep/upkeep.ts';
import type { LastUsage } from '../usage/lastUsage.ts';
import type { Markers } from './marker.ts';
import type { Input } from './memberRules.ts';

/** The parts that every operation works with. */
export interface Services {
  readonly store: Store;
  readonly vault: MaterialVault;
  readonly clock: Clock;
  readonly markers: Markers;
  readonly importTokens: ImportTokens;
  readonly grantTokens: GrantTokens;
  readonly upkeep: Upkeep;
  readonly keyStoreSecrets: KeyStoreSecrets;
  readonly lastUsage: LastUsage;
  readonly access: Access;
}

/** Who signed the request. */
export interface Caller {
  readonly accessKeyId: string;
  readonly accountId: string;
  /** Of the user, of the account's root, or of the session of a role. */
  readonly arn: string;
  /** The unique id that GetCallerIdentity gives: the account id for its root, AIDA... for a user, AROA...:name for a session. */
  readonly userId: string;
  readonly kind: 'root' | 'user' | 'roleSession';
  /** Of the role when a session of it calls, else the same as `arn`. */
  readonly principalArn: string;
  /** Tags of the user or role; those of the session come before them. */
  readonly tags: Readonly<Record<string, string>>;
  /** Identity policies, as JSON texts. */
  readonly policies: readonly string[];
  /** The permissions boundary, as JSON text. */
  readonly boundary: string | undefined;
  /** The session policy, as JSON text. */
  readonly sessionPolicy: string | undefined;
  /** The tags that roles assumed from this session inherit. */
  readonly transitiveTagKeys: readonly string[];
}

/** What the call event will tell; filled in as the call goes on. Never plaintext, ciphertext or key material. */
export interface CallNotes {
  keyId: string | null;
  encryptionContextKeys: readonly string[];
  decision: 'allow' | 'deny';
  reason: string;
  /** The statement of the key policy that decided, counted from zero. */
  statement: number | null;
}

/** One authenticated request before its body was read. */
export interface ReceivedCall extends Services {
  readonly operation: string;
  /** The id that the answer carries in `x-amzn-RequestId`. */
  readonly requestId: string;
  readonly region: string;
  readonly caller: Caller;
  readonly userAgent: string | undefined;
  /** The time of the call in epoch milliseconds, by the movable clock. */
  readonly now: number;
  readonly notes: CallNotes;
  /** The ARNs of the keys that the call was admitted to so far. */
  readonly admitted: string[];
}

/** One authenticated request on its way through the pipeline. */
export interface Call extends ReceivedCall {
  /** What validation let through. */
  readonly input: Input;
}
