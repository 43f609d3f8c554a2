import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  paginateListAliases,
  paginateListKeys,
  paginateListResourceTags,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { KmsExplorerError } from '../core/kms/errorCode.ts';
import type {
  AliasListEntry,
  EncryptionContext,
  KeyListEntry,
  KeyMetadata,
  KeyRotationStatus,
  Tag,
} from '../core/kms/keyMetadata.ts';
import type { BackendIdentity, DecryptResult, EncryptResult, KeyReference, KeyService } from '../core/kms/keyService.ts';
import { clientOptions, type ClientConfig } from './clientConfig.ts';
import { mapError } from './mapError.ts';
import { toAliases, toKeyMetadata } from './mapMetadata.ts';
import { partitionRegions } from './partitionRegions.ts';
import { resolveEndpoint } from './resolveEndpoint.ts';

/** The largest pages that KMS gives (API reference of ListKeys, ListAliases and ListResourceTags, member Limit). */
const pageSize = { listKeys: 1000, listAliases: 100, listResourceTags: 50 };

/** The key service over the AWS SDK: one client for each Region, made when first used. */
export class SdkKeyService implements KeyService {
  readonly region: string;
  readonly #config: ClientConfig;
  readonly #isEmulator: boolean;
  readonly #clients = new Map<string, { client: KMSClient; endpoint: string }>();
  readonly #closed = new AbortController();
  #identity: Promise<BackendIdentity> | undefined;

  constructor(config: ClientConfig, region: string, isEmulator: boolean) {
    this.#config = config;
    this.region = region;
    this.#isEmulator = isEmulator;
  }

  regions(): readonly string[] {
    return Object.values(partitionRegions).find((regions) => regions.includes(this.region)) ?? [this.region];
  }

  identity(signal: AbortSignal): Promise<BackendIdentity> {
    // A failed answer is forgotten, so that signing in again is enough to go on.
    this.#identity ??= this.#callerIdentity(signal).catch((error: unknown) => {
      this.#identity = undefined;
      throw error;
    });
    return this.#identity;
  }

  async #callerIdentity(signal: AbortSignal): Promise<BackendIdentity> {
    return this.#call('GetCallerIdentity', this.region, signal, async (_kms, abortSignal) => {
      const sts = new STSClient({ ...clientOptions(this.#config, 'sts'), region: this.region });
      try {
        const answer = await sts.send(new GetCallerIdentityCommand({}), { abortSignal });
        return {
          accountId: answer.Account ?? '',
          callerArn: answer.Arn ?? '',
          endpoint: this.#clients.get(this.region)?.endpoint ?? '',
        };
      } finally {
        sts.destroy();
      }
    });
  }

  async *listKeys(region: string, signal: AbortSignal): AsyncIterable<readonly KeyListEntry[]> {
    const pages = this.#pages('ListKeys', region, signal, (client, options) =>
      paginateListKeys({ client, pageSize: pageSize.listKeys }, {}, options),
    );
    for await (const { Keys } of pages) {
      yield (Keys ?? []).map(({ KeyId, KeyArn }) => ({ keyId: KeyId ?? '', arn: KeyArn ?? '' }));
    }
  }

  async *listAliases(region: string, signal: AbortSignal): AsyncIterable<readonly AliasListEntry[]> {
    const pages = this.#pages('ListAliases', region, signal, (client, options) =>
      paginateListAliases({ client, pageSize: pageSize.listAliases }, {}, options),
    );
    for await (const { Aliases } of pages) yield toAliases(Aliases);
  }

  async listAliasesOf(key: KeyReference, signal: AbortSignal): Promise<readonly AliasListEntry[]> {
    const pages = this.#pages('ListAliases', key.region, signal, (client, options) =>
      paginateListAliases({ client, pageSize: pageSize.listAliases }, { KeyId: key.keyId }, options),
    );
    const aliases: AliasListEntry[] = [];
    for await (const { Aliases } of pages) aliases.push(...toAliases(Aliases));
    return aliases;
  }

  async describeKey(key: KeyReference, signal: AbortSignal): Promise<KeyMetadata> {
    return this.#call('DescribeKey', key.region, signal, async (kms, abortSignal) => {
      const { KeyMetadata: metadata } = await kms.send(new DescribeKeyCommand({ KeyId: key.keyId }), { abortSignal });
      if (metadata === undefined) {
        throw new KmsExplorerError('KMS_FAULT', `DescribeKey in ${key.region} answered without metadata.`);
      }
      return toKeyMetadata(metadata, key.region);
    });
  }

  async listResourceTags(key: KeyReference, signal: AbortSignal): Promise<readonly Tag[]> {
    const pages = this.#pages('ListResourceTags', key.region, signal, (client, options) =>
      paginateListResourceTags({ client, pageSize: pageSize.listResourceTags }, { KeyId: key.keyId }, options),
    );
    const tags: Tag[] = [];
    for await (const { Tags } of pages) {
      tags.push(...(Tags ?? []).map(({ TagKey, TagValue }) => ({ tagKey: TagKey ?? '', tagValue: TagValue ?? '' })));
    }
    return tags;
  }

  async getKeyRotationStatus(key: KeyReference, signal: AbortSignal): Promise<KeyRotationStatus> {
    return this.#call('GetKeyRotationStatus', key.region, signal, async (kms, abortSignal) => {
      const answer = await kms.send(new GetKeyRotationStatusCommand({ KeyId: key.keyId }), { abortSignal });
      return {
        keyRotationEnabled: answer.KeyRotationEnabled ?? false,
        rotationPeriodInDays: answer.RotationPeriodInDays,
        nextRotationDate: answer.NextRotationDate?.getTime(),
        onDemandRotationStartDate: answer.OnDemandRotationStartDate?.getTime(),
      };
    });
  }

  async getKeyPolicy(key: KeyReference, signal: AbortSignal): Promise<string> {
    return this.#call('GetKeyPolicy', key.region, signal, async (kms, abortSignal) => {
      const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId: key.keyId }), { abortSignal });
      return Policy ?? '';
    });
  }

  async putKeyPolicy(key: KeyReference, policy: string, signal: AbortSignal): Promise<void> {
    await this.#call('PutKeyPolicy', key.region, signal, async (kms, abortSignal) =>
      kms.send(new PutKeyPolicyCommand({ KeyId: key.keyId, Policy: policy }), { abortSignal }),
    );
  }

  async encrypt(
    key: KeyReference,
    plaintext: Uint8Array,
    encryptionContext: EncryptionContext,
    signal: AbortSignal,
  ): Promise<EncryptResult> {
    return this.#call('Encrypt', key.region, signal, async (kms, abortSignal) => {
      const command = new EncryptCommand({
        KeyId: key.keyId,
        Plaintext: plaintext,
        ...contextMember(encryptionContext),
      });
      const { KeyId, CiphertextBlob } = await kms.send(command, { abortSignal });
      return { keyArn: KeyId ?? '', ciphertext: CiphertextBlob ?? new Uint8Array() };
    });
  }

  async decrypt(
    region: string,
    ciphertext: Uint8Array,
    encryptionContext: EncryptionContext,
    signal: AbortSignal,
  ): Promise<DecryptResult> {
    return this.#call('Decrypt', region, signal, async (kms, abortSignal) => {
      const command = new DecryptCommand({ CiphertextBlob: ciphertext, ...contextMember(encryptionContext) });
      const { KeyId, Plaintext } = await kms.send(command, { abortSignal });
      return { keyArn: KeyId ?? '', plaintext: Plaintext ?? new Uint8Array() };
    });
  }

  dispose(): void {
    this.#closed.abort();
    for (const { client } of this.#clients.values()) client.destroy();
    this.#clients.clear();
  }

  async #clientOf(region: string): Promise<KMSClient> {
    const known = this.#clients.get(region);
    if (known !== undefined) return known.client;
    const client = new KMSClient({ ...clientOptions(this.#config, 'kms'), region });
    const endpoint = await resolveEndpoint(client);
    this.#clients.set(region, { client, endpoint });
    return client;
  }

  async #call<Result>(
    operation: string,
    region: string,
    signal: AbortSignal,
    task: (client: KMSClient, abortSignal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    try {
      const either = AbortSignal.any([signal, this.#closed.signal]);
      return await task(await this.#clientOf(region), either);
    } catch (error) {
      throw this.#mapped(error, operation, region);
    }
  }

  async *#pages<Page>(
    operation: string,
    region: string,
    signal: AbortSignal,
    start: (client: KMSClient, options: { abortSignal: AbortSignal }) => AsyncIterable<Page>,
  ): AsyncIterable<Page> {
    try {
      const abortSignal = AbortSignal.any([signal, this.#closed.signal]);
      yield* start(await this.#clientOf(region), { abortSignal });
    } catch (error) {
      throw this.#mapped(error, operation, region);
    }
  }

  #mapped(error: unknown, operation: string, region: string): KmsExplorerError {
    const endpoint = this.#clients.get(region)?.endpoint ?? '';
    return mapError(error, { operation, region, endpoint, isEmulator: this.#isEmulator });
  }
}

/** KMS takes a missing context for an empty one; leaving it out keeps asymmetric keys, which allow none, working. */
function contextMember(encryptionContext: EncryptionContext): { EncryptionContext?: Record<string, string> } {
  return Object.keys(encryptionContext).length === 0 ? {} : { EncryptionContext: { ...encryptionContext } };
}
