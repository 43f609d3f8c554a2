import { randomBytes, randomInt } from 'node:crypto';
import { partitionOf } from '../../core/kms/arn.ts';
import type { RootKey } from '../crypto/rootKey.ts';
import type { Caller } from '../pipeline/call.ts';
import type { Store } from '../store/store.ts';
import { callerOf } from './callers.ts';
import { type SigningKeys, signingKeysOf } from './signingKeys.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The access keys the emulator knows, their secrets wrapped in the store. */
export interface AccessKeys {
  /** Makes `credentials` a key of a user, or of the account's root without a name. Replaces a key with the same id. */
  put(accountId: string, userName: string | undefined, credentials: Credentials): void;
  find(accessKeyId: string): { readonly caller: Caller; readonly secretAccessKey: string; readonly signingKey: SigningKeys } | undefined;
  /** Drops what was read from the store, after the store was replaced. */
  forgetAll(): void;
}

type Entry = NonNullable<ReturnType<AccessKeys['find']>>;

export function accessKeys(store: Store, rootKey: RootKey, region: string): AccessKeys {
  const kept = new Map<string, Entry>();
  const read = (accessKeyId: string): Entry | undefined => {
    const row = store.accessKeys.find(accessKeyId);
    if (!row) return undefined;
    const secretAccessKey = rootKey.unwrap(row.wrappedSecret, ['access key', accessKeyId]).toString('utf8');
    const caller = callerOf(store, accessKeyId, row.accountId, row.principalArn);
    return { secretAccessKey, signingKey: signingKeysOf(secretAccessKey), caller };
  };
  return {
    put(accountId, userName, { accessKeyId, secretAccessKey }) {
      kept.delete(accessKeyId);
      store.accessKeys.put({
        accessKeyId,
        accountId,
        principalArn: `arn:${partitionOf(region)}:iam::${accountId}:${userName === undefined ? 'root' : `user/${userName}`}`,
        wrappedSecret: rootKey.wrap(Buffer.from(secretAccessKey, 'utf8'), ['access key', accessKeyId]),
      });
    },
    find(accessKeyId) {
      const entry = kept.get(accessKeyId) ?? read(accessKeyId);
      if (entry) kept.set(accessKeyId, entry);
      return entry;
    },
    forgetAll() {
      kept.clear();
    },
  };
}

const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A new access key in the shape of AWS's: an id of 20 characters and 30 random bytes as the secret. */
export function randomCredentials(): Credentials {
  const id = Array.from({ length: 16 }, () => idAlphabet.charAt(randomInt(idAlphabet.length))).join('');
  return { accessKeyId: `AKIA${id}`, secretAccessKey: randomBytes(30).toString('base64') };
}
