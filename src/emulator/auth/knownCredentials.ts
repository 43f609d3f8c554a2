import type { Clock } from '../clock.ts';
import type { Caller } from '../pipeline/call.ts';
import type { Store } from '../store/store.ts';
import type { AccessKeys } from './accessKeys.ts';
import { sessionCaller } from './callers.ts';
import { type SessionTokens, unrecognizedClient } from './sessionTokens.ts';
import { type SigningKeys, signingKeysOf } from './signingKeys.ts';

/** Who signs with an access key, and the keys to check the signature with. */
export interface KnownCredentials {
  /** Throws UnrecognizedClientException for an unknown access key or token, and ExpiredTokenException. */
  find(accessKeyId: string, sessionToken: string | undefined): { readonly caller: Caller; readonly signingKey: SigningKeys };
}

export interface CredentialSources {
  readonly store: Store;
  readonly clock: Clock;
  readonly accessKeys: AccessKeys;
  readonly sessionTokens: SessionTokens;
}

/** Long-term access keys, and temporary ones that come with their session token. */
export function knownCredentials({ store, clock, accessKeys, sessionTokens }: CredentialSources): KnownCredentials {
  return {
    find(accessKeyId, sessionToken) {
      const known = accessKeys.find(accessKeyId);
      if (known) return known;
      if (sessionToken === undefined) throw unrecognizedClient();
      const { session, secretAccessKey } = sessionTokens.open(accessKeyId, sessionToken, clock.now());
      const caller = sessionCaller(store, accessKeyId, session);
      if (!caller) throw unrecognizedClient();
      return { caller, signingKey: signingKeysOf(secretAccessKey) };
    },
  };
}
