import {
  CancelKeyDeletionCommand,
  CreateKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  type KeyMetadata as SdkKeyMetadata,
  PutKeyPolicyCommand,
  ReplicateKeyCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
  type KeySpec,
  type Tag as SdkTag,
  UpdateKeyDescriptionCommand,
  UpdatePrimaryRegionCommand,
} from '@aws-sdk/client-kms';
import { KmsExplorerError } from '../../core/kms/errorCode.ts';
import type { KeyMetadata, Tag } from '../../core/kms/keyMetadata.ts';
import type { KeyLifecycle } from '../../core/kms/service/keyLifecycle.ts';
import type { KmsCaller } from '../kmsCaller.ts';
import { toKeyMetadata } from '../mapMetadata.ts';

/** What changes a key during its life, over the SDK. */
export function keyLifecycle(caller: KmsCaller): KeyLifecycle {
  return { ...making(caller), ...state(caller), ...rotation(caller) };
}

export function toSdkTags(tags: readonly Tag[]): SdkTag[] {
  return tags.map(({ tagKey, tagValue }) => ({ TagKey: tagKey, TagValue: tagValue }));
}

function made(metadata: SdkKeyMetadata | undefined, operation: string, region: string): KeyMetadata {
  if (metadata === undefined) throw new KmsExplorerError('KMS_FAULT', `${operation} in ${region} answered without metadata.`);
  return toKeyMetadata(metadata, region);
}

function making(caller: KmsCaller): Pick<KeyLifecycle, 'createKey' | 'replicateKey' | 'updatePrimaryRegion'> {
  return {
    createKey: (region, key, signal) =>
      caller.call('CreateKey', region, signal, async (kms, options) => {
        const command = new CreateKeyCommand({
          // A spec that this SDK does not know yet is KMS's to judge.
          KeySpec: key.keySpec as KeySpec,
          KeyUsage: key.keyUsage,
          Origin: key.origin,
          Description: key.description,
          MultiRegion: key.multiRegion,
          Policy: key.policy,
          Tags: key.tags && toSdkTags(key.tags),
          CustomKeyStoreId: key.customKeyStoreId,
          XksKeyId: key.xksKeyId,
        });
        return made((await kms.send(command, options)).KeyMetadata, 'CreateKey', region);
      }),
    replicateKey: (key, replica, signal) =>
      caller.call('ReplicateKey', key.region, signal, async (kms, options) => {
        const command = new ReplicateKeyCommand({
          KeyId: key.keyId,
          ReplicaRegion: replica.replicaRegion,
          Description: replica.description,
          Policy: replica.policy,
          Tags: replica.tags && toSdkTags(replica.tags),
        });
        return made((await kms.send(command, options)).ReplicaKeyMetadata, 'ReplicateKey', replica.replicaRegion);
      }),
    updatePrimaryRegion: (key, primaryRegion, signal) =>
      caller.call('UpdatePrimaryRegion', key.region, signal, async (kms, options) => {
        await kms.send(new UpdatePrimaryRegionCommand({ KeyId: key.keyId, PrimaryRegion: primaryRegion }), options);
      }),
  };
}

type State = Pick<
  KeyLifecycle,
  'enableKey' | 'disableKey' | 'updateKeyDescription' | 'scheduleKeyDeletion' | 'cancelKeyDeletion' | 'putKeyPolicy'
>;

function state(caller: KmsCaller): State {
  return {
    enableKey: (key, signal) =>
      caller.call('EnableKey', key.region, signal, async (kms, options) => {
        await kms.send(new EnableKeyCommand({ KeyId: key.keyId }), options);
      }),
    disableKey: (key, signal) =>
      caller.call('DisableKey', key.region, signal, async (kms, options) => {
        await kms.send(new DisableKeyCommand({ KeyId: key.keyId }), options);
      }),
    updateKeyDescription: (key, description, signal) =>
      caller.call('UpdateKeyDescription', key.region, signal, async (kms, options) => {
        await kms.send(new UpdateKeyDescriptionCommand({ KeyId: key.keyId, Description: description }), options);
      }),
    scheduleKeyDeletion: (key, days, signal) =>
      caller.call('ScheduleKeyDeletion', key.region, signal, async (kms, options) => {
        const command = new ScheduleKeyDeletionCommand({ KeyId: key.keyId, PendingWindowInDays: days });
        return (await kms.send(command, options)).DeletionDate?.getTime();
      }),
    cancelKeyDeletion: (key, signal) =>
      caller.call('CancelKeyDeletion', key.region, signal, async (kms, options) => {
        await kms.send(new CancelKeyDeletionCommand({ KeyId: key.keyId }), options);
      }),
    putKeyPolicy: (key, policy, signal, bypass) =>
      caller.call('PutKeyPolicy', key.region, signal, async (kms, options) => {
        const command = new PutKeyPolicyCommand({ KeyId: key.keyId, Policy: policy, BypassPolicyLockoutSafetyCheck: bypass });
        await kms.send(command, options);
      }),
  };
}

function rotation(caller: KmsCaller): Pick<KeyLifecycle, 'enableKeyRotation' | 'disableKeyRotation' | 'rotateKeyOnDemand'> {
  return {
    enableKeyRotation: (key, periodInDays, signal) =>
      caller.call('EnableKeyRotation', key.region, signal, async (kms, options) => {
        await kms.send(new EnableKeyRotationCommand({ KeyId: key.keyId, RotationPeriodInDays: periodInDays }), options);
      }),
    disableKeyRotation: (key, signal) =>
      caller.call('DisableKeyRotation', key.region, signal, async (kms, options) => {
        await kms.send(new DisableKeyRotationCommand({ KeyId: key.keyId }), options);
      }),
    rotateKeyOnDemand: (key, signal) =>
      caller.call('RotateKeyOnDemand', key.region, signal, async (kms, options) => {
        await kms.send(new RotateKeyOnDemandCommand({ KeyId: key.keyId }), options);
      }),
  };
}
