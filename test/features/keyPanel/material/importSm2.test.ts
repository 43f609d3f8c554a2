import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { CreateKeyCommand, DescribeKeyCommand, GetPublicKeyCommand, type KeySpec, type KeyUsageType, type KMSClient } from '@aws-sdk/client-kms';
import { connect } from '../../../../src/aws/connect.ts';
import type { KeyService } from '../../../../src/core/kms/service/keyService.ts';
import { importMaterial } from '../../../../src/features/keyPanel/material/importMaterial.ts';
import { wrapSm2 } from '../../../../src/features/keyPanel/material/wrapSm2.ts';
import type { Wrapping } from '../../../../src/features/keyPanel/material/wrappings.ts';
import { startEmulator, type EmulatorProcess } from '../../../emulator/emulatorProcess.ts';

const region = 'cn-north-1';
const hex = 'a1'.repeat(32);

describe('Importing key material in a China Region', () => {
  let emulator: EmulatorProcess;
  let service: KeyService;
  let kms: KMSClient;
  before(async () => {
    emulator = await startEmulator({});
    service = await connect({ kind: 'emulator', address: { ...emulator.ready, region } });
    kms = emulator.client(region);
  });
  after(async () => {
    service.dispose();
    kms.destroy();
    await emulator.stop();
  });

  async function importInto(keySpec: KeySpec, usage: KeyUsageType, algorithm: Wrapping['algorithm'], file: Buffer): Promise<string> {
    const { KeyMetadata: metadata } = await kms.send(new CreateKeyCommand({ Origin: 'EXTERNAL', KeySpec: keySpec, KeyUsage: usage }));
    const keyId = metadata?.Arn ?? '';
    await importMaterial({
      service, key: { region, keyId }, keySpec, kind: 'first',
      ask: {
        source: () => Promise.resolve('file'),
        wrapping: (choices) => Promise.resolve(choices.find((each) => each.algorithm === algorithm)),
        expiry: () => Promise.resolve(null),
        description: () => Promise.resolve(''),
        file: () => Promise.resolve(Buffer.from(file)),
        text: () => Promise.resolve(undefined),
        wantsCopy: () => Promise.resolve(false),
        showOnce: () => Promise.resolve(true),
        confirmDeletion: () => Promise.resolve(true),
        whileWaiting: (task) => task(new AbortController().signal),
      },
    });
    assert.equal((await kms.send(new DescribeKeyCommand({ KeyId: keyId }))).KeyMetadata?.KeyState, 'Enabled');
    return keyId;
  }

  // The numbers in the ciphertext begin with zeros, or with a bit that stands for a sign, in one of a few attempts.
  for (let attempt = 1; attempt <= 12; attempt += 1) {
    it(`wraps it under SM2, attempt ${attempt}`, async () => {
      await importInto('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'SM2PKE', Buffer.from(hex, 'hex'));
    });
  }

  for (const [format, algorithm] of [['pem', 'RSA_AES_KEY_WRAP_SHA_256'], ['der', 'SM2PKE']] as const) {
    it(`brings in a private key of SM2 in ${format.toUpperCase()}, wrapped with ${algorithm}`, async () => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'SM2' });
      const file = Buffer.from(format === 'pem' ? privateKey.export({ type: 'pkcs8', format }) : privateKey.export({ type: 'pkcs8', format }));
      const keyId = await importInto('SM2', 'SIGN_VERIFY', algorithm, file);
      const { PublicKey: spki } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
      assert.deepEqual(Buffer.from(spki ?? []), publicKey.export({ type: 'spki', format: 'der' }));
    });
  }

  it('takes no private key of another curve for one of SM2', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const file = privateKey.export({ type: 'pkcs8', format: 'der' });
    await assert.rejects(importInto('SM2', 'SIGN_VERIFY', 'SM2PKE', file), { code: 'INVALID_REQUEST' });
  });

  it('wraps nothing under another key than one of SM2', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    assert.equal(wrapSm2(publicKey.export({ type: 'spki', format: 'der' }), Buffer.from(hex, 'hex')), undefined);
  });
});
