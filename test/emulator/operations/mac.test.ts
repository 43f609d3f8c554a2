import assert from 'node:assert/strict';
import { CreateKeyCommand, GenerateMacCommand, type KMSClient, VerifyMacCommand } from '@aws-sdk/client-kms';
import { type EmulatorProcess, startEmulator } from '../emulatorProcess.ts';
import { assertRefused } from '../support/refusal.ts';

describe('A MAC', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
  });
  after(() => emulator.stop());

  it('verifies, and another does not', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec: 'HMAC_384', KeyUsage: 'GENERATE_VERIFY_MAC' }));
    const input = { KeyId: KeyMetadata!.KeyId!, Message: Buffer.from('m'), MacAlgorithm: 'HMAC_SHA_384' } as const;
    const { Mac } = await kms.send(new GenerateMacCommand(input));
    assert.equal(Mac!.length, 48);
    assert.equal((await kms.send(new VerifyMacCommand({ ...input, Mac }))).MacValid, true);
    await assertRefused(kms.send(new VerifyMacCommand({ ...input, Mac: Mac!.slice(1) })), 'KMSInvalidMacException', '');
  });
});
