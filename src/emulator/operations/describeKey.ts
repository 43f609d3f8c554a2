import type { DescribeKeyRequest, KeyMetadata, ListKeysRequest, MultiRegionKey } from '@aws-sdk/client-kms';
import type { KeyState, KeyUsage } from '../../core/kms/keyMetadata.ts';
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

/** Whether imported material expires, and the earliest time at which any that is in use does. Not told while some is missing. */
function expirationMembers(call: Call, key: KeyRecord): Partial<Metadata> {
  if (key.origin !== 'EXTERNAL' || key.currentMaterialId === undefined || key.missingMaterials > 0) return {};
  const inUse = call.store.materials.list(key.arn).filter(({ state }) => state !== 'PENDING_ROTATION');
  const times = inUse.flatMap(({ validTo }) => (validTo === undefined ? [] : [validTo]));
  if (times.length === 0) return { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' };
  return { ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo: new Date(Math.min(...times)) };
}

/** The current material of a symmetric key outside custom key stores; a replica that is being created does not tell it yet. */
function currentMaterialMember({ spec, storeId, currentMaterialId }: KeyRecord, state: KeyState): Partial<Metadata> {
  if (spec !== 'SYMMETRIC_DEFAULT' || storeId !== undefined || currentMaterialId === undefined || state === 'Creating') return {};
  return { CurrentKeyMaterialId: currentMaterialId };
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
    ...(state === 'PendingReplicaDeletion' ? { PendingDeletionWindowInDays: key.deletionWindowDays } : {}),
    Origin: key.origin,
    ...storeMembers(call, key),
    ...expirationMembers(call, key),
    KeyManager: key.manager,
    CustomerMasterKeySpec: key.spec,
    KeySpec: key.spec,
    ...algorithmMember(key),
    ...multiRegionMembers(call, key),
    ...currentMaterialMember(key, state),
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
