import type { AliasListEntry as SdkAlias, KeyMetadata as SdkKeyMetadata } from '@aws-sdk/client-kms';
import type {
  AliasListEntry,
  KeyMetadata,
  KeyOrigin,
  KeyState,
  KeyUsage,
  MultiRegionConfiguration,
} from '../core/kms/keyMetadata.ts';

/** The SDK's KeyMetadata in the shape of core; what KMS leaves out becomes undefined, an empty text or an empty list. */
export function toKeyMetadata(sdk: SdkKeyMetadata, region: string): KeyMetadata {
  return {
    ...identityOf(sdk, region),
    ...lifeOf(sdk),
    multiRegion: sdk.MultiRegion ?? false,
    multiRegionConfiguration: toMultiRegionConfiguration(sdk),
    customKeyStoreId: sdk.CustomKeyStoreId,
    cloudHsmClusterId: sdk.CloudHsmClusterId,
    xksKeyId: sdk.XksKeyConfiguration?.Id,
    currentKeyMaterialId: sdk.CurrentKeyMaterialId,
    encryptionAlgorithms: sdk.EncryptionAlgorithms ?? [],
    signingAlgorithms: sdk.SigningAlgorithms ?? [],
    keyAgreementAlgorithms: sdk.KeyAgreementAlgorithms ?? [],
    encapsulationAlgorithms: sdk.EncapsulationAlgorithms ?? [],
    macAlgorithms: sdk.MacAlgorithms ?? [],
  };
}

function identityOf(sdk: SdkKeyMetadata, region: string) {
  return {
    keyId: sdk.KeyId ?? '',
    arn: sdk.Arn ?? '',
    accountId: sdk.AWSAccountId ?? '',
    region,
    description: sdk.Description ?? '',
    keyManager: sdk.KeyManager ?? 'CUSTOMER',
    keySpec: sdk.KeySpec ?? 'SYMMETRIC_DEFAULT',
    keyUsage: (sdk.KeyUsage ?? 'ENCRYPT_DECRYPT') satisfies KeyUsage,
    origin: (sdk.Origin ?? 'AWS_KMS') satisfies KeyOrigin,
  };
}

function lifeOf(sdk: SdkKeyMetadata) {
  return {
    enabled: sdk.Enabled ?? false,
    keyState: (sdk.KeyState ?? 'Unavailable') satisfies KeyState,
    creationDate: sdk.CreationDate?.getTime(),
    deletionDate: sdk.DeletionDate?.getTime(),
    pendingDeletionWindowInDays: sdk.PendingDeletionWindowInDays,
    validTo: sdk.ValidTo?.getTime(),
    expirationModel: sdk.ExpirationModel,
  };
}

function toMultiRegionConfiguration(sdk: SdkKeyMetadata): MultiRegionConfiguration | undefined {
  const configuration = sdk.MultiRegionConfiguration;
  if (configuration === undefined) return undefined;
  const related = (key: { Arn?: string | undefined; Region?: string | undefined } | undefined) => ({
    arn: key?.Arn ?? '',
    region: key?.Region ?? '',
  });
  return {
    multiRegionKeyType: configuration.MultiRegionKeyType ?? 'PRIMARY',
    primaryKey: related(configuration.PrimaryKey),
    replicaKeys: (configuration.ReplicaKeys ?? []).map(related),
  };
}

/** The SDK's alias rows; a row without a name cannot be shown and is dropped. */
export function toAliases(sdk: readonly SdkAlias[] | undefined): readonly AliasListEntry[] {
  return (sdk ?? []).flatMap(({ AliasName, AliasArn, TargetKeyId }) =>
    AliasName === undefined ? [] : [{ aliasName: AliasName, aliasArn: AliasArn ?? '', targetKeyId: TargetKeyId }],
  );
}
