import { KMSClient } from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { KmsExplorerError } from '../core/kms/errorCode.ts';
import type { BackendIdentity } from '../core/kms/service/keyService.ts';
import { clientOptions, type ClientConfig } from './clientConfig.ts';
import { mapError } from './mapError.ts';
import { resolveEndpoint } from './resolveEndpoint.ts';

/** Calls KMS in any Region: one client for each, made when first used. What the SDK rejects with becomes a KmsExplorerError. */
export class KmsCaller {
  readonly #config: ClientConfig;
  readonly #isEmulator: boolean;
  readonly #clients = new Map<string, { client: KMSClient; endpoint: string }>();
  readonly #closed = new AbortController();

  constructor(config: ClientConfig, isEmulator: boolean) {
    this.#config = config;
    this.#isEmulator = isEmulator;
  }

  /** Makes one call. `operation` and `region` name it in messages. */
  async call<Result>(
    operation: string,
    region: string,
    signal: AbortSignal,
    task: (client: KMSClient, options: { abortSignal: AbortSignal }) => Promise<Result>,
  ): Promise<Result> {
    try {
      const abortSignal = AbortSignal.any([signal, this.#closed.signal]);
      return await task(await this.#clientOf(region), { abortSignal });
    } catch (error) {
      throw this.#mapped(error, operation, region);
    }
  }

  /** Makes the calls of a paged list. */
  async *pages<Page>(
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

  /** Who calls, by STS GetCallerIdentity, and the endpoint that KMS calls of `region` go to. */
  async callerIdentity(region: string, signal: AbortSignal): Promise<BackendIdentity> {
    return this.call('GetCallerIdentity', region, signal, async (_kms, options) => {
      const sts = new STSClient({ ...clientOptions(this.#config, 'sts'), region });
      try {
        const answer = await sts.send(new GetCallerIdentityCommand({}), options);
        return {
          accountId: answer.Account ?? '',
          callerArn: answer.Arn ?? '',
          endpoint: this.#clients.get(region)?.endpoint ?? '',
          isEmulator: this.#isEmulator,
        };
      } finally {
        sts.destroy();
      }
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

  #mapped(error: unknown, operation: string, region: string): KmsExplorerError {
    const endpoint = this.#clients.get(region)?.endpoint ?? '';
    return mapError(error, { operation, region, endpoint, isEmulator: this.#isEmulator });
  }
}
