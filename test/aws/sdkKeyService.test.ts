import assert from 'node:assert/strict';
import { CreateAliasCommand, CreateKeyCommand, ScheduleKeyDeletionCommand, DisableKeyCommand } from '@aws-sdk/client-kms';
import { connect } from '../../src/aws/connect.ts';
import type { ErrorCode } from '../../src/core/kms/errorCode.ts';
import { KmsExplorerError } from '../../src/core/kms/errorCode.ts';
import type { KeyService } from '../../src/core/kms/service/keyService.ts';
import { startEmulator, type EmulatorProcess } from '../emulator/emulatorProcess.ts';

const region = 'eu-west-1';
const signal = new AbortController().signal;
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (words: string) => new TextEncoder().encode(words);

describe('The key service on the AWS SDK', () => {
  let emulator: EmulatorProcess;
  let service: KeyService;

  before(async () => {
    emulator = await startEmulator();
    service = await connect({ kind: 'emulator', address: emulator.ready });
  });
  after(async () => {
    service.dispose();
    await emulator.stop();
  });

  async function createKey(input: ConstructorParameters<typeof CreateKeyCommand>[0] = {}): Promise<string> {
    const { KeyMetadata } = await emulator.client(region).send(new CreateKeyCommand(input));
    return KeyMetadata!.KeyId!;
  }

  async function failsWith(call: Promise<unknown>, code: ErrorCode, message: RegExp): Promise<void> {
    await assert.rejects(call, (error: unknown) => {
      assert.ok(error instanceof KmsExplorerError);
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
      return true;
    });
  }

  it('knows who calls, and where the calls go', async () => {
    const { accountId, endpoint, callerArn } = await service.identity(signal);
    assert.equal(accountId, emulator.ready.accountId);
    assert.equal(endpoint, emulator.ready.endpoint);
    assert.match(callerArn, /:root$/);
  });

  it('encrypts and decrypts in a Region with an encryption context', async () => {
    const keyId = await createKey();
    const { ciphertext, keyArn } = await service.encrypt({ region, keyId }, bytes('päss'), { app: 'orders' }, signal);
    const answer = await service.decrypt(region, ciphertext, { app: 'orders' }, signal);
    assert.equal(text(answer.plaintext), 'päss');
    assert.equal(answer.keyArn, keyArn);
  });

  it('lists keys and aliases of one Region alone', async () => {
    const keyId = await createKey({ Description: 'listed' });
    await emulator.client(region).send(new CreateAliasCommand({ AliasName: 'alias/listed', TargetKeyId: keyId }));
    const collect = async <Row>(pages: AsyncIterable<readonly Row[]>) => (await Array.fromAsync(pages)).flat();
    assert.ok((await collect(service.listKeys(region, signal))).some((row) => row.keyId === keyId));
    assert.ok((await collect(service.listAliases(region, signal))).some((row) => row.aliasName === 'alias/listed' && row.targetKeyId === keyId));
    assert.ok(!(await collect(service.listKeys('us-west-2', signal))).some((row) => row.keyId === keyId));
  });

  it('gives the metadata, tags, aliases, rotation and policy of a key', async () => {
    const key = { region, keyId: await createKey({ Description: 'whole', Tags: [{ TagKey: 'team', TagValue: 'a' }] }) };
    const metadata = await service.describeKey(key, signal);
    assert.equal(metadata.description, 'whole');
    assert.equal(metadata.region, region);
    assert.equal(metadata.keyState, 'Enabled');
    assert.deepEqual(await service.listResourceTags(key, signal), [{ tagKey: 'team', tagValue: 'a' }]);
    assert.deepEqual(await service.listAliasesOf(key, signal), []);
    assert.equal((await service.getKeyRotationStatus(key, signal)).keyRotationEnabled, false);
    const policy = await service.getKeyPolicy(key, signal);
    const changed = policy.replace('key-default-1', 'changed');
    await service.putKeyPolicy(key, changed, signal);
    assert.equal(await service.getKeyPolicy(key, signal), changed);
  });

  it('names a disabled key, one pending deletion, and one that is not there', async () => {
    const disabled = await createKey();
    await emulator.client(region).send(new DisableKeyCommand({ KeyId: disabled }));
    await failsWith(service.encrypt({ region, keyId: disabled }, bytes('x'), {}, signal), 'DISABLED', /is disabled/);
    const pending = await createKey();
    await emulator.client(region).send(new ScheduleKeyDeletionCommand({ KeyId: pending }));
    await failsWith(service.encrypt({ region, keyId: pending }, bytes('x'), {}, signal), 'INVALID_STATE', /is pending deletion/);
    await failsWith(service.describeKey({ region, keyId: 'alias/absent' }, signal), 'NOT_FOUND', /Alias .* is not found/);
  });

  it('names a tampered ciphertext and a wrong encryption context alike, as KMS does', async () => {
    const keyId = await createKey();
    const { ciphertext } = await service.encrypt({ region, keyId }, bytes('x'), { app: 'a' }, signal);
    const tampered = Uint8Array.from(ciphertext);
    tampered[tampered.length - 1]! ^= 1;
    await failsWith(service.decrypt(region, tampered, { app: 'a' }, signal), 'INVALID_CIPHERTEXT', /changed or cut off, or the encryption context/);
    await failsWith(service.decrypt(region, ciphertext, { app: 'b' }, signal), 'INVALID_CIPHERTEXT', /changed or cut off, or the encryption context/);
  });

  it('shows KMS’s words when a policy is refused', async () => {
    const key = { region, keyId: await createKey() };
    await failsWith(service.putKeyPolicy(key, '{"Version":"2012-10-17"}', signal), 'MALFORMED_POLICY', /PutKeyPolicy in eu-west-1 failed: ./);
  });

  it('ends a cancelled call with CANCELLED', async () => {
    const controller = new AbortController();
    controller.abort();
    await failsWith(service.describeKey({ region, keyId: 'alias/any' }, controller.signal), 'CANCELLED', /cancelled/);
  });

  it('says that the emulator is gone when nothing listens any more', async () => {
    const other = await startEmulator();
    const lost = await connect({ kind: 'emulator', address: other.ready });
    await other.stop();
    await failsWith(lost.describeKey({ region, keyId: 'alias/any' }, signal), 'EMULATOR_DIED', /does not answer\. Restart it/);
    lost.dispose();
  });

  it('names credentials that the backend does not accept', async () => {
    const stranger = await connect({ kind: 'emulator', address: { ...emulator.ready, accessKeyId: 'AKIAUNKNOWN' } });
    await failsWith(stranger.identity(signal), 'INVALID_CREDENTIALS', /does not accept these credentials/);
    stranger.dispose();
  });
});
