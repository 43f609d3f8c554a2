import assert from 'node:assert/strict';
import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  EncryptedDataKey,
  KeyringNode,
  KeyringTraceFlag,
  type NodeDecryptionMaterial,
  type NodeEncryptionMaterial,
} from '@aws-crypto/client-node';
import fc from 'fast-check';
import { openMessage } from '../../../../src/core/secrets/envelope/openMessage.ts';
import { contextOfCaller, requireMessageContext, sealMessage } from '../../../../src/core/secrets/envelope/sealMessage.ts';
import { readEncryptionSdkHeader } from '../../../../src/core/secrets/tokens/encryptionSdkMessage.ts';
import { messageCrypto } from '../../../../src/features/shared/secrets/envelope/messageCrypto.ts';
import { sampleCiphertext } from '../sampleCiphertext.ts';

const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const dataKeyOf = (length: number) => Uint8Array.from({ length }, (_, index) => index * 7);
const suiteIds = Object.values(AlgorithmSuiteIdentifier).filter((each) => typeof each === 'number');

/** The SDK with a data key that is known, in the place of KMS. */
class KnownKeyring extends KeyringNode {
  async _onEncrypt(material: NodeEncryptionMaterial): Promise<NodeEncryptionMaterial> {
    const flags = KeyringTraceFlag.WRAPPING_KEY_GENERATED_DATA_KEY;
    material.setUnencryptedDataKey(dataKeyOf(material.suite.keyLengthBytes), { keyNamespace: 'aws-kms', keyName: keyArn, flags });
    const key = new EncryptedDataKey({ providerId: 'aws-kms', providerInfo: keyArn, encryptedDataKey: sampleCiphertext(2, 32) });
    return Promise.resolve(material.addEncryptedDataKey(key, KeyringTraceFlag.WRAPPING_KEY_ENCRYPTED_DATA_KEY));
  }

  async _onDecrypt(material: NodeDecryptionMaterial): Promise<NodeDecryptionMaterial> {
    const trace = { keyNamespace: 'aws-kms', keyName: keyArn, flags: KeyringTraceFlag.WRAPPING_KEY_DECRYPTED_DATA_KEY };
    return Promise.resolve(material.setUnencryptedDataKey(dataKeyOf(material.suite.keyLengthBytes), trace));
  }
}

async function writtenBySdk(suiteId: AlgorithmSuiteIdentifier, plaintext: Uint8Array, frameLength: number): Promise<Uint8Array> {
  const id: number = suiteId;
  const policy = id >= 0x0400 ? CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT : CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT;
  const { result } = await buildClient(policy).encrypt(new KnownKeyring(), Buffer.from(plaintext), { suiteId, frameLength, encryptionContext: { app: 'orders' } });
  return result;
}

function open(message: Uint8Array, keyLength = 32): Uint8Array {
  return openMessage(messageCrypto, message, readEncryptionSdkHeader(message)!, dataKeyOf(keyLength));
}

const seal = (plaintext: Uint8Array, context: Record<string, string>) =>
  sealMessage(messageCrypto, plaintext, context, { plaintext: dataKeyOf(32), keyArn, ciphertext: sampleCiphertext(2, 32) });

const keyLengthOf = (suiteId: number) => ({ 0x14: 16, 0x46: 24, 0x78: 32 })[suiteId & 0xff] ?? 32;

describe('a message of the AWS Encryption SDK', () => {
  for (const suiteId of suiteIds) {
    const id: number = suiteId;
    it(`that the SDK wrote with suite ${id.toString(16)} is opened, whatever its frames`, async () => {
      const texts = fc.tuple(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(1, 16, 100, 4096));
      await fc.assert(
        fc.asyncProperty(texts, async ([plaintext, frameLength]) => {
          assert.deepEqual(open(await writtenBySdk(suiteId, plaintext, frameLength), keyLengthOf(id)), plaintext);
        }),
        { numRuns: 12 },
      );
    });

    it(`that the SDK wrote with suite ${id.toString(16)} is refused when a byte of it was changed or it is cut off`, async () => {
      const message = await writtenBySdk(suiteId, new Uint8Array(40).fill(1), 16);
      const header = readEncryptionSdkHeader(message)!;
      const refuse = (changed: Uint8Array) => {
        assert.throws(() => openMessage(messageCrypto, changed, header, dataKeyOf(keyLengthOf(id))), { code: 'INVALID_CIPHERTEXT' });
      };
      fc.assert(
        fc.property(fc.nat({ max: message.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, bits) => {
          const changed = Uint8Array.from(message);
          changed[at]! ^= bits;
          refuse(changed);
          refuse(message.subarray(0, at));
        }),
        { numRuns: 60 },
      );
      refuse(Uint8Array.from([...message, 0]));
    });
  }

  it('that is written here is opened by the SDK under its strictest policy, and here', async () => {
    const { decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
    const lengths = fc.oneof(fc.nat({ max: 20_000 }), fc.constantFrom(0, 1, 4095, 4096, 4097, 8192));
    const contexts = fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((name) => !name.startsWith('aws-crypto-')), fc.string({ unit: 'grapheme', maxLength: 20 }), { maxKeys: 4 });
    await fc.assert(
      fc.asyncProperty(lengths, contexts, async (length, context) => {
        const plaintext = Uint8Array.from({ length }, (_, index) => index % 251);
        const message = seal(plaintext, context);
        assert.deepEqual(open(message), plaintext);
        const opened = await decrypt(new KnownKeyring(), Buffer.from(message));
        assert.deepEqual(new Uint8Array(opened.plaintext), plaintext);
        assert.deepEqual({ ...opened.messageHeader.encryptionContext }, { ...context });
      }),
      { numRuns: 40 },
    );
  });

  it('is not opened with another data key', () => {
    const message = seal(Uint8Array.of(1, 2, 3), {});
    const header = readEncryptionSdkHeader(message)!;
    assert.throws(() => openMessage(messageCrypto, message, header, new Uint8Array(32)), { code: 'INVALID_CIPHERTEXT', message: /committed/ });
    assert.throws(() => openMessage(messageCrypto, message, header, new Uint8Array(16)), { code: 'INVALID_CIPHERTEXT', message: /16 bytes/ });
  });

  it('takes no context with names of the SDK, and none that is too long for it', () => {
    assert.throws(() => { requireMessageContext({ 'aws-crypto-public-key': 'x' }); }, { code: 'INVALID_REQUEST', message: /aws-crypto-public-key/ });
    assert.throws(() => { requireMessageContext({ a: 'x'.repeat(70_000) }); }, { code: 'INVALID_REQUEST' });
    assert.throws(() => seal(Uint8Array.of(1), { a: 'x'.repeat(40_000), b: 'x'.repeat(40_000) }), { code: 'INVALID_REQUEST' });
    assert.deepEqual(contextOfCaller({ 'aws-crypto-public-key': 'x', app: 'orders' }), { app: 'orders' });
  });
});
