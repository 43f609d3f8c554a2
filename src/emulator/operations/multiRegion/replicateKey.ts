import type { ReplicateKeyRequest } from '@aws-sdk/client-kms';
import { keyArn, partitionOf } from '../../../core/kms/arn.ts';
import { KmsException } from '../../kmsException.ts';
import { relatedKeyIn } from '../../material/relatedKeys.ts';
import type { Call } from '../../pipeline/call.ts';
import { keyOperation, type Validated } from '../../pipeline/operation.ts';
import { checkKeyPolicy } from '../../policies/checkKeyPolicy.ts';
import { defaultKeyPolicy } from '../../policies/keyPolicies.ts';
import type { KeyRecord, StoredKey } from '../../store/keyRecord.ts';
import { keyMetadata } from '../describeKey.ts';
import { checkTags, tagRecords } from '../tags.ts';
import { checkMultiRegionPrimary } from './checkMultiRegionPrimary.ts';
import { transientState } from './transientState.ts';

type Replication = Validated<ReplicateKeyRequest, 'ReplicaRegion'>;

function checkRegion({ store }: Call, primary: KeyRecord, region: string): void {
  if (partitionOf(region) !== partitionOf(primary.region)) {
    throw new KmsException('ValidationException', `The Region ${region} is not in the partition ${partitionOf(primary.region)}, in which the primary key is.`);
  }
  const found = relatedKeyIn(store, primary, region);
  if (found) throw new KmsException('AlreadyExistsException', `The key ${found.arn} already exists.`);
}

/** What is shared is the primary's; the rest is the request's, or what CreateKey would give a key of its own. */
function replicaOf(call: Call, primary: KeyRecord, input: Replication): StoredKey {
  const { accountId, keyId, spec, usage, origin, manager, primaryRegion, rotationPeriodDays, nextRotationAt } = primary;
  const { ReplicaRegion: region } = input;
  return {
    arn: keyArn(region, accountId, keyId),
    accountId,
    region,
    keyId,
    spec,
    usage,
    origin,
    manager,
    description: input.Description ?? '',
    enabled: true,
    policy: input.Policy ?? defaultKeyPolicy(accountId, region),
    createdAt: call.now,
    deletionAt: undefined,
    deletionWindowDays: undefined,
    primaryRegion,
    rotationPeriodDays,
    nextRotationAt,
    transient: transientState('Creating', call.now),
    storeId: undefined,
    xksKeyId: undefined,
  };
}

/**
 * Gives a replica every material of its primary. Imported material has to be imported into the replica as well, so that
 * the replica gets the rows without what an import puts into them
 * (https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-import.html).
 */
function copyMaterials({ store, vault }: Call, primary: KeyRecord, replica: StoredKey): void {
  for (const row of store.materials.list(primary.arn)) {
    const { sequence, state, createdAt, rotatedAt, rotationType } = row;
    const stored = primary.origin === 'EXTERNAL' ? undefined : vault.read(row);
    if (stored) vault.add(replica, stored, { sequence, state, createdAt, rotatedAt, rotationType });
    else store.materials.insert({ ...row, keyArn: replica.arn, wrapped: undefined, validTo: undefined, description: undefined });
  }
}

export const replicateKey = keyOperation<Replication>({
  name: 'ReplicateKey',
  asks: (_call, { ReplicaRegion: region, Tags: tags = [] }, { accountId, keyId }) => ({
    newKey: { arn: keyArn(region, accountId, keyId), isTagged: tags.length > 0, region },
  }),
  run(call, input, primary) {
    checkMultiRegionPrimary(primary);
    checkRegion(call, primary, input.ReplicaRegion);
    const tags = tagRecords(input.Tags ?? []);
    checkTags(tags, tags.length);
    const { store } = call;
    const replica = replicaOf(call, primary, input);
    if (input.Policy !== undefined) checkKeyPolicy(call, { key: replica, aliases: [], tags, bypass: input.BypassPolicyLockoutSafetyCheck });
    const made = store.transaction(() => {
      store.keys.insert(replica);
      for (const tag of tags) store.tags.put(replica.arn, tag);
      copyMaterials(call, primary, replica);
      return store.keys.find(replica.arn);
    });
    return {
      ReplicaKeyMetadata: made && keyMetadata(call, made),
      ReplicaPolicy: replica.policy,
      ...(tags.length === 0 ? {} : { ReplicaTags: input.Tags }),
    };
  },
});
