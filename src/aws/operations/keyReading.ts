import {
  DescribeKeyCommand,
  GetKeyLastUsageCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  GetPublicKeyCommand,
  paginateListAliases,
  paginateListKeyRotations,
  paginateListKeys,
  paginateListResourceTags,
} from '@aws-sdk/client-kms';
import { KmsExplorerError } from '../../core/kms/errorCode.ts';
import type { KeyReading } from '../../core/kms/service/keyReading.ts';
import type { KmsCaller } from '../kmsCaller.ts';
import { toAliases, toKeyMetadata } from '../mapMetadata.ts';

/** The largest pages that KMS gives (API reference of each operation, member Limit). */
const pageSize = { listKeys: 1000, listAliases: 100, listResourceTags: 50, listKeyRotations: 1000 };

/** What KMS tells of keys, over the SDK. */
export function keyReading(caller: KmsCaller): KeyReading {
  return { ...lists(caller), ...answers(caller) };
}

type Lists = Pick<KeyReading, 'listKeys' | 'listAliases' | 'listAliasesOf' | 'listResourceTags' | 'listKeyRotations'>;

function lists(caller: KmsCaller): Lists {
  return {
    async *listKeys(region, signal) {
      const pages = caller.pages('ListKeys', region, signal, (client, options) =>
        paginateListKeys({ client, pageSize: pageSize.listKeys }, {}, options),
      );
      for await (const { Keys } of pages) yield (Keys ?? []).map(({ KeyId, KeyArn }) => ({ keyId: KeyId ?? '', arn: KeyArn ?? '' }));
    },
    async *listAliases(region, signal) {
      const pages = caller.pages('ListAliases', region, signal, (client, options) =>
        paginateListAliases({ client, pageSize: pageSize.listAliases }, {}, options),
      );
      for await (const { Aliases } of pages) yield toAliases(Aliases);
    },
    async listAliasesOf(key, signal) {
      const pages = caller.pages('ListAliases', key.region, signal, (client, options) =>
        paginateListAliases({ client, pageSize: pageSize.listAliases }, { KeyId: key.keyId }, options),
      );
      return (await Array.fromAsync(pages, ({ Aliases }) => toAliases(Aliases))).flat();
    },
    async listResourceTags(key, signal) {
      const pages = caller.pages('ListResourceTags', key.region, signal, (client, options) =>
        paginateListResourceTags({ client, pageSize: pageSize.listResourceTags }, { KeyId: key.keyId }, options),
      );
      const rows = (await Array.fromAsync(pages, ({ Tags }) => Tags ?? [])).flat();
      return rows.map(({ TagKey, TagValue }) => ({ tagKey: TagKey ?? '', tagValue: TagValue ?? '' }));
    },
    async listKeyRotations(key, allMaterial, signal) {
      const input = { KeyId: key.keyId, IncludeKeyMaterial: allMaterial ? ('ALL_KEY_MATERIAL' as const) : ('ROTATIONS_ONLY' as const) };
      const pages = caller.pages('ListKeyRotations', key.region, signal, (client, options) =>
        paginateListKeyRotations({ client, pageSize: pageSize.listKeyRotations }, input, options),
      );
      return (await Array.fromAsync(pages, ({ Rotations }) => Rotations ?? [])).flat().map((row) => ({
        keyMaterialId: row.KeyMaterialId,
        keyMaterialDescription: row.KeyMaterialDescription,
        keyMaterialState: row.KeyMaterialState,
        importState: row.ImportState,
        expirationModel: row.ExpirationModel,
        validTo: row.ValidTo?.getTime(),
        rotationDate: row.RotationDate?.getTime(),
        rotationType: row.RotationType,
      }));
    },
  };
}

function answers(caller: KmsCaller): Omit<KeyReading, keyof Lists> {
  return {
    describeKey: (key, signal) =>
      caller.call('DescribeKey', key.region, signal, async (kms, options) => {
        const { KeyMetadata: metadata } = await kms.send(new DescribeKeyCommand({ KeyId: key.keyId }), options);
        if (metadata === undefined) throw new KmsExplorerError('KMS_FAULT', `DescribeKey in ${key.region} answered without metadata.`);
        return toKeyMetadata(metadata, key.region);
      }),
    getKeyRotationStatus: (key, signal) =>
      caller.call('GetKeyRotationStatus', key.region, signal, async (kms, options) => {
        const answer = await kms.send(new GetKeyRotationStatusCommand({ KeyId: key.keyId }), options);
        return {
          keyRotationEnabled: answer.KeyRotationEnabled ?? false,
          rotationPeriodInDays: answer.RotationPeriodInDays,
          nextRotationDate: answer.NextRotationDate?.getTime(),
          onDemandRotationStartDate: answer.OnDemandRotationStartDate?.getTime(),
        };
      }),
    getKeyLastUsage: (key, signal) =>
      caller.call('GetKeyLastUsage', key.region, signal, async (kms, options) => {
        const { KeyLastUsage: usage, TrackingStartDate } = await kms.send(new GetKeyLastUsageCommand({ KeyId: key.keyId }), options);
        return { operation: usage?.Operation, timestamp: usage?.Timestamp?.getTime(), trackingStartDate: TrackingStartDate?.getTime() };
      }),
    getKeyPolicy: (key, signal) =>
      caller.call('GetKeyPolicy', key.region, signal, async (kms, options) => {
        const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId: key.keyId }), options);
        return Policy ?? '';
      }),
    getPublicKey: (key, signal) =>
      caller.call('GetPublicKey', key.region, signal, async (kms, options) => {
        const { PublicKey, KeySpec, KeyUsage } = await kms.send(new GetPublicKeyCommand({ KeyId: key.keyId }), options);
        return { publicKey: PublicKey ?? new Uint8Array(), keySpec: KeySpec ?? '', keyUsage: KeyUsage ?? 'ENCRYPT_DECRYPT' };
      }),
  };
}
