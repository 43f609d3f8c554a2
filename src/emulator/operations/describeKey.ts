import type { DescribeKeyRequest, KeyMetadata, ListKeysRequest, MultiRegionKey } from '@aws-sdk/client-kms';
import type { KeyUsage } from '../../core/kms/keyMetadata.ts';
import { algorithmsOf, keySpecs } from '../../core/kms/keySpecs.ts';
import type { Call } from '../pipeline/call.ts';
import { takePage } from '../pipeline/marker.ts';
import { freeOperation, keyOperation, type Validated } from '../pipeline/operation.ts';
import { type KeyRecord, keyStateOf } from '../store/keyRecord.ts';
import { storeMembers } from './keyStores/keysInStores.ts';

type Metadata = Omit<KeyMetadata, 'CustomerMasterKeySpec'>;

/** KeyMetadata with the old name of KeySpec, which AWS still answers. */
export type KeyReply = Metadata & { readonly CustomerMasterKeySpec: string };

const algorithmMembers = {
  ENCRYPT_DECRYPT: 'EncryptionAlgorithms',
  SIGN_VERIFY: 'SigningAlgorithms',
  GENERATE_VERIFY_MAC: 'MacAlgorithms',
  KEY_AGREEMENT: 'KeyAgreementAlgorithms',
  ENCAPSULATE_DECAPSULATE: 'EncapsulationAlgorithms',
} as const satisfies Record<KeyUsage, keyof KeyMetadata>;

/** The one member that names what a key can do, for its usage. */
export function algorithmMember(key: KeyRecord): Partial<Metadata> {
  return { [algorithmMembers[key.usage]]: algorithmsOf(keySpecs[key.spec], key.usage) };
}

function multiRegionMembers(call: Call, key: KeyRecord): Partial<Metadata> {
  const { primaryRegion } = key;
  if (primaryRegion === undefined) return { MultiRegion: false };
  const places = call.store.keys.related(key.accountId, key.keyId).map(({ arn, region }): MultiRegionKey => ({ Arn: arn, Region: region }));
  const primary = places.find(({ Region }) => Region === primaryRegion);
  return {
    MultiRegion: true,
    MultiRegionConfiguration: {
      MultiRegionKeyType: key.region === primaryRegion ? 'PRIMARY' : 'REPLICA',
      PrimaryKey: primary,
      ReplicaKeys: places.filter((place) => place !== primary),
    },
  };
}

/** KeyMetadata as CreateKey and DescribeKey give it (https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html). */
export function keyMetadata(call: Call, key: KeyRecord): KeyReply {
  const state = keyStateOf(key, call.now);
  return {
    AWSAccountId: key.accountId,
    KeyId: key.keyId,
    Arn: key.arn,
    CreationDate: new Date(key.createdAt),
    Enabled: state === 'Enabled',
    Description: key.description,
    KeyUsage: key.usage,
    KeyState: state,
    ...(key.deletionAt === undefined ? {} : { DeletionDate: new Date(key.deletionAt) }),
    Origin: key.origin,
    ...storeMembers(call, key),
    ...(key.origin === 'EXTERNAL' && key.currentMaterialId !== undefined ? { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' } : {}),
    KeyManager: key.manager,
    CustomerMasterKeySpec: key.spec,
    KeySpec: key.spec,
    ...algorithmMember(key),
    ...multiRegionMembers(call, key),
    ...(key.spec === 'SYMMETRIC_DEFAULT' && key.storeId === undefined && key.currentMaterialId !== undefined ? { CurrentKeyMaterialId: key.currentMaterialId } : {}),
  };
}

export const describeKey = keyOperation<Validated<DescribeKeyRequest>>({
  name: 'DescribeKey',
  aliases: true,
  run: (call, _input, key) => ({ KeyMetadata: keyMetadata(call, key) }),
});

export const listKeys = freeOperation<Validated<ListKeysRequest>>({
  name: 'ListKeys',
  run(call, input) {
    const { caller, region, store } = call;
    const { rows, ...rest } = takePage({
      markers: call.markers,
      list: ['ListKeys', caller.accountId, region],
      marker: input.Marker,
      limit: input.Limit ?? 100,
      fetch: (after, limit) => store.keys.list(caller.accountId, region, after, limit),
      nameOf: (key) => key.keyId,
    });
    return { Keys: rows.map((key) => ({ KeyId: key.keyId, KeyArn: key.arn })), ...rest };
  },
});
