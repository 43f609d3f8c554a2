import { hash } from 'node:crypto';
import type { SigningHash } from '../../core/kms/keySpecs.ts';
import { signDigest, signMessage, verifyDigest, verifyMessage } from './asymmetric/ecdsa.ts';
import { signEd25519, signEd25519ph, verifyEd25519, verifyEd25519ph } from './asymmetric/ed25519.ts';
import { mlDsaRepresentativeLength } from './asymmetric/mlDsa.ts';
import { signRsa, type SignaturePadding, verifyRsa } from './asymmetric/rsa.ts';
import { signSm2, sm2Digest, sm3Length, verifySm2 } from './asymmetric/sm2.ts';
import type { LoadedMaterial } from './keyMaterial.ts';

/** What a message is, in the words of the member MessageType. */
export type MessageType = 'RAW' | 'DIGEST' | 'EXTERNAL_MU';

/** How a signing algorithm is to be done (https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html). */
export interface SigningAlgorithm {
  /** Whether it signs a whole message. */
  readonly raw: boolean;
  /** The bytes of the other types of message that it signs. */
  readonly lengths: Readonly<Partial<Record<Exclude<MessageType, 'RAW'>, number>>>;
  /** The hash of RSA and ECDSA; the others have their own. */
  readonly hash: SigningHash;
  /** The padding of RSA. */
  readonly padding: SignaturePadding;
}

const digestLengths: Readonly<Record<SigningHash, number>> = { sha256: 32, sha384: 48, sha512: 64 };

const hashed = (algorithm: SigningHash, padding: SignaturePadding = 'pkcs1'): SigningAlgorithm => ({
  raw: true,
  lengths: { DIGEST: digestLengths[algorithm] },
  hash: algorithm,
  padding,
});

const own = (raw: boolean, lengths: SigningAlgorithm['lengths']): SigningAlgorithm => ({ raw, lengths, hash: 'sha512', padding: 'pkcs1' });

const rows: Readonly<Record<string, SigningAlgorithm>> = {
  RSASSA_PSS_SHA_256: hashed('sha256', 'pss'),
  RSASSA_PSS_SHA_384: hashed('sha384', 'pss'),
  RSASSA_PSS_SHA_512: hashed('sha512', 'pss'),
  RSASSA_PKCS1_V1_5_SHA_256: hashed('sha256'),
  RSASSA_PKCS1_V1_5_SHA_384: hashed('sha384'),
  RSASSA_PKCS1_V1_5_SHA_512: hashed('sha512'),
  ECDSA_SHA_256: hashed('sha256'),
  ECDSA_SHA_384: hashed('sha384'),
  ECDSA_SHA_512: hashed('sha512'),
  SM2DSA: own(true, { DIGEST: sm3Length }),
  ML_DSA_SHAKE_256: own(true, { EXTERNAL_MU: mlDsaRepresentativeLength }),
  ED25519_SHA_512: own(true, {}),
  ED25519_PH_SHA_512: own(false, { DIGEST: 64 }),
};

/** The algorithm of that name, or undefined when there is none. */
export function signingAlgorithm(name: string): SigningAlgorithm | undefined {
  return Object.hasOwn(rows, name) ? rows[name] : undefined;
}

/** A message of a type and length that the algorithm takes. */
export interface TypedMessage {
  readonly type: MessageType;
  readonly bytes: Uint8Array;
}

function digestOf(algorithm: SigningAlgorithm, { type, bytes }: TypedMessage): Uint8Array {
  return type === 'RAW' ? hash(algorithm.hash, bytes, 'buffer') : bytes;
}

/** Throws TypeError for material that signs nothing. The algorithm has to be one of the material's. */
export function signWith(material: LoadedMaterial, algorithm: SigningAlgorithm, message: TypedMessage): Uint8Array {
  const { type, bytes } = message;
  const whole = type === 'RAW';
  switch (material.kind) {
    case 'rsa':
      return signRsa(material.key, algorithm.padding, algorithm.hash, digestOf(algorithm, message));
    case 'ecc':
      return whole ? signMessage(material.key, algorithm.hash, bytes) : signDigest(material.key, bytes);
    case 'edwards':
      return whole ? signEd25519(material.key, bytes) : signEd25519ph(material.key, bytes);
    case 'ml-dsa':
      return whole ? material.key.sign(bytes) : material.key.signRepresentative(bytes);
    case 'sm2':
      return signSm2(material.key, whole ? sm2Digest(material.key, bytes) : bytes);
    case 'secret':
    case 'ml-kem':
      throw new TypeError('Material of this kind signs nothing.');
  }
}

/** Whether the signature is one of the message. Throws TypeError for material that signs nothing. */
export function verifyWith(material: LoadedMaterial, algorithm: SigningAlgorithm, message: TypedMessage, signature: Uint8Array): boolean {
  const { type, bytes } = message;
  const whole = type === 'RAW';
  switch (material.kind) {
    case 'rsa':
      return verifyRsa(material.key, algorithm.padding, algorithm.hash, digestOf(algorithm, message), signature);
    case 'ecc':
      return whole ? verifyMessage(material.key, algorithm.hash, bytes, signature) : verifyDigest(material.key, bytes, signature);
    case 'edwards':
      return whole ? verifyEd25519(material.key, bytes, signature) : verifyEd25519ph(material.key, bytes, signature);
    case 'ml-dsa':
      return whole ? material.key.verify(bytes, signature) : material.key.verifyRepresentative(bytes, signature);
    case 'sm2':
      return verifySm2(material.key, whole ? sm2Digest(material.key, bytes) : bytes, signature);
    case 'secret':
    case 'ml-kem':
      throw new TypeError('Material of this kind signs nothing.');
  }
}
