import {
  type AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  EncryptedDataKey,
  KeyringNode,
  KeyringTraceFlag,
  type NodeDecryptionMaterial,
  type NodeEncryptionMaterial,
} from '@aws-crypto/client-node';
import { sampleCiphertext } from '../sampleCiphertext.ts';

export const keyArns = [
  'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  'arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab',
];

/** Wraps the data key in bytes of the structure of a KMS ciphertext, so that the SDK writes real messages without KMS. */
class SampleKeyring extends KeyringNode {
  async _onEncrypt(material: NodeEncryptionMaterial): Promise<NodeEncryptionMaterial> {
    const trace = { keyNamespace: 'aws-kms', keyName: 'sample', flags: KeyringTraceFlag.WRAPPING_KEY_GENERATED_DATA_KEY };
    material.setUnencryptedDataKey(new Uint8Array(material.suite.keyLengthBytes).fill(7), trace);
    for (const providerInfo of keyArns) {
      const key = new EncryptedDataKey({ providerId: 'aws-kms', providerInfo, encryptedDataKey: sampleCiphertext(2, 32) });
      material.addEncryptedDataKey(key, KeyringTraceFlag.WRAPPING_KEY_ENCRYPTED_DATA_KEY);
    }
    return Promise.resolve(material);
  }

  async _onDecrypt(material: NodeDecryptionMaterial): Promise<NodeDecryptionMaterial> {
    return Promise.resolve(material);
  }
}

/** A message as the AWS Encryption SDK writes it. */
export async function sampleMessage(suiteId: AlgorithmSuiteIdentifier, context: Record<string, string>, frameLength = 4096): Promise<Uint8Array> {
  const id: number = suiteId;
  const policy = id >= 0x0400 ? CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT : CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT;
  const { result } = await buildClient(policy).encrypt(new SampleKeyring(), 'plaintext', { suiteId, encryptionContext: context, frameLength });
  return result;
}
