import type { OperationName } from '../../../src/emulator/shapes/membersOf.ts';

/** Another emulator, and the operations that its own documentation does not offer. */
export interface OtherEmulator {
  readonly name: string;
  readonly without: readonly OperationName[];
}

const stores = [
  'ConnectCustomKeyStore',
  'CreateCustomKeyStore',
  'DeleteCustomKeyStore',
  'DescribeCustomKeyStores',
  'DisconnectCustomKeyStore',
  'UpdateCustomKeyStore',
] as const;
const encapsulation = ['Decapsulate', 'Encapsulate'] as const;

export const otherEmulators: readonly OtherEmulator[] = [
  {
    // moto 5.2.5: what its server answers.
    name: 'moto',
    without: [
      ...stores, ...encapsulation, 'DeleteImportedKeyMaterial', 'DeriveSharedSecret', 'GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext',
      'GetKeyLastUsage', 'GetParametersForImport', 'ImportKeyMaterial', 'UpdatePrimaryRegion',
    ],
  },
  {
    // https://docs.localstack.cloud/aws/services/kms/, API coverage of September 2026: 45 of 54, and two that it does not track.
    name: 'LocalStack',
    without: [...stores, ...encapsulation, 'GetKeyLastUsage', 'ListKeyRotations', 'UpdatePrimaryRegion'],
  },
  {
    // https://github.com/nsmithuk/local-kms, version 3.
    name: 'local-kms',
    without: [
      ...stores, ...encapsulation, 'CreateGrant', 'DeriveSharedSecret', 'GetKeyLastUsage', 'ListGrants', 'ListKeyPolicies', 'ListKeyRotations',
      'ListRetirableGrants', 'ReplicateKey', 'RetireGrant', 'RevokeGrant', 'RotateKeyOnDemand', 'UpdatePrimaryRegion',
    ],
  },
];
