import { randomUUID } from 'node:crypto';
import type { CreateKeyRequest } from '@aws-sdk/client-kms';
import { isChinaRegion, keyArn } from '../../core/kms/arn.ts';
import type { KeyUsage } from '../../core/kms/keyMetadata.ts';
import { type KeySpecName, keySpecs } from '../../core/kms/keySpecs.ts';
import { generateMaterial } from '../crypto/keyMaterial.ts';
import { KmsException } from '../kmsException.ts';
import type { Call } from '../pipeline/call.ts';
import { freeOperation } from '../pipeline/operation.ts';
import { authorize } from '../pipeline/authorize.ts';
import { checkKeyPolicy } from '../policies/checkKeyPolicy.ts';
import { defaultKeyPolicy } from '../policies/keyPolicies.ts';
import type { StoredKey } from '../store/keyRecord.ts';
import { keyMetadata, type KeyReply } from './describeKey.ts';
import { checkPlace, checkProxyHasKey, placeOf } from './keyStores/keysInStores.ts';
import { checkTags, tagRecords } from './tags.ts';

/** The old name of KeySpec is still sent by older clients. */
type NewKey = Omit<CreateKeyRequest, 'CustomerMasterKeySpec'> & { readonly CustomerMasterKeySpec?: KeySpecName };

function invalid(message: string): KmsException {
  return new KmsException('ValidationException', message);
}

function specOf(input: NewKey): KeySpecName {
  const { KeySpec: spec, CustomerMasterKeySpec: oldSpec } = input;
  if (spec !== undefined && oldSpec !== undefined) {
    throw invalid('You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.');
  }
  return spec ?? oldSpec ?? 'SYMMETRIC_DEFAULT';
}

/** The spec and usage of the new key. Throws in AWS's words for a pair that AWS does not make. */
function kindOf(call: Call, input: NewKey): { readonly spec: KeySpecName; readonly usage: KeyUsage } {
  const spec = specOf(input);
  if (input.KeyUsage === undefined && spec !== 'SYMMETRIC_DEFAULT') {
    throw invalid('You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.');
  }
  const usage = input.KeyUsage ?? 'ENCRYPT_DECRYPT';
  if (!keySpecs[spec].usages.includes(usage)) throw invalid(`KeyUsage ${usage} is not compatible with KeySpec ${spec}`);
  if (spec === 'SM2' && !isChinaRegion(call.region)) {
    throw new KmsException('UnsupportedOperationException', `KeySpec ${spec} is not supported in this Region`);
  }
  return { spec, usage };
}

function newKeyId({ MultiRegion: multiRegion }: NewKey): string {
  return multiRegion === true ? `mrk-${randomUUID().replaceAll('-', '')}` : randomUUID();
}

function newKey(call: Call, input: NewKey, keyId: string): StoredKey {
  const { region, now } = call;
  const { accountId } = call.caller;
  const kind = kindOf(call, input);
  return {
    arn: keyArn(region, accountId, keyId),
    accountId,
    region,
    keyId,
    ...kind,
    ...placeOf(call, input, kind.spec),
    manager: 'CUSTOMER',
    description: input.Description ?? '',
    enabled: true,
    policy: input.Policy ?? defaultKeyPolicy(accountId, region),
    createdAt: now,
    deletionAt: undefined,
    deletionWindowDays: undefined,
    primaryRegion: input.MultiRegion === true ? region : undefined,
    rotationPeriodDays: undefined,
    nextRotationAt: undefined,
    transient: undefined,
  };
}

async function run(call: Call, input: NewKey): Promise<{ KeyMetadata: KeyReply }> {
  const keyId = newKeyId(input);
  const tags = tagRecords(input.Tags ?? []);
  const arn = keyArn(call.region, call.caller.accountId, keyId);
  authorize(call, { action: 'CreateKey', newKey: { arn, isTagged: tags.length > 0, region: call.region } });
  checkTags(tags, tags.length);
  const key = newKey(call, input, keyId);
  if (input.Policy !== undefined) checkKeyPolicy(call, { key, aliases: [], tags, bypass: input.BypassPolicyLockoutSafetyCheck });
  await checkProxyHasKey(call, key);
  const material = key.origin === 'EXTERNAL' ? undefined : await generateMaterial(key.spec);
  const currentMaterialId = call.store.transaction(() => {
    checkPlace(call, key);
    call.store.keys.insert(key);
    for (const tag of tags) call.store.tags.put(key.arn, tag);
    return material && call.vault.add(key, material, { createdAt: call.now });
  });
  call.notes.keyId = key.arn;
  const storeState = key.storeId === undefined ? undefined : 'CONNECTED';
  return { KeyMetadata: keyMetadata(call, { ...key, currentMaterialId, missingMaterials: 0, storeState }) };
}

export const createKey = freeOperation<NewKey>({
  name: 'CreateKey',
  authorizes: true,
  run,
});
