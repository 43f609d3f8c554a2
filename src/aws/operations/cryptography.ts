import {
  DecapsulateCommand,
  DecryptCommand,
  DeriveSharedSecretCommand,
  EncapsulateCommand,
  EncryptCommand,
  type EncryptionAlgorithmSpec,
  GenerateMacCommand,
  KMSInvalidMacException,
  KMSInvalidSignatureException,
  type MacAlgorithmSpec,
  ReEncryptCommand,
  SignCommand,
  type SigningAlgorithmSpec,
  VerifyCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import type { CiphertextSource, Cryptography, MessageToSign } from '../../core/kms/service/cryptography.ts';
import type { KeyReference } from '../../core/kms/service/keyReference.ts';
import type { KmsCaller } from '../kmsCaller.ts';
import { dataKeys } from './dataKeys.ts';
import { contextOf, noBytes } from './members.ts';

/** The cryptographic operations, over the SDK. */
export function cryptography(caller: KmsCaller): Cryptography {
  return { ...encryption(caller), ...dataKeys(caller), ...signing(caller), ...macs(caller), ...secrets(caller) };
}

type Encryption = Pick<Cryptography, 'encrypt' | 'decrypt' | 'decryptWith' | 'reEncrypt'>;

function encryption(caller: KmsCaller): Encryption {
  const decryptWith = (region: string, source: CiphertextSource, signal: AbortSignal) =>
    caller.call('Decrypt', region, signal, async (kms, options) => {
      const command = new DecryptCommand({
        CiphertextBlob: source.ciphertext,
        EncryptionContext: contextOf(source.encryptionContext),
        KeyId: source.keyId,
        EncryptionAlgorithm: source.encryptionAlgorithm as EncryptionAlgorithmSpec | undefined,
      });
      const { KeyId, Plaintext } = await kms.send(command, options);
      return { keyArn: KeyId ?? '', plaintext: Plaintext ?? noBytes };
    });
  return {
    decryptWith,
    decrypt: (region, ciphertext, encryptionContext, signal) => decryptWith(region, { ciphertext, encryptionContext }, signal),
    encrypt: (key, plaintext, context, signal, encryptionAlgorithm) =>
      caller.call('Encrypt', key.region, signal, async (kms, options) => {
        const command = new EncryptCommand({
          KeyId: key.keyId,
          Plaintext: plaintext,
          EncryptionContext: contextOf(context),
          EncryptionAlgorithm: encryptionAlgorithm as EncryptionAlgorithmSpec | undefined,
        });
        const { KeyId, CiphertextBlob } = await kms.send(command, options);
        return { keyArn: KeyId ?? '', ciphertext: CiphertextBlob ?? noBytes };
      }),
    reEncrypt: (key, source, context, signal) =>
      caller.call('ReEncrypt', key.region, signal, async (kms, options) => {
        const command = new ReEncryptCommand({
          CiphertextBlob: source.ciphertext,
          SourceEncryptionContext: contextOf(source.encryptionContext),
          SourceKeyId: source.keyId,
          SourceEncryptionAlgorithm: source.encryptionAlgorithm as EncryptionAlgorithmSpec | undefined,
          DestinationKeyId: key.keyId,
          DestinationEncryptionContext: contextOf(context),
        });
        const { KeyId, CiphertextBlob } = await kms.send(command, options);
        return { keyArn: KeyId ?? '', ciphertext: CiphertextBlob ?? noBytes };
      }),
  };
}

function signatureMembers(key: KeyReference, { message, messageType, signingAlgorithm }: MessageToSign) {
  return { KeyId: key.keyId, Message: message, MessageType: messageType, SigningAlgorithm: signingAlgorithm as SigningAlgorithmSpec };
}

function signing(caller: KmsCaller): Pick<Cryptography, 'sign' | 'verify'> {
  return {
    sign: (key, message, signal) =>
      caller.call('Sign', key.region, signal, async (kms, options) => {
        const { Signature } = await kms.send(new SignCommand(signatureMembers(key, message)), options);
        return Signature ?? noBytes;
      }),
    verify: (key, message, signature, signal) =>
      caller.call('Verify', key.region, signal, async (kms, options) => {
        try {
          const command = new VerifyCommand({ ...signatureMembers(key, message), Signature: signature });
          return (await kms.send(command, options)).SignatureValid ?? false;
        } catch (error) {
          if (error instanceof KMSInvalidSignatureException) return false;
          throw error;
        }
      }),
  };
}

function macs(caller: KmsCaller): Pick<Cryptography, 'generateMac' | 'verifyMac'> {
  const members = (key: KeyReference, message: Uint8Array, algorithm: string) => ({
    KeyId: key.keyId,
    Message: message,
    MacAlgorithm: algorithm as MacAlgorithmSpec,
  });
  return {
    generateMac: (key, message, algorithm, signal) =>
      caller.call('GenerateMac', key.region, signal, async (kms, options) => {
        const { Mac } = await kms.send(new GenerateMacCommand(members(key, message, algorithm)), options);
        return Mac ?? noBytes;
      }),
    verifyMac: (key, message, algorithm, mac, signal) =>
      caller.call('VerifyMac', key.region, signal, async (kms, options) => {
        try {
          const command = new VerifyMacCommand({ ...members(key, message, algorithm), Mac: mac });
          return (await kms.send(command, options)).MacValid ?? false;
        } catch (error) {
          if (error instanceof KMSInvalidMacException) return false;
          throw error;
        }
      }),
  };
}

function secrets(caller: KmsCaller): Pick<Cryptography, 'deriveSharedSecret' | 'encapsulate' | 'decapsulate'> {
  const algorithm = { EncapsulationAlgorithm: 'ML_KEM' } as const;
  return {
    deriveSharedSecret: (key, publicKey, signal) =>
      caller.call('DeriveSharedSecret', key.region, signal, async (kms, options) => {
        const command = new DeriveSharedSecretCommand({ KeyId: key.keyId, KeyAgreementAlgorithm: 'ECDH', PublicKey: publicKey });
        return (await kms.send(command, options)).SharedSecret ?? noBytes;
      }),
    encapsulate: (key, signal) =>
      caller.call('Encapsulate', key.region, signal, async (kms, options) => {
        const answer = await kms.send(new EncapsulateCommand({ KeyId: key.keyId, ...algorithm }), options);
        return { sharedSecret: answer.SharedSecret ?? noBytes, ciphertext: answer.SharedSecretCiphertextBlob ?? noBytes };
      }),
    decapsulate: (key, ciphertext, signal) =>
      caller.call('Decapsulate', key.region, signal, async (kms, options) => {
        const command = new DecapsulateCommand({ KeyId: key.keyId, SharedSecretCiphertextBlob: ciphertext, ...algorithm });
        return (await kms.send(command, options)).SharedSecret ?? noBytes;
      }),
  };
}
