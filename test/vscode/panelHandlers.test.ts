import assert from 'node:assert/strict';
import { CreateKeyCommand, DecryptCommand, DescribeKeyCommand, GetKeyPolicyCommand, KMSClient, ListResourceTagsCommand, PutKeyPolicyCommand, TagResourceCommand, UpdateKeyDescriptionCommand } from '@aws-sdk/client-kms';
import * as vscode from 'vscode';
import { keyServiceFactory } from '../../src/aws/main.ts';
import { dataKeyPairSpecs, dataKeySpecs } from '../../src/core/kms/dataKeySpecs.ts';
import type { KeyService } from '../../src/core/kms/service/keyService.ts';
import { PanelBackend } from '../../src/features/shared/panel/panelBackend.ts';
import { askInWindow } from '../../src/features/keyPanel/material/askInWindow.ts';
import { panelHandlers } from '../../src/features/keyPanel/handlers/panelHandlers.ts';
import { toKmsExplorerError } from '../../src/features/shared/showError.ts';
import type { DataKey, PolicyDraft } from '../../src/protocol/keyPanel.ts';
import { answerRequest, type RpcFailure, type RpcResponse } from '../../src/protocol/rpc.ts';
import { suiteVariable } from './suiteEnvironment.ts';

const region = 'us-east-1';
const address = {
  endpoint: suiteVariable('KMS_EXPLORER_TEST_ENDPOINT'),
  region,
  accessKeyId: suiteVariable('KMS_EXPLORER_TEST_ACCESS_KEY_ID'),
  secretAccessKey: suiteVariable('KMS_EXPLORER_TEST_SECRET_ACCESS_KEY'),
};

const refused: readonly { readonly name: string; readonly method: string; readonly params: unknown }[] = [
  { name: 'a method that is not there', method: 'deleteKey', params: null },
  { name: 'a method that every object has', method: '__proto__', params: null },
  { name: 'arguments where there are none', method: 'describeKey', params: { KeyId: 'alias/other' } },
  { name: 'a policy that is no text', method: 'savePolicy', params: { policy: {}, expected: '' } },
  { name: 'a policy without what is expected to be stored', method: 'savePolicy', params: { policy: '{}' } },
  { name: 'a policy longer than KMS reads', method: 'savePolicy', params: { policy: ' '.repeat(131_073), expected: '' } },
  { name: 'a description without the one that was shown', method: 'change', params: { kind: 'description', description: 'x' } },
  { name: 'a draft that is no draft', method: 'keepDraft', params: 'text' },
  { name: 'an import of a kind that is none', method: 'importMaterial', params: 'all' },
  { name: 'to delete material without an id of KMS’s shape', method: 'deleteMaterial', params: '*' },
  { name: 'a data key of another size', method: 'generateDataKey', params: { keySpec: 'AES_512', withPlaintext: true, encryptionContext: {} } },
  { name: 'a data key without a word on its plaintext', method: 'generateDataKey', params: { keySpec: 'AES_256', encryptionContext: {} } },
  { name: 'bytes that are no public key for the clipboard', method: 'takeDataPublicKey', params: { act: 'copy', publicKey: 'cm0gLXJm' } },
  { name: 'to do something else with a public key', method: 'takeDataPublicKey', params: { act: 'send', publicKey: 'MAA=' } },
  { name: 'a text that is no data key for the clipboard', method: 'copyDataKey', params: 'rm -rf ~' },
  { name: 'bytes that are no data key for the clipboard', method: 'copyDataKey', params: 'cm0gLXJm' },
  { name: 'to save what is no base64', method: 'saveDataKey', params: '<script>' },
  { name: 'to open a use that has no place in the list', method: 'openUse', params: 'file:///etc/passwd' },
  { name: 'a text of the view’s choice for the clipboard', method: 'copy', params: 'rm -rf ~' },
];

describe('The host of a key panel', () => {
  const changed = new vscode.EventEmitter<void>();
  const kms = new KMSClient({ region, endpoint: address.endpoint, credentials: address });
  let service: KeyService;
  let backend: PanelBackend;
  let keyId: string;
  let draft: PolicyDraft | null;
  let copied: string;
  let saved: Uint8Array;

  before(async () => {
    service = await keyServiceFactory.connect({ kind: 'emulator', address });
  });
  beforeEach(async () => {
    keyId = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? '';
    draft = null;
    copied = '';
    saved = new Uint8Array();
    const regions = (): Promise<readonly string[]> => Promise.resolve([region]);
    const keyService = (): Promise<KeyService> => Promise.resolve(service);
    backend = new PanelBackend({ backend: 'emulator', onDidChange: changed.event, onDidChangeRegions: changed.event, keyService, regions });
  });
  afterEach(() => {
    backend.dispose();
  });
  after(() => {
    service.dispose();
    kms.destroy();
    changed.dispose();
  });

  function toFailure(error: unknown): RpcFailure {
    const { code, message } = toKmsExplorerError(error);
    return { code, message };
  }

  async function ask(method: string, params: unknown): Promise<RpcResponse | undefined> {
    const handlers = panelHandlers({
      backend,
      key: { region, keyId },
      signal: new AbortController().signal,
      opening: () => ({ region, keyId, arn: keyId, aliasName: null, draft, backendChanged: backend.stale }),
      keepDraft: (kept) => {
        draft = kept;
      },
      copyName: () => Promise.resolve(),
      copyText: () => Promise.resolve(),
      copySecret: (secret) => {
        copied = secret;
        return Promise.resolve();
      },
      saveFile: (_ending, bytes) => {
        saved = bytes;
        return Promise.resolve();
      },
      saveText: () => Promise.resolve(),
      readFile: () => Promise.resolve(null),
      run: () => Promise.resolve(),
      material: askInWindow,
      uses: { list: () => ({ read: false }), scan: () => Promise.resolve(), open: () => Promise.resolve() },
      changed: () => Promise.resolve(),
    });
    return answerRequest({ kind: 'request', id: 1, method, params }, handlers, toFailure);
  }

  async function failureOf(method: string, params: unknown): Promise<RpcFailure> {
    const response = await ask(method, params);
    assert.equal(response?.kind, 'failure');
    return response.failure;
  }

  async function storedPolicy(): Promise<string> {
    return (await kms.send(new GetKeyPolicyCommand({ KeyId: keyId }))).Policy ?? '';
  }

  for (const { name, method, params } of refused) {
    it(`refuses ${name}`, async () => {
      assert.equal((await failureOf(method, params)).code, 'INVALID_MESSAGE');
    });
  }

  it('asks the new connection when the one that was asked is closed meanwhile', async () => {
    for (const method of ['describeKey', 'listAliases', 'listGrants', 'getRotation', 'getPolicy']) {
      const [before, fresh] = [service, await keyServiceFactory.connect({ kind: 'emulator', address })];
      const answered = ask(method, null);
      before.dispose();
      service = fresh;
      changed.fire();
      const answer = await answered;
      assert.equal(answer?.kind, 'result', `${method}: ${JSON.stringify(answer)}`);
    }
    assert.equal(backend.stale, false);
  });

  it('saves a policy and forgets the draft', async () => {
    const stored = await storedPolicy();
    const policy = stored.replace('Enable IAM User Permissions', 'Saved');
    await ask('keepDraft', { text: policy, base: stored });
    assert.deepEqual(draft, { text: policy, base: stored });
    assert.deepEqual(await ask('savePolicy', { policy, expected: stored }), { kind: 'result', id: 1, result: null });
    assert.equal(await storedPolicy(), policy);
    assert.equal(draft, null);
  });

  it('does not replace a policy that somebody else changed', async () => {
    const stored = await storedPolicy();
    const theirs = stored.replace('Enable IAM User Permissions', 'Theirs');
    await kms.send(new PutKeyPolicyCommand({ KeyId: keyId, Policy: theirs }));
    assert.equal((await failureOf('savePolicy', { policy: stored, expected: stored })).code, 'POLICY_CHANGED');
    assert.equal(await storedPolicy(), theirs);
  });

  for (const [keySpec, size] of [['AES_128', 16], ['AES_256', 32]] as const) {
    it(`makes a data key of ${size} bytes, copies it, and saves its encrypted form`, async () => {
      const encryptionContext = { app: 'orders' };
      const response = await ask('generateDataKey', { keySpec, withPlaintext: true, encryptionContext });
      assert.equal(response?.kind, 'result');
      const { plaintext, ciphertext } = response.result as DataKey;
      await ask('copyDataKey', plaintext);
      await ask('saveDataKey', ciphertext);
      assert.equal(copied, plaintext);
      const { Plaintext: decrypted } = await kms.send(new DecryptCommand({ CiphertextBlob: saved, EncryptionContext: encryptionContext }));
      assert.deepEqual([Buffer.from(decrypted ?? []).toString('base64'), decrypted?.length], [plaintext, size]);
    });
  }

  for (const keySpec of dataKeySpecs) {
    it(`makes ${keySpec} without its plaintext`, async () => {
      const response = await ask('generateDataKey', { keySpec, withPlaintext: false, encryptionContext: {} });
      assert.equal(response?.kind, 'result');
      const { plaintext, ciphertext, publicKey } = response.result as DataKey;
      const { Plaintext: decrypted } = await kms.send(new DecryptCommand({ CiphertextBlob: Buffer.from(ciphertext, 'base64') }));
      assert.deepEqual([plaintext, publicKey, decrypted?.length], [null, null, keySpec === 'AES_128' ? 16 : 32]);
    });
  }

  for (const keySpec of dataKeyPairSpecs.filter((spec) => spec !== 'SM2')) {
    it(`makes a pair of ${keySpec}, with its private key and without`, async () => {
      const encryptionContext = { app: 'orders' };
      const response = await ask('generateDataKey', { keySpec, withPlaintext: true, encryptionContext });
      assert.equal(response?.kind, 'result');
      const { plaintext, ciphertext, publicKey } = response.result as DataKey;
      const { Plaintext: decrypted } = await kms.send(new DecryptCommand({ CiphertextBlob: Buffer.from(ciphertext, 'base64'), EncryptionContext: encryptionContext }));
      assert.equal(Buffer.from(decrypted ?? []).toString('base64'), plaintext);
      assert.equal((await ask('copyDataKey', plaintext))?.kind, 'result');
      assert.match(copied, /^-----BEGIN PRIVATE KEY-----\n[^]+\n-----END PRIVATE KEY-----\n$/);
      assert.equal((await ask('takeDataPublicKey', { act: 'save', publicKey }))?.kind, 'result');
      assert.match(Buffer.from(saved).toString(), /^-----BEGIN PUBLIC KEY-----\n/);
      const wrapped = await ask('generateDataKey', { keySpec, withPlaintext: false, encryptionContext: {} });
      assert.equal(wrapped?.kind, 'result');
      assert.deepEqual(Object.entries(wrapped.result as DataKey).map(([name, value]) => [name, value === null]), [['plaintext', true], ['ciphertext', false], ['publicKey', false]]);
    });
  }

  it('does not write over a description or a tag that somebody else changed', async () => {
    await kms.send(new UpdateKeyDescriptionCommand({ KeyId: keyId, Description: 'theirs' }));
    const stale = await failureOf('change', { kind: 'description', description: 'mine', expected: '' });
    assert.equal(stale.code, 'KEY_CHANGED');
    assert.match(stale.message, /it is "theirs" now\. Nothing was written/);
    await ask('change', { kind: 'description', description: 'mine', expected: 'theirs' });
    assert.equal((await kms.send(new DescribeKeyCommand({ KeyId: keyId }))).KeyMetadata?.Description, 'mine');

    await kms.send(new TagResourceCommand({ KeyId: keyId, Tags: [{ TagKey: 'team', TagValue: 'theirs' }] }));
    assert.equal((await failureOf('change', { kind: 'putTag', tagKey: 'team', tagValue: 'mine', expected: null })).code, 'KEY_CHANGED');
    await ask('change', { kind: 'putTag', tagKey: 'team', tagValue: 'mine', expected: 'theirs' });
    assert.deepEqual((await kms.send(new ListResourceTagsCommand({ KeyId: keyId }))).Tags, [{ TagKey: 'team', TagValue: 'mine' }]);
  });

  it('goes on after a refresh with the same account at the same endpoint', async () => {
    assert.equal((await ask('describeKey', null))?.kind, 'result');
    const former = service;
    service = await keyServiceFactory.connect({ kind: 'emulator', address });
    former.dispose();
    changed.fire();
    assert.equal((await ask('describeKey', null))?.kind, 'result');
    assert.equal(backend.stale, false);
  });

  it('sends nothing after the backend changed, until the panel is connected again', async () => {
    const stored = await ask('getPolicy', null);
    assert.equal(stored?.kind, 'result');
    const before = await storedPolicy();
    const former = service;
    // The same process under another name is another endpoint, as another emulator would be.
    service = await keyServiceFactory.connect({ kind: 'emulator', address: { ...address, endpoint: address.endpoint.replace('127.0.0.1', 'localhost') } });
    former.dispose();
    changed.fire();
    const policy = before.replace('Enable IAM User Permissions', 'Elsewhere');
    assert.equal((await failureOf('savePolicy', { policy, expected: before })).code, 'BACKEND_CHANGED');
    assert.equal((await failureOf('describeKey', null)).code, 'BACKEND_CHANGED');
    assert.equal(await storedPolicy(), before);
    const opening = await ask('reconnect', null);
    assert.equal(opening?.kind, 'result');
    assert.equal((await ask('describeKey', null))?.kind, 'result');
  });

  it('answers that a key which cannot rotate does not support it', async () => {
    const { KeyMetadata: metadata } = await kms.send(new CreateKeyCommand({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' }));
    keyId = metadata?.Arn ?? '';
    assert.deepEqual(await ask('getRotation', null), { kind: 'result', id: 1, result: { supported: false } });
  });
});
