import type { CreateKeyRequest, KeyMetadata } from '@aws-sdk/client-kms';
import type { KeyOrigin } from '../../../core/kms/keyMetadata.ts';
import { checkExternalKey } from '../../externalKeys/externalKeyProxy.ts';
import { ProxyFailure, proxyFaults } from '../../externalKeys/proxyFaults.ts';
import { proxyOf } from '../../externalKeys/proxyOf.ts';
import { KmsException } from '../../kmsException.ts';
import type { Call } from '../../pipeline/call.ts';
import type { KeyRecord, StoredKey } from '../../store/keyRecord.ts';
import { checkKeyStoreState, findKeyStore } from './findKeyStore.ts';

/** The origin of the keys of each type of store. */
const originOfStore = { AWS_CLOUDHSM: 'AWS_CLOUDHSM', EXTERNAL_KEY_STORE: 'EXTERNAL_KEY_STORE' } as const satisfies Record<string, KeyOrigin>;

type NewKeyMembers = Pick<CreateKeyRequest, 'Origin' | 'CustomKeyStoreId' | 'XksKeyId' | 'MultiRegion'>;

type Place = Pick<StoredKey, 'origin' | 'storeId' | 'xksKeyId'>;

function invalid(message: string): KmsException {
  return new KmsException('ValidationException', message);
}

function checkMembers({ CustomKeyStoreId: storeId, XksKeyId: xksKeyId }: NewKeyMembers, origin: KeyOrigin): void {
  const inStore = origin === 'AWS_CLOUDHSM' || origin === 'EXTERNAL_KEY_STORE';
  if (inStore && storeId === undefined) throw invalid(`CustomKeyStoreId is required when Origin is ${origin}.`);
  if (!inStore && storeId !== undefined) throw invalid(`CustomKeyStoreId is not valid when Origin is ${origin}.`);
  if (origin === 'EXTERNAL_KEY_STORE' && xksKeyId === undefined) throw invalid('XksKeyId is required when Origin is EXTERNAL_KEY_STORE.');
  if (origin !== 'EXTERNAL_KEY_STORE' && xksKeyId !== undefined) throw invalid(`XksKeyId is not valid when Origin is ${origin}.`);
}

/** Throws for a key that the store cannot take now: the store has to be connected, and the external key to be free. */
export function checkPlace(call: Call, { origin, storeId, xksKeyId }: Place): void {
  if (storeId === undefined) return;
  const store = findKeyStore(call, storeId);
  if (originOfStore[store.type] !== origin) throw invalid(`Origin has to be ${originOfStore[store.type]} in the custom key store ${storeId}.`);
  checkKeyStoreState(call, store, ['CONNECTED']);
  if (xksKeyId !== undefined && call.store.keys.inStore(storeId).some((key) => key.xksKeyId === xksKeyId)) {
    throw new KmsException('XksKeyAlreadyInUseException', `The external key ${xksKeyId} is in use by another KMS key of the custom key store ${storeId}.`);
  }
}

/**
 * Where CreateKey is to put its key: in AWS KMS or in a custom key store, which holds single-Region symmetric encryption
 * keys alone (https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html). Throws ValidationException,
 * UnsupportedOperationException or one of the exceptions of custom key stores.
 */
export function placeOf(call: Call, input: NewKeyMembers, spec: string): Place {
  const origin = input.Origin ?? 'AWS_KMS';
  checkMembers(input, origin);
  if (input.CustomKeyStoreId !== undefined && (spec !== 'SYMMETRIC_DEFAULT' || input.MultiRegion === true)) {
    throw new KmsException('UnsupportedOperationException', 'A custom key store holds single-Region symmetric encryption keys only.');
  }
  const place = { origin, storeId: input.CustomKeyStoreId, xksKeyId: input.XksKeyId };
  checkPlace(call, place);
  return place;
}

/** Asks the proxy on this machine for the external key of a new KMS key. Rejects with what CreateKey answers. */
export async function checkProxyHasKey(call: Call, { storeId, xksKeyId }: Place): Promise<void> {
  if (storeId === undefined || xksKeyId === undefined) return;
  const address = proxyOf(call, findKeyStore(call, storeId));
  if (!address) return;
  try {
    await checkExternalKey(address, xksKeyId, { operation: call.operation, requestId: call.requestId, principalArn: call.caller.principalArn });
  } catch (error) {
    if (error instanceof ProxyFailure) throw new KmsException(proxyFaults[error.fault].key, error.message);
    throw error;
  }
}

/** The members of KeyMetadata that only keys in custom key stores have. */
export function storeMembers(call: Call, { storeId, xksKeyId }: KeyRecord): Partial<KeyMetadata> {
  if (storeId === undefined) return {};
  const clusterId = call.store.keyStores.find(storeId)?.details['CloudHsmClusterId'];
  return {
    CustomKeyStoreId: storeId,
    ...(clusterId === undefined ? {} : { CloudHsmClusterId: clusterId }),
    ...(xksKeyId === undefined ? {} : { XksKeyConfiguration: { Id: xksKeyId } }),
  };
}
