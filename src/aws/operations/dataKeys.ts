import {
  GenerateDataKeyCommand,
  GenerateDataKeyPairCommand,
  GenerateDataKeyPairWithoutPlaintextCommand,
  GenerateDataKeyWithoutPlaintextCommand,
} from '@aws-sdk/client-kms';
import type { Cryptography } from '../../core/kms/service/cryptography.ts';
import type { KmsCaller } from '../kmsCaller.ts';
import { contextOf, noBytes } from './members.ts';

/** Data keys and data key pairs, over the SDK. */
export function dataKeys(caller: KmsCaller): Pick<Cryptography, 'generateDataKey' | 'generateDataKeyWithoutPlaintext' | 'generateDataKeyPair'> {
  return {
    generateDataKey: (key, keySpec, context, signal) =>
      caller.call('GenerateDataKey', key.region, signal, async (kms, options) => {
        const command = new GenerateDataKeyCommand({ KeyId: key.keyId, KeySpec: keySpec, EncryptionContext: contextOf(context) });
        const { KeyId, CiphertextBlob, Plaintext } = await kms.send(command, options);
        return { keyArn: KeyId ?? '', ciphertext: CiphertextBlob ?? noBytes, plaintext: Plaintext ?? noBytes };
      }),
    generateDataKeyWithoutPlaintext: (key, keySpec, context, signal) =>
      caller.call('GenerateDataKeyWithoutPlaintext', key.region, signal, async (kms, options) => {
        const command = new GenerateDataKeyWithoutPlaintextCommand({ KeyId: key.keyId, KeySpec: keySpec, EncryptionContext: contextOf(context) });
        const { KeyId, CiphertextBlob } = await kms.send(command, options);
        return { keyArn: KeyId ?? '', ciphertext: CiphertextBlob ?? noBytes };
      }),
    generateDataKeyPair: (key, keyPairSpec, withPlaintext, context, signal) => {
      const operation = withPlaintext ? 'GenerateDataKeyPair' : 'GenerateDataKeyPairWithoutPlaintext';
      return caller.call(operation, key.region, signal, async (kms, options) => {
        const input = { KeyId: key.keyId, KeyPairSpec: keyPairSpec, EncryptionContext: contextOf(context) };
        const answer = withPlaintext
          ? await kms.send(new GenerateDataKeyPairCommand(input), options)
          : { ...(await kms.send(new GenerateDataKeyPairWithoutPlaintextCommand(input), options)), PrivateKeyPlaintext: undefined };
        return { publicKey: answer.PublicKey ?? noBytes, privateKey: answer.PrivateKeyPlaintext, privateKeyCiphertext: answer.PrivateKeyCiphertextBlob ?? noBytes };
      });
    },
  };
}
