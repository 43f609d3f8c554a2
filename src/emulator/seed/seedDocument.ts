import type { KeyOrigin, KeyUsage } from '../../core/kms/keyMetadata.ts';
import type { KeySpecName } from '../../core/kms/keySpecs.ts';
import type { GrantTerms } from '../grants/grantTerms.ts';
import type { KeyStoreRow } from '../store/tables/keyStoreTable.ts';
import type { PrincipalRow } from '../store/tables/principalTable.ts';

/** A seed file after reading: everything checked, every default filled in. */
export interface SeedDocument {
  readonly accessKeys: readonly SeedAccessKey[];
  readonly principals: readonly SeedPrincipal[];
  readonly keyStores: readonly SeedKeyStore[];
  readonly keys: readonly SeedKey[];
  readonly serviceKeys: readonly SeedServiceKey[];
}

export interface SeedAccessKey {
  readonly accountId: string;
  /** Undefined for the account's root. */
  readonly userName: string | undefined;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A user, or a role, which has a trust policy. Documents are JSON texts. */
export type SeedPrincipal = Omit<PrincipalRow, 'uniqueId'>;

export type SeedKeyStore = Pick<KeyStoreRow, 'name' | 'accountId' | 'region' | 'type' | 'state' | 'connectFails' | 'details'> & {
  /** Undefined for a store whose id is made when it is loaded. */
  readonly storeId: string | undefined;
  readonly secret: string | undefined;
};

export interface SeedKey {
  /** Undefined for a key whose id is made when it is loaded. */
  readonly keyId: string | undefined;
  readonly accountId: string;
  readonly region: string;
  readonly spec: KeySpecName;
  readonly usage: KeyUsage;
  readonly origin: KeyOrigin;
  readonly description: string;
  readonly enabled: boolean;
  readonly pendingDeletionDays: number | undefined;
  readonly aliases: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** The policy as JSON text, or undefined for the default one. */
  readonly policy: string | undefined;
  readonly rotationPeriodDays: number | undefined;
  /** Epoch milliseconds; undefined for a whole period after the key is loaded. */
  readonly nextRotationAt: number | undefined;
  /** Regions with a replica, which gets all that the seed says of the key: the policy, the aliases, the tags, the grants. */
  readonly replicas: readonly string[];
  readonly grants: readonly GrantTerms[];
  /** Oldest first, in the form in which material is stored. */
  readonly material: readonly Uint8Array[];
  /** A custom key store of the seed. */
  readonly storeId: string | undefined;
  readonly xksKeyId: string | undefined;
}

export interface SeedServiceKey {
  readonly aliasName: string;
  readonly accountId: string;
  readonly region: string;
}
