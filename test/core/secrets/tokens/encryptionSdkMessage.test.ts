import assert from 'node:assert/strict';
import { AlgorithmSuiteIdentifier } from '@aws-crypto/client-node';
import fc from 'fast-check';
import { toBase64 } from '../../../../src/core/secrets/base64.ts';
import { mayHoldCiphertext } from '../../../../src/core/secrets/ciphertextToken.ts';
import { readEncryptionSdkHeader } from '../../../../src/core/secrets/tokens/encryptionSdkMessage.ts';
import { sampleCiphertext } from '../sampleCiphertext.ts';
import { keyArns, sampleMessage } from './sampleMessage.ts';

const suites = Object.values(AlgorithmSuiteIdentifier).filter((each) => typeof each === 'number');

describe('the header of a message of the AWS Encryption SDK', () => {
  for (const suiteId of suites) {
    it(`is read as the SDK writes it with suite ${suiteId.toString(16)}`, async () => {
      const id: number = suiteId;
      const header = readEncryptionSdkHeader(await sampleMessage(suiteId, { app: 'orders', stage: 'é' }, 512));
      assert.equal(header?.version, id >= 0x0400 ? 2 : 1);
      assert.equal(header.suite.id, suiteId.toString(16).padStart(4, '0'));
      assert.match(header.messageId, header.version === 1 ? /^[0-9a-f]{32}$/ : /^[0-9a-f]{64}$/);
      const { 'aws-crypto-public-key': publicKey, ...context } = header.encryptionContext;
      assert.deepEqual(context, { app: 'orders', stage: 'é' });
      assert.equal(publicKey !== undefined, header.suite.name.includes('ECDSA'));
      assert.deepEqual(header.encryptedDataKeys.map(({ providerId, providerInfo }) => [providerId, providerInfo]), keyArns.map((arn) => ['aws-kms', arn]));
      assert.deepEqual(Uint8Array.from(header.encryptedDataKeys[0]!.encryptedKey), sampleCiphertext(2, 32));
      assert.equal(header.frameLength, 512);
      assert.ok(mayHoldCiphertext(toBase64(await sampleMessage(suiteId, {}))));
    });
  }

  it('has no context when there is none', async () => {
    const header = readEncryptionSdkHeader(await sampleMessage(AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY, {}));
    assert.deepEqual(header?.encryptionContext, {});
  });

  it('is not read when it is cut off', async () => {
    const message = await sampleMessage(AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY, { app: 'orders' });
    // The body is one frame: marker, number, vector, length, nine bytes of text and a tag.
    const headerEnd = message.length - (4 + 4 + 12 + 4 + 9 + 16);
    assert.ok(readEncryptionSdkHeader(message.subarray(0, headerEnd)) !== undefined);
    fc.assert(fc.property(fc.nat({ max: headerEnd - 1 }), (length) => readEncryptionSdkHeader(message.subarray(0, length)) === undefined));
  });

  it('is never seen in random bytes or in a KMS ciphertext', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => readEncryptionSdkHeader(bytes) === undefined));
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (bytes) => readEncryptionSdkHeader(Uint8Array.of(1, 0x80, 3, 0x78, ...bytes)) === undefined));
    assert.equal(readEncryptionSdkHeader(sampleCiphertext(2, 100)), undefined);
  });
});
