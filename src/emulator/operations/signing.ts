import { hash } from 'node:crypto';
import type { GetPublicKeyRequest, SignRequest, VerifyRequest } from '@aws-sdk/client-kms';
import type { SigningHash } from '../../core/kms/keySpecs.ts';
import { signDigest, verifyDigest } from '../crypto/ecdsa.ts';
import { publicKeyOfMaterial } from '../crypto/keyMaterial.ts';
import { signRsa, type SignaturePadding, verifyRsa } from '../crypto/rsa.ts';
import { KmsException } from '../kmsException.ts';
import { keyOperation, type Validated } from '../pipeline/operation.ts';
import type { KeyRecord } from '../store/keyRecord.ts';
import { algorithmMember } from './describeKey.ts';
import { checkAlgorithm, currentMaterial, endDryRun } from '../pipeline/keyUse.ts';

/** How an algorithm's name is to be done. `padding` is of RSA alone. */
interface SigningRow {
  readonly hash: SigningHash;
  readonly padding: SignaturePadding;
}

const rows: Readonly<Record<string, SigningRow>> = {
  RSASSA_PSS_SHA_256: { hash: 'sha256', padding: 'pss' },
  RSASSA_PSS_SHA_384: { hash: 'sha384', padding: 'pss' },
  RSASSA_PSS_SHA_512: { hash: 'sha512', padding: 'pss' },
  RSASSA_PKCS1_V1_5_SHA_256: { hash: 'sha256', padding: 'pkcs1' },
  RSASSA_PKCS1_V1_5_SHA_384: { hash: 'sha384', padding: 'pkcs1' },
  RSASSA_PKCS1_V1_5_SHA_512: { hash: 'sha512', padding: 'pkcs1' },
  ECDSA_SHA_256: { hash: 'sha256', padding: 'pkcs1' },
  ECDSA_SHA_384: { hash: 'sha384', padding: 'pkcs1' },
  ECDSA_SHA_512: { hash: 'sha512', padding: 'pkcs1' },
};

const digestLengths: Readonly<Record<SigningHash, number>> = { sha256: 32, sha384: 48, sha512: 64 };

type MessageInput = Validated<Pick<SignRequest, 'Message' | 'MessageType' | 'SigningAlgorithm' | 'DryRun'>, 'Message' | 'SigningAlgorithm'>;

function rowOf(key: KeyRecord, algorithm: string): SigningRow {
  checkAlgorithm(key, algorithm);
  const row = rows[algorithm];
  if (!row) throw new KmsException('UnsupportedOperationException', `Algorithm ${algorithm} is not supported by this emulator.`);
  return row;
}

/** The digest to sign: of the message, or the message itself when it is a digest already. */
function digestOf(input: MessageInput, key: KeyRecord, row: SigningRow): Uint8Array {
  const { Message: message, MessageType: type = 'RAW', SigningAlgorithm: algorithm } = input;
  if (type === 'RAW') return hash(row.hash, message, 'buffer');
  if (type === 'EXTERNAL_MU') {
    throw new KmsException('ValidationException', `Message type EXTERNAL_MU is incompatible with key spec ${key.spec}.`);
  }
  if (message.length !== digestLengths[row.hash]) {
    throw new KmsException('ValidationException', `Digest is invalid length for algorithm ${algorithm}.`);
  }
  return message;
}

export const sign = keyOperation<MessageInput>({
  name: 'Sign',
  aliases: true,
  usage: 'SIGN_VERIFY',
  run(call, input, key) {
    const row = rowOf(key, input.SigningAlgorithm);
    const digest = digestOf(input, key, row);
    endDryRun(input);
    const material = currentMaterial(call, key);
    const signature =
      material.kind === 'ecc'
        ? signDigest(material.curve, material.scalar, digest)
        : signRsa(material.key, row.padding, row.hash, digest);
    return { KeyId: key.arn, Signature: signature, SigningAlgorithm: input.SigningAlgorithm };
  },
});

export const verify = keyOperation<MessageInput & Validated<Pick<VerifyRequest, 'Signature'>, 'Signature'>>({
  name: 'Verify',
  aliases: true,
  usage: 'SIGN_VERIFY',
  run(call, input, key) {
    const row = rowOf(key, input.SigningAlgorithm);
    const digest = digestOf(input, key, row);
    endDryRun(input);
    const material = currentMaterial(call, key);
    const valid =
      material.kind === 'ecc'
        ? verifyDigest(material.curve, material.scalar, digest, input.Signature)
        : verifyRsa(material.key, row.padding, row.hash, digest, input.Signature);
    if (!valid) throw new KmsException('KMSInvalidSignatureException');
    return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm: input.SigningAlgorithm };
  },
});

export const getPublicKey = keyOperation<Validated<GetPublicKeyRequest>>({
  name: 'GetPublicKey',
  aliases: true,
  run(call, _input, key) {
    const publicKey = publicKeyOfMaterial(currentMaterial(call, key));
    if (!publicKey) throw new KmsException('UnsupportedOperationException');
    const { arn, spec, usage } = key;
    return { KeyId: arn, PublicKey: publicKey, CustomerMasterKeySpec: spec, KeySpec: spec, KeyUsage: usage, ...algorithmMember(key) };
  },
});
