import type { RootKey } from '../crypto/rootKey.ts';
import { KmsException } from '../kmsException.ts';
import type { GrantRow } from '../store/tables/grantTable.ts';

/** The grant that a token stands for; it may be gone by now. */
export type GrantName = Pick<GrantRow, 'keyArn' | 'grantId'>;

/**
 * Grant tokens (https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#grant_token): opaque to the caller,
 * another one at each call, and every one of them as good as any other of its grant.
 */
export interface GrantTokens {
  make(grant: GrantName): string;
  /** Throws InvalidGrantTokenException for a text that `make` did not give. */
  read(token: string): GrantName;
}

const binding = ['grant token'];

export function grantTokensUnder(key: RootKey): GrantTokens {
  return {
    make: ({ keyArn, grantId }) => Buffer.from(key.wrap(Buffer.from(`${keyArn} ${grantId}`, 'utf8'), binding)).toString('base64'),
    read(token) {
      try {
        const [keyArn = '', grantId = ''] = key.unwrap(Buffer.from(token, 'base64'), binding).toString('utf8').split(' ');
        return { keyArn, grantId };
      } catch {
        throw new KmsException('InvalidGrantTokenException', 'The grant token is not valid.');
      }
    },
  };
}

/** Throws InvalidGrantTokenException when one of the request's grant tokens is not one. */
export function checkGrantTokens(tokens: GrantTokens, given: unknown): void {
  if (!Array.isArray(given)) return;
  for (const token of given) tokens.read(String(token));
}
