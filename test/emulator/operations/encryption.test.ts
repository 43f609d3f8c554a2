import assert from 'node:assert/strict';
import { constants, publicEncrypt } from 'node:crypto';
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateRandomCommand,
  GetPublicKeyCommand,
  type KMSClient,
  ReEncryptCommand,
} from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { assertRefused } from '../support/refusal.ts';
import { sampleSeed } from '../support/sampleSeed.ts';

describe('Encryption', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  let europe: KMSClient;
  before(async () => {
    emulator = await startEmulator({ seed: sampleSeed });
    kms = emulator.client();
    europe = emulator.client('eu-west-1');
  });
  after(() => emulator.stop());

  const key = 'alias/orders/config';
  const seal = async (text: string, context?: Record<string, string>, client = kms, keyId = key): Promise<Uint8Array> => {
    const answer = await client.send(new EncryptCommand({ KeyId: keyId, Plaintext: Buffer.from(text), EncryptionContext: context }));
    return answer.CiphertextBlob!;
  };
  const open = async (ciphertext: Uint8Array, context?: Record<string, string>, client = kms): Promise<string> => {
    const answer = await client.send(new DecryptCommand({ CiphertextBlob: ciphertext, EncryptionContext: context }));
    return Buffer.from(answer.Plaintext!).toString('utf8');
  };

  it('gives back any plaintext with the same encryption context, and refuses it with any other', async () => {
    const contexts = fc.dictionary(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), { maxKeys: 3 });
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 40 }), contexts, contexts, async (text, context, other) => {
        const ciphertext = await seal(text, context);
        assert.equal(await open(ciphertext, context), Buffer.from(text).toString('utf8'));
        const same = JSON.stringify(Object.entries(context).sort()) === JSON.stringify(Object.entries(other).sort());
        if (!same) await assertRefused(open(ciphertext, other), 'InvalidCiphertextException', '');
      }),
      { numRuns: 40 },
    );
  });

  it('does not take one encryption context for another that reads alike when joined', async () => {
    const ciphertext = await seal('x', { a: 'b', c: 'd' });
    for (const other of [{ a: 'bcd' }, { ab: 'cd' }, { a: 'd', c: 'b' }, { 'a:b,c': 'd' }, { A: 'b', c: 'd' }]) {
      await assertRefused(open(ciphertext, other), 'InvalidCiphertextException', '');
    }
    assert.equal(await open(ciphertext, { c: 'd', a: 'b' }), 'x');
  });

  it('binds a context member named like a prototype', async () => {
    const context = JSON.parse('{"__proto__":"x"}') as Record<string, string>;
    const ciphertext = await seal('x', context);
    await assertRefused(open(ciphertext), 'InvalidCiphertextException', '');
  });

  it('refuses a ciphertext with any byte changed', async () => {
    const ciphertext = await seal('a plaintext');
    await fc.assert(
      fc.asyncProperty(fc.nat(ciphertext.length - 1), fc.integer({ min: 1, max: 255 }), async (index, difference) => {
        const damaged = Uint8Array.from(ciphertext, (byte, at) => (at === index ? byte ^ difference : byte));
        const error: unknown = await open(damaged).then(() => undefined, (cause: unknown) => cause);
        assert.ok(error instanceof Error, `byte ${index} may be changed`);
        assert.match(error.name, /^(?:InvalidCiphertext|AccessDenied)Exception$/);
      }),
      { numRuns: 60 },
    );
  });

  it('makes ciphertext with the prefixes and lengths of AWS', async () => {
    const encrypted = Buffer.from(await seal('x'.repeat(32)));
    assert.deepEqual([encrypted.length, encrypted.toString('base64').slice(0, 6)], [184, 'AQICAH']);
    const dataKey = await kms.send(new GenerateDataKeyCommand({ KeyId: key, KeySpec: 'AES_256' }));
    const wrapped = Buffer.from(dataKey.CiphertextBlob!);
    assert.deepEqual([wrapped.length, wrapped.toString('base64').slice(0, 6), dataKey.Plaintext!.length], [184, 'AQIDAH', 32]);
    const opened = await kms.send(new DecryptCommand({ CiphertextBlob: wrapped }));
    assert.deepEqual(opened.Plaintext, dataKey.Plaintext);
  });

  it('refuses a ciphertext of another Region in the words of AWS', async () => {
    const ciphertext = await seal('x', {}, europe, 'alias/customers/personal-data');
    await assertRefused(open(ciphertext), 'AccessDeniedException', /is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because the resource does not exist in this Region/);
  });

  it('decrypts a multi-Region key\'s ciphertext in each of its Regions', async () => {
    const ciphertext = await seal('session', {}, kms, 'alias/web/sessions');
    assert.equal(await open(ciphertext, {}, europe), 'session');
  });

  it('decrypts what an older material of a rotated key encrypted, and what a fixed seed encrypted before', async () => {
    const described = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/orders/database' }));
    const again = await startEmulator({ seed: sampleSeed });
    try {
      const ciphertext = await seal('kept', { a: 'b' }, again.client(), 'alias/orders/database');
      const answer = await kms.send(new DecryptCommand({ CiphertextBlob: ciphertext, EncryptionContext: { a: 'b' } }));
      assert.equal(Buffer.from(answer.Plaintext!).toString(), 'kept');
      assert.equal(answer.KeyMaterialId, described.KeyMetadata?.CurrentKeyMaterialId);
    } finally {
      await again.stop();
    }
  });

  it('re-encrypts under another key and context', async () => {
    const CiphertextBlob = await seal('moved', { a: '1' });
    const answer = await kms.send(
      new ReEncryptCommand({
        CiphertextBlob,
        SourceEncryptionContext: { a: '1' },
        DestinationKeyId: 'alias/payments/tokens',
        DestinationEncryptionContext: { b: '2' },
      }),
    );
    assert.equal(await open(answer.CiphertextBlob!, { b: '2' }), 'moved');
    assert.notEqual(answer.KeyId, answer.SourceKeyId);
  });

  it('decrypts an RSA ciphertext that was made offline with the public key', async () => {
    const KeyId = 'alias/partners/exchange';
    const { PublicKey } = await europe.send(new GetPublicKeyCommand({ KeyId }));
    const publicKey = { key: Buffer.from(PublicKey!), format: 'der', type: 'spki', padding: constants.RSA_PKCS1_OAEP_PADDING } as const;
    for (const [EncryptionAlgorithm, oaepHash] of [['RSAES_OAEP_SHA_1', 'sha1'], ['RSAES_OAEP_SHA_256', 'sha256']] as const) {
      const CiphertextBlob = publicEncrypt({ ...publicKey, oaepHash }, Buffer.from('offline'));
      const { Plaintext } = await europe.send(new DecryptCommand({ KeyId, CiphertextBlob, EncryptionAlgorithm }));
      assert.equal(Buffer.from(Plaintext!).toString(), 'offline');
    }
  });

  it('refuses a ciphertext with a key that did not make it', async () => {
    const CiphertextBlob = await seal('x');
    await assertRefused(
      kms.send(new DecryptCommand({ CiphertextBlob, KeyId: 'alias/payments/tokens' })),
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  });

  it('gives as many random bytes as asked for', async () => {
    const { Plaintext } = await kms.send(new GenerateRandomCommand({ NumberOfBytes: 1024 }));
    assert.equal(Plaintext!.length, 1024);
  });

  it('names context members in its events, and never their values, plaintext or ciphertext', async () => {
    const ciphertext = await seal('plainly-visible', { tenant: 'context-value' });
    const printed = emulator.events().slice(1).map((event) => JSON.stringify(event)).join('\n');
    assert.match(printed, /"encryptionContextKeys":\["tenant"\]/);
    assert.ok(!printed.includes('context-value') && !printed.includes('plainly-visible'));
    assert.ok(!printed.includes(Buffer.from(ciphertext).toString('base64').slice(60)));
  });
});
