import type { KeyOrigin, KeyUsage } from '../../core/kms/keyMetadata.ts';
import type { KeySpecName } from '../../core/kms/keySpecs.ts';
import type { GrantTerms } from '../grants/grantTerms.ts';

/** A seed file after reading: everything checked, every default filled in. */
export interface SeedDocument {
  readonly accessKeys: readonly SeedAccessKey[];
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

export interface SeedKey {
  /** Undefined for a key whose id is made when it is loaded. */
  readonly keyId: string | undefined;
  readonly accountId: string;
  readonly region: string;
  readonly spec: KeySpecName;
  readonly usage: KeyUsage;
  readonly origin: Extract<KeyOrigin, 'AWS_KMS' | 'EXTERNAL'>;
  readonly description: string;
  readonly enabled: boolean;
  readonly pendingDeletionDays: number | undefined;
  readonly aliases: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** The policy as JSON text, or undefined for the default one. */
  readonly policy: string | undefined;
  readonly rotationPeriodDays: number | undefined;
  /** Regions with a replica, which gets all that the seed says of the key: the policy, the aliases, the tags, the grants. */
  readonly replicas: readonly string[];
  readonly grants: readonly GrantTerms[];
  /** Oldest first, in the form in which material is stored. */
  readonly material: readonly Uint8Array[];
}

export interface SeedServiceKey {
  readonly aliasName: string;
  readonly accountId: string;
  readonly region: string;
}
