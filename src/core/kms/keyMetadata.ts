/**
 * The values of AWS KMS as the features see them. Member names follow the API
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html) in camelCase; times are epoch milliseconds.
 */

export type KeyManager = 'AWS' | 'CUSTOMER';

export type KeyState =
  | 'Creating'
  | 'Disabled'
  | 'Enabled'
  | 'PendingDeletion'
  | 'PendingImport'
  | 'PendingReplicaDeletion'
  | 'Unavailable'
  | 'Updating';

export type KeyUsage = 'ENCRYPT_DECRYPT' | 'SIGN_VERIFY' | 'GENERATE_VERIFY_MAC' | 'KEY_AGREEMENT' | 'ENCAPSULATE_DECAPSULATE';

export type KeyOrigin = 'AWS_KMS' | 'EXTERNAL' | 'AWS_CLOUDHSM' | 'EXTERNAL_KEY_STORE';

export interface MultiRegionKey {
  readonly arn: string;
  readonly region: string;
}

export interface MultiRegionConfiguration {
  readonly multiRegionKeyType: 'PRIMARY' | 'REPLICA';
  readonly primaryKey: MultiRegionKey;
  readonly replicaKeys: readonly MultiRegionKey[];
}

export interface KeyMetadata {
  readonly keyId: string;
  readonly arn: string;
  readonly accountId: string;
  readonly region: string;
  readonly creationDate: number | undefined;
  readonly enabled: boolean;
  readonly description: string;
  readonly keyUsage: KeyUsage;
  readonly keyState: KeyState;
  readonly keySpec: string;
  readonly origin: KeyOrigin;
  readonly keyManager: KeyManager;
  readonly multiRegion: boolean;
  readonly multiRegionConfiguration: MultiRegionConfiguration | undefined;
  readonly deletionDate: number | undefined;
  readonly pendingDeletionWindowInDays: number | undefined;
  readonly validTo: number | undefined;
  readonly expirationModel: string | undefined;
  readonly customKeyStoreId: string | undefined;
  readonly cloudHsmClusterId: string | undefined;
  readonly xksKeyId: string | undefined;
  readonly currentKeyMaterialId: string | undefined;
  readonly encryptionAlgorithms: readonly string[];
  readonly signingAlgorithms: readonly string[];
  readonly keyAgreementAlgorithms: readonly string[];
  readonly encapsulationAlgorithms: readonly string[];
  readonly macAlgorithms: readonly string[];
}

/** A row of ListKeys: nothing but the identity of a key. */
export interface KeyListEntry {
  readonly keyId: string;
  readonly arn: string;
}

/** A row of ListAliases. `targetKeyId` is missing for an AWS managed key that has not been made yet. */
export interface AliasListEntry {
  readonly aliasName: string;
  readonly aliasArn: string;
  readonly targetKeyId: string | undefined;
}

export interface Tag {
  readonly tagKey: string;
  readonly tagValue: string;
}

/** The answer of GetKeyRotationStatus. */
export interface KeyRotationStatus {
  readonly keyRotationEnabled: boolean;
  readonly rotationPeriodInDays: number | undefined;
  readonly nextRotationDate: number | undefined;
  readonly onDemandRotationStartDate: number | undefined;
}

/** Name-value pairs that are bound to a ciphertext and must be given again to decrypt it. */
export type EncryptionContext = Readonly<Record<string, string>>;
