import {
  CreateAliasCommand,
  DeleteAliasCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-kms';
import type { KeyNaming } from '../../core/kms/service/keyNaming.ts';
import type { KmsCaller } from '../kmsCaller.ts';
import { toSdkTags } from './keyLifecycle.ts';

/** Aliases and tags, over the SDK. */
export function keyNaming(caller: KmsCaller): KeyNaming {
  return {
    createAlias: (key, aliasName, signal) =>
      caller.call('CreateAlias', key.region, signal, async (kms, options) => {
        await kms.send(new CreateAliasCommand({ AliasName: aliasName, TargetKeyId: key.keyId }), options);
      }),
    updateAlias: (key, aliasName, signal) =>
      caller.call('UpdateAlias', key.region, signal, async (kms, options) => {
        await kms.send(new UpdateAliasCommand({ AliasName: aliasName, TargetKeyId: key.keyId }), options);
      }),
    deleteAlias: (region, aliasName, signal) =>
      caller.call('DeleteAlias', region, signal, async (kms, options) => {
        await kms.send(new DeleteAliasCommand({ AliasName: aliasName }), options);
      }),
    tagResource: (key, tags, signal) =>
      caller.call('TagResource', key.region, signal, async (kms, options) => {
        await kms.send(new TagResourceCommand({ KeyId: key.keyId, Tags: toSdkTags(tags) }), options);
      }),
    untagResource: (key, tagKeys, signal) =>
      caller.call('UntagResource', key.region, signal, async (kms, options) => {
        await kms.send(new UntagResourceCommand({ KeyId: key.keyId, TagKeys: [...tagKeys] }), options);
      }),
  };
}
