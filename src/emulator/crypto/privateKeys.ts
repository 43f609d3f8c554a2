import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { type KeySpecName, keySpecs } from '../../core/kms/keySpecs.ts';
import { ecPoint, isScalar } from './asymmetric/ecKey.ts';
import { isSm2Scalar } from './asymmetric/sm2.ts';
import type { KeyAlgorithm } from './encoding/keyAlgorithms.ts';
import { type PrivateKeyParts, readPrivateKey, readSec1Key, writePrivateKey } from './encoding/privateKeyInfo.ts';
import { readPublicKey } from './encoding/publicKeyInfo.ts';
import { loadMaterial, materialLength, publicKeyOfMaterial } from './keyMaterial.ts';

/** How a spec's private keys are called in an AlgorithmIdentifier; undefined for RSA and for secrets. */
function algorithmOf(spec: KeySpecName): KeyAlgorithm | undefined {
  const { kind, curve, mlDsa, mlKem } = keySpecs[spec];
  return curve ?? mlDsa ?? mlKem ?? (kind === 'edwards' ? 'Ed25519' : kind === 'sm2' ? 'SM2' : undefined);
}

const number = (text: string | undefined): bigint => BigInt(`0x0${Buffer.from(text ?? '', 'base64url').toString('hex')}`);

/** Whether the numbers of an RSA private key belong together (RFC 8017, section 3.2). */
function isConsistent(jwk: JsonWebKey): boolean {
  const [n, e, d, p, q] = [jwk.n, jwk.e, jwk.d, jwk.p, jwk.q].map(number);
  if (n === undefined || e === undefined || d === undefined || p === undefined || q === undefined) return false;
  if (p < 2n || q < 2n || p * q !== n) return false;
  const [atP, atQ, inverse] = [number(jwk.dp), number(jwk.dq), number(jwk.qi)];
  const product = e * d;
  return (
    product % (p - 1n) === 1n && product % (q - 1n) === 1n && atP === d % (p - 1n) && atQ === d % (q - 1n) && (inverse * q) % p === 1n
  );
}

function rsaMaterial(key: KeyObject, size: number | undefined): Buffer | undefined {
  if (key.asymmetricKeyType !== 'rsa' || key.asymmetricKeyDetails?.modulusLength !== size) return undefined;
  return isConsistent(key.export({ format: 'jwk' })) ? key.export({ type: 'pkcs8', format: 'der' }) : undefined;
}

function readRsa(encoded: Buffer, type: 'pkcs8' | 'pkcs1', size: number | undefined): Buffer | undefined {
  try {
    return rsaMaterial(createPrivateKey({ key: encoded, format: 'der', type }), size);
  } catch {
    // The runtime names what is wrong with a key in words of its own.
    return undefined;
  }
}

/** Whether bytes are stored material of a spec that is no RSA one: their length, and for curves their range. */
export function isMaterial(spec: KeySpecName, bytes: Uint8Array): boolean {
  const { kind, curve } = keySpecs[spec];
  if (curve) return isScalar(curve, bytes);
  return kind === 'sm2' ? isSm2Scalar(bytes) : kind !== 'rsa' && bytes.length === materialLength(spec);
}

function publicKeyForm(spec: KeySpecName, algorithm: KeyAlgorithm, stored: Buffer): Buffer | undefined {
  const material = loadMaterial(spec, stored);
  if (material.kind === 'ecc') return Buffer.from(ecPoint(material.key));
  const encoded = publicKeyOfMaterial(material);
  return encoded && readPublicKey(algorithm, encoded);
}

function materialOf(spec: KeySpecName, algorithm: KeyAlgorithm, parts: PrivateKeyParts | undefined): Buffer | undefined {
  if (!parts || !isMaterial(spec, parts.secret)) return undefined;
  const { secret, publicKey } = parts;
  return publicKey === undefined || publicKeyForm(spec, algorithm, secret)?.equals(publicKey) === true ? secret : undefined;
}

/**
 * Stored material out of a private key in PKCS #8 DER, or undefined when that is not one of exactly this spec: of its
 * curve or size, with numbers that are in range and belong together, and with its own public key if it carries one.
 */
export function materialFromPkcs8(spec: KeySpecName, encoded: Buffer): Buffer | undefined {
  const algorithm = algorithmOf(spec);
  if (algorithm) return materialOf(spec, algorithm, readPrivateKey(algorithm, encoded));
  return keySpecs[spec].kind === 'rsa' ? readRsa(encoded, 'pkcs8', keySpecs[spec].size) : undefined;
}

/** The same out of the older forms: RSAPrivateKey (RFC 8017) and ECPrivateKey (RFC 5915), in DER. */
export function materialFromOldForm(spec: KeySpecName, encoded: Buffer): Buffer | undefined {
  const algorithm = algorithmOf(spec);
  if (algorithm) return materialOf(spec, algorithm, readSec1Key(algorithm, encoded));
  return keySpecs[spec].kind === 'rsa' ? readRsa(encoded, 'pkcs1', keySpecs[spec].size) : undefined;
}

/** PKCS #8 DER of stored material of an asymmetric spec. */
export function pkcs8OfMaterial(spec: KeySpecName, stored: Buffer): Buffer {
  const algorithm = algorithmOf(spec);
  return algorithm ? writePrivateKey(algorithm, stored, publicKeyForm(spec, algorithm, stored)) : stored;
}
