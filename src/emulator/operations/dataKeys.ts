import { randomBytes } from 'node:crypto';
import type { GenerateDataKeyRequest, GenerateDataKeyWithoutPlaintextRequest, GenerateRandomRequest } from '@aws-sdk/client-kms';
import { KmsException } from '../kmsException.ts';
import type { Call } from '../pipeline/call.ts';
import { freeOperation, keyOperation, type Validated } from '../pipeline/operation.ts';
import type { KeyRecord } from '../store/keyRecord.ts';
import { checkDataKeySource, endDryRun } from '../pipeline/keyUse.ts';
import { disclosureFor } from '../pipeline/recipient.ts';
import { sealUnder } from '../pipeline/symmetricUse.ts';
import { checkRandomSource } from './keyStores/randomSource.ts';

const lengths = { AES_128: 16, AES_256: 32 } as const;

interface DataKey {
  readonly plaintext: Buffer;
  readonly wire: Readonly<Record<string, unknown>>;
}

/** A new data key under `key`: its bytes, and the members of the answer without them. */
async function generate(call: Call, input: GenerateDataKeyWithoutPlaintextRequest, key: KeyRecord): Promise<DataKey> {
  if ((input.KeySpec === undefined) === (input.NumberOfBytes === undefined)) {
    throw new KmsException('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  checkDataKeySource(key);
  endDryRun(input);
  const plaintext = randomBytes(input.NumberOfBytes ?? lengths[input.KeySpec ?? 'AES_256']);
  const ciphertext = await sealUnder(call, key, plaintext, input.EncryptionContext ?? {}, 'dataKey');
  return { plaintext, wire: { CiphertextBlob: ciphertext, KeyId: key.arn, KeyMaterialId: key.currentMaterialId } };
}

export const generateDataKey = keyOperation<Validated<GenerateDataKeyRequest>>({
  name: 'GenerateDataKey',
  aliases: true,
  usage: 'ENCRYPT_DECRYPT',
  async run(call, input, key) {
    const disclose = disclosureFor(call, input);
    const { plaintext, wire } = await generate(call, input, key);
    return { ...wire, ...disclose('Plaintext', plaintext) };
  },
});

export const generateDataKeyWithoutPlaintext = keyOperation<Validated<GenerateDataKeyWithoutPlaintextRequest>>({
  name: 'GenerateDataKeyWithoutPlaintext',
  aliases: true,
  usage: 'ENCRYPT_DECRYPT',
  run: async (call, input, key) => (await generate(call, input, key)).wire,
});

export const generateRandom = freeOperation<Validated<GenerateRandomRequest>>({
  name: 'GenerateRandom',
  run(call, input) {
    if (input.NumberOfBytes === undefined) throw new KmsException('ValidationException', 'NumberOfBytes is required.');
    if (input.CustomKeyStoreId !== undefined) checkRandomSource(call, input.CustomKeyStoreId);
    return disclosureFor(call, input)('Plaintext', randomBytes(input.NumberOfBytes));
  },
});
