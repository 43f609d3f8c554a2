import type { EncryptionContext } from '../keyMetadata.ts';
import type { KeyReference } from './keyReference.ts';

/** Conditions of a grant (https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html). */
export interface GrantConstraints {
  readonly encryptionContextEquals?: EncryptionContext;
  readonly encryptionContextSubset?: EncryptionContext;
  readonly sourceArn?: string;
}

/** A row of ListGrants. Principals are ARNs or names of services; the creation date is in epoch milliseconds. */
export interface GrantEntry {
  readonly grantId: string;
  /** Empty when the grant has none. */
  readonly name: string;
  readonly creationDate: number | undefined;
  readonly granteePrincipal: string;
  readonly retiringPrincipal: string | undefined;
  readonly issuingAccount: string;
  readonly operations: readonly string[];
  readonly constraints: GrantConstraints;
}

export interface NewGrant {
  readonly granteePrincipal: string;
  readonly retiringPrincipal?: string;
  readonly operations: readonly string[];
  readonly constraints?: GrantConstraints;
  readonly name?: string;
}

/** The grants of keys. */
export interface Grants {
  listGrants(key: KeyReference, signal: AbortSignal): AsyncIterable<readonly GrantEntry[]>;
  /** Gives the id of the grant. */
  createGrant(key: KeyReference, grant: NewGrant, signal: AbortSignal): Promise<string>;
  revokeGrant(key: KeyReference, grantId: string, signal: AbortSignal): Promise<void>;
  /** The key has to be named by its ARN. */
  retireGrant(key: KeyReference, grantId: string, signal: AbortSignal): Promise<void>;
}
