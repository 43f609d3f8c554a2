import type { GenerateDataKeyPairRequest, GenerateDataKeyPairWithoutPlaintextRequest } from '@aws-sdk/client-kms';
import { generateDataKeyPair as newKeyPair } from '../../crypto/dataKeyPair.ts';
import { sealMessage } from '../../crypto/symmetricCiphertext.ts';
import { KmsException } from '../../kmsException.ts';
import type { Call } from '../../pipeline/call.ts';
import { checkDataKeySource, currentMessageKey, endDryRun } from '../../pipeline/keyUse.ts';
import { keyOperation, type Validated } from '../../pipeline/operation.ts';
import { disclosureFor } from '../../pipeline/recipient.ts';
import { isChinaRegion } from '../../../core/kms/arn.ts';
import type { KeyRecord } from '../../store/keyRecord.ts';

type PairInput = Validated<GenerateDataKeyPairWithoutPlaintextRequest, 'KeyPairSpec'>;

interface NewPair {
  readonly privateKey: Buffer;
  readonly wire: Readonly<Record<string, unknown>>;
}

/** A new key pair under `key`: its private key, and the members of the answer without it. */
async function generate(call: Call, input: PairInput, key: KeyRecord): Promise<NewPair> {
  const { KeyPairSpec: spec } = input;
  checkDataKeySource(key);
  if (key.storeId !== undefined) {
    throw new KmsException('UnsupportedOperationException', `${key.arn} origin is ${key.origin} which is not valid for this operation.`);
  }
  if (spec === 'SM2' && !isChinaRegion(call.region)) {
    throw new KmsException('UnsupportedOperationException', `KeyPairSpec ${spec} is not supported in this Region`);
  }
  endDryRun(input);
  const { privateKey, publicKey } = await newKeyPair(spec);
  const ciphertext = sealMessage(currentMessageKey(call, key), privateKey, input.EncryptionContext ?? {}, 'dataKey');
  return {
    privateKey,
    wire: { PrivateKeyCiphertextBlob: ciphertext, PublicKey: publicKey, KeyId: key.arn, KeyPairSpec: spec, KeyMaterialId: key.currentMaterialId },
  };
}

export const generateDataKeyPair = keyOperation<Validated<GenerateDataKeyPairRequest, 'KeyPairSpec'>>({
  name: 'GenerateDataKeyPair',
  aliases: true,
  usage: 'ENCRYPT_DECRYPT',
  async run(call, input, key) {
    const disclose = disclosureFor(call, input);
    const { privateKey, wire } = await generate(call, input, key);
    return { ...wire, ...disclose('PrivateKeyPlaintext', privateKey) };
  },
});

export const generateDataKeyPairWithoutPlaintext = keyOperation<PairInput>({
  name: 'GenerateDataKeyPairWithoutPlaintext',
  aliases: true,
  usage: 'ENCRYPT_DECRYPT',
  run: async (call, input, key) => (await generate(call, input, key)).wire,
});
