import { randomBytes } from 'node:crypto';
import type { GenerateDataKeyRequest, GenerateDataKeyWithoutPlaintextRequest, GenerateRandomRequest } from '@aws-sdk/client-kms';
import { sealMessage } from '../crypto/symmetricCiphertext.ts';
import { KmsException } from '../kmsException.ts';
import type { Call } from '../pipeline/call.ts';
import { freeOperation, keyOperation, type Validated } from '../pipeline/operation.ts';
import type { KeyRecord } from '../store/keyRecord.ts';
import { checkDataKeySource, currentMessageKey, endDryRun } from '../pipeline/keyUse.ts';
import { disclosureFor } from '../pipeline/recipient.ts';

const lengths = { AES_128: 16, AES_256: 32 } as const;

interface DataKey {
  readonly plaintext: Buffer;
  readonly wire: Readonly<Record<string, unknown>>;
}

/** A new data key under `key`: its bytes, and the members of the answer without them. */
function generate(call: Call, input: GenerateDataKeyWithoutPlaintextRequest, key: KeyRecord): DataKey {
  if ((input.KeySpec === undefined) === (input.NumberOfBytes === undefined)) {
    throw new KmsException('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  checkDataKeySource(key);
  endDryRun(input);
  const plaintext = randomBytes(input.NumberOfBytes ?? lengths[input.KeySpec ?? 'AES_256']);
  const ciphertext = sealMessage(currentMessageKey(call, key), plaintext, input.EncryptionContext ?? {}, 'dataKey');
  return { plaintext, wire: { CiphertextBlob: ciphertext, KeyId: key.arn, KeyMaterialId: key.currentMaterialId } };
}

export const generateDataKey = keyOperation<Validated<GenerateDataKeyRequest>>({
  name: 'GenerateDataKey',
  aliases: true,
  usage: 'ENCRYPT_DECRYPT',
  run(call, input, key) {
    const disclose = disclosureFor(call, input);
    const { plaintext, wire } = generate(call, input, key);
    return { ...wire, ...disclose('Plaintext', plaintext) };
  },
});

export const generateDataKeyWithoutPlaintext = keyOperation<Validated<GenerateDataKeyWithoutPlaintextRequest>>({
  name: 'GenerateDataKeyWithoutPlaintext',
  aliases: true,
  usage: 'ENCRYPT_DECRYPT',
  run: (call, input, key) => generate(call, input, key).wire,
});

export const generateRandom = freeOperation<Validated<GenerateRandomRequest>>({
  name: 'GenerateRandom',
  run(call, input) {
    if (input.NumberOfBytes === undefined) throw new KmsException('ValidationException', 'NumberOfBytes is required.');
    if (input.CustomKeyStoreId !== undefined) {
      throw new KmsException('UnsupportedOperationException', 'Custom key stores are not supported by this emulator yet.');
    }
    return disclosureFor(call, input)('Plaintext', randomBytes(input.NumberOfBytes));
  },
});
