import assert from 'node:assert/strict';
import { CreateAliasCommand, CreateKeyCommand, DescribeKeyCommand, GetKeyPolicyCommand, GetKeyRotationStatusCommand, KMSClient, ListAliasesCommand, ListResourceTagsCommand, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import { keyServiceFactory } from '../../src/aws/main.ts';
import { type CliCall, cliText } from '../../src/core/kms/cliCommand.ts';
import { emptyDraft, type KeyDraft } from '../../src/core/kms/create/keyDraft.ts';
import type { KeyTarget } from '../../src/core/kms/keyTarget.ts';
import type { KeyService } from '../../src/core/kms/service/keyService.ts';
import { type CreateKeySide, createKeyHandlers } from '../../src/features/createKey/createKeyHandlers.ts';
import { toKmsExplorerError } from '../../src/features/shared/showError.ts';
import type { CreateKeyMethods, CreateKeyOpening, CreationReport } from '../../src/protocol/createKey.ts';
import { answerRequest, type RpcFailure, type RpcHandlers } from '../../src/protocol/rpc.ts';
import { suiteVariable } from './suiteEnvironment.ts';

const region = 'us-east-1';
const address = {
  endpoint: suiteVariable('KMS_EXPLORER_TEST_ENDPOINT'),
  region,
  accessKeyId: suiteVariable('KMS_EXPLORER_TEST_ACCESS_KEY_ID'),
  secretAccessKey: suiteVariable('KMS_EXPLORER_TEST_SECRET_ACCESS_KEY'),
};
const plain = emptyDraft(region);

const refused: readonly { readonly name: string; readonly method: string; readonly params: unknown; readonly code: string }[] = [
  { name: 'a draft that is none', method: 'create', params: { ...plain, origin: 'ELSEWHERE' }, code: 'INVALID_MESSAGE' },
  { name: 'a draft whose tags are no tags', method: 'create', params: { ...plain, tags: ['team'] }, code: 'INVALID_MESSAGE' },
  { name: 'a draft that KMS would refuse', method: 'create', params: { ...plain, keySpec: 'HMAC_256' }, code: 'INVALID_REQUEST' },
  { name: 'a form that is none', method: 'keepForm', params: { draft: plain }, code: 'INVALID_MESSAGE' },
  { name: 'a text of the view’s choice for the clipboard', method: 'copyAs', params: { form: 'sh', draft: plain }, code: 'INVALID_MESSAGE' },
  { name: 'key stores of no Region', method: 'listKeyStores', params: null, code: 'INVALID_MESSAGE' },
  { name: 'to finish a key that was not made', method: 'finish', params: { aliasName: 'alias/x' }, code: 'INVALID_REQUEST' },
  { name: 'to delete a key that was not made', method: 'scheduleDeletion', params: null, code: 'INVALID_REQUEST' },
];

describe('The host of the key advisor', () => {
  const kms = new KMSClient({ region, endpoint: address.endpoint, credentials: address });
  let service: KeyService;
  let handlers: RpcHandlers<CreateKeyMethods>;
  let told: { calls: readonly CliCall[]; finished: KeyTarget | undefined; copied: string };

  before(async () => {
    service = await keyServiceFactory.connect({ kind: 'emulator', address });
  });
  beforeEach(() => {
    told = { calls: [], finished: undefined, copied: '' };
    const side: CreateKeySide = {
      backend: { keyService: () => Promise.resolve(service), renew: () => undefined },
      signal: new AbortController().signal,
      copyText: (text) => {
        told.copied = text;
        return Promise.resolve();
      },
      changed: (_key, calls) => {
        told.calls = calls;
        return Promise.resolve();
      },
      finished: (key) => {
        told.finished = key;
        return Promise.resolve();
      },
      openKey: () => Promise.resolve(),
      scheduleDeletion: async ({ arn }) => {
        await kms.send(new ScheduleKeyDeletionCommand({ KeyId: arn, PendingWindowInDays: 7 }));
      },
      toFailure,
    };
    handlers = createKeyHandlers(side);
  });
  after(() => {
    service.dispose();
    kms.destroy();
  });

  function toFailure(error: unknown): RpcFailure {
    const { code, message, serviceCode } = toKmsExplorerError(error);
    return serviceCode === undefined ? { code, message } : { code, message, serviceCode };
  }

  async function failureOf(method: string, params: unknown): Promise<RpcFailure> {
    const response = await answerRequest({ kind: 'request', id: 1, method, params }, handlers, toFailure);
    assert.equal(response?.kind, 'failure');
    return response.failure;
  }

  async function ask<Result>(method: string, params: unknown): Promise<Result> {
    const response = await answerRequest({ kind: 'request', id: 1, method, params }, handlers, toFailure);
    assert.equal(response?.kind, 'result', JSON.stringify(response));
    return response.result as Result;
  }

  const create = (draft: Partial<KeyDraft>): Promise<CreationReport> => ask<CreationReport>('create', { ...plain, ...draft });

  async function aliasesOf(keyId: string): Promise<readonly (string | undefined)[]> {
    return (await kms.send(new ListAliasesCommand({ KeyId: keyId }))).Aliases?.map(({ AliasName: name }) => name) ?? [];
  }

  for (const { name, method, params, code } of refused) {
    it(`refuses ${name}`, async () => {
      assert.equal((await failureOf(method, params)).code, code);
    });
  }

  it('knows the account and its Regions', async () => {
    const opening = await ask<CreateKeyOpening>('open', null);
    assert.deepEqual([opening.accountId, opening.region, opening.regions.includes('eu-west-1'), opening.unfinished], ['111122223333', region, true, null]);
  });

  it('creates a key with all that was asked for, and tells the calls', async () => {
    const policy = { kind: 'crossAccount', administrators: [], users: [], accounts: ['444455556666'] } as const;
    const { keyId, failures } = await create({ aliasName: 'alias/host/whole', description: 'Whole', tags: [{ tagKey: 'team', tagValue: 'a' }], rotationPeriodInDays: 180, multiRegion: true, policy });
    assert.deepEqual(failures, []);
    const { KeyMetadata: metadata } = await kms.send(new DescribeKeyCommand({ KeyId: keyId }));
    assert.deepEqual([metadata?.Description, metadata?.MultiRegion, metadata?.KeySpec], ['Whole', true, 'SYMMETRIC_DEFAULT']);
    const { KeyRotationEnabled: on, RotationPeriodInDays: days } = await kms.send(new GetKeyRotationStatusCommand({ KeyId: keyId }));
    assert.deepEqual([on, days], [true, 180]);
    assert.deepEqual((await kms.send(new ListResourceTagsCommand({ KeyId: keyId }))).Tags, [{ TagKey: 'team', TagValue: 'a' }]);
    assert.match((await kms.send(new GetKeyPolicyCommand({ KeyId: keyId }))).Policy ?? '', /444455556666:root/);
    assert.deepEqual(await aliasesOf(keyId), ['alias/host/whole']);
    assert.deepEqual(told.finished, { region, keyId, arn: metadata?.Arn, aliasName: 'alias/host/whole' });
    assert.match(told.calls.map(cliText).join('\n'), /create-key [^]*enable-key-rotation [^]*create-alias --alias-name alias\/host\/whole/);
  });

  it('lists the key stores of a Region, without their settings', async () => {
    const signal = new AbortController().signal;
    const settings = {
      name: 'host-xks',
      xksProxyConnectivity: 'PUBLIC_ENDPOINT',
      xksProxyUriEndpoint: 'https://host-xks.example.com',
      xksProxyUriPath: '/kms/xks/v1',
      accessKeyId: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      rawSecretAccessKey: 'x'.repeat(43),
    };
    const customKeyStoreId = await service.createCustomKeyStore('eu-west-1', 'EXTERNAL_KEY_STORE', settings, signal);
    assert.deepEqual(await ask('listKeyStores', 'eu-west-1'), [{ customKeyStoreId, name: 'host-xks', type: 'EXTERNAL_KEY_STORE', connectionState: 'DISCONNECTED' }]);
    assert.deepEqual(await ask('listKeyStores', 'eu-west-2'), []);
    await service.deleteCustomKeyStore('eu-west-1', customKeyStoreId, signal);
  });

  it('creates a key in another Region than the backend’s own', async () => {
    const { keyId } = await create({ region: 'eu-west-1', keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC' });
    assert.equal((await service.describeKey({ region: 'eu-west-1', keyId }, new AbortController().signal)).keySpec, 'HMAC_256');
  });

  it('says what exists when the alias is taken, and finishes the same key with another one', async () => {
    const { KeyMetadata: other } = await kms.send(new CreateKeyCommand({}));
    await kms.send(new CreateAliasCommand({ AliasName: 'alias/host/taken', TargetKeyId: other?.KeyId }));
    const half = await create({ aliasName: 'alias/host/taken', rotationPeriodInDays: 90 });
    assert.deepEqual(half.failures.map(({ step, failure }) => [step, failure.serviceCode]), [['alias', 'AlreadyExistsException']]);
    assert.equal(told.finished, undefined);
    assert.equal((await ask<CreateKeyOpening>('open', null)).unfinished?.keyId, half.keyId);
    assert.equal((await failureOf('create', plain)).code, 'INVALID_REQUEST');
    const whole = await ask<CreationReport>('finish', { aliasName: 'alias/host/free' });
    assert.deepEqual([whole.keyId, whole.failures], [half.keyId, []]);
    assert.deepEqual(await aliasesOf(half.keyId), ['alias/host/free']);
    assert.equal((await kms.send(new GetKeyRotationStatusCommand({ KeyId: half.keyId }))).RotationPeriodInDays, 90);
  });

  it('lets a half-made key go without an alias, or be deleted, or be left', async () => {
    await create({ aliasName: 'alias/host/once' });
    await ask('startOver', null);
    assert.equal((await create({ aliasName: 'alias/host/once' })).failures.length, 1);
    assert.equal((await ask<CreationReport>('scheduleDeletion', null)).keyState, 'PendingDeletion');
    await ask('startOver', null);
    assert.equal((await create({ aliasName: 'alias/host/once' })).failures.length, 1);
    assert.deepEqual((await ask<CreationReport>('finish', { aliasName: '' })).failures, []);
    assert.equal(told.finished?.aliasName, undefined);
  });

  it('makes nothing when KMS refuses the key', async () => {
    const policy = { kind: 'administrators', administrators: ['arn:aws:iam::111122223333:role/nobody-there'], users: [], accounts: [] } as const;
    const answer = await answerRequest({ kind: 'request', id: 1, method: 'create', params: { ...plain, origin: 'AWS_CLOUDHSM', customKeyStoreId: 'cks-0000000000', policy } }, handlers, toFailure);
    assert.equal(answer?.kind, 'failure');
    assert.equal((await ask<CreateKeyOpening>('open', null)).unfinished, null);
  });

  it('makes one key of two clicks', async () => {
    const both = await Promise.all([1, 2].map((id) => answerRequest({ kind: 'request', id, method: 'create', params: plain }, handlers, toFailure)));
    assert.deepEqual(both.map((answer) => answer?.kind).sort(), ['failure', 'result']);
  });

  it('keeps the form while the view is hidden', async () => {
    const form = { answers: { purpose: 'sign', needs: ['postQuantum'] }, draft: { ...plain, description: 'Kept' }, tagsText: 'team=' };
    await ask('keepForm', form);
    assert.deepEqual((await ask<CreateKeyOpening>('open', null)).form, form);
  });

  it('copies a draft as text of the host’s own making', async () => {
    await ask('copyAs', { form: 'terraform', draft: plain });
    assert.match(told.copied, /resource "aws_kms_key"/);
    assert.equal((await failureOf('copyAs', { form: 'cdk', draft: { ...plain, origin: 'AWS_CLOUDHSM' } })).code, 'UNSUPPORTED_OPERATION');
  });
});
