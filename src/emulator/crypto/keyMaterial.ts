import { createHmac, createPrivateKey, createPublicKey, createSecretKey, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { type KeySpecName, keySpecs, type NamedCurve } from '../../core/kms/keySpecs.ts';
import { generateScalar, publicKeyOf } from './ecdsa.ts';

/** Key material ready for use. */
export type LoadedMaterial =
  | { readonly kind: 'secret'; readonly key: KeyObject }
  | { readonly kind: 'rsa'; readonly key: KeyObject }
  | { readonly kind: 'ecc'; readonly curve: NamedCurve; readonly scalar: Uint8Array };

const makeKeyPair = promisify(generateKeyPair);

/**
 * New material of a spec as it is stored: raw bytes for symmetric and HMAC keys, PKCS #8 DER for RSA, the private
 * scalar for elliptic curves.
 */
export async function generateMaterial(spec: KeySpecName): Promise<Uint8Array> {
  const { kind, size = 0, curve } = keySpecs[spec];
  if (kind === 'rsa') {
    const { privateKey } = await makeKeyPair('rsa', { modulusLength: size });
    return privateKey.export({ type: 'pkcs8', format: 'der' });
  }
  return curve ? generateScalar(curve) : randomBytes(size);
}

export function loadMaterial(spec: KeySpecName, stored: Buffer): LoadedMaterial {
  const { kind, curve } = keySpecs[spec];
  if (kind === 'rsa') return { kind, key: createPrivateKey({ key: stored, format: 'der', type: 'pkcs8' }) };
  return curve ? { kind: 'ecc', curve, scalar: stored } : { kind: 'secret', key: createSecretKey(stored) };
}

/** DER SubjectPublicKeyInfo, or undefined for material that is secret as a whole. */
export function publicKeyOfMaterial(material: LoadedMaterial): Uint8Array | undefined {
  if (material.kind === 'ecc') return publicKeyOf(material.curve, material.scalar);
  if (material.kind === 'secret') return undefined;
  return createPublicKey(material.key).export({ type: 'spki', format: 'der' });
}

/** The id of key material: 64 hexadecimal digits that depend on the key id and the material, and reveal neither. */
export function materialIdOf(keyId: string, stored: Uint8Array): string {
  return createHmac('sha256', stored).update('key material id').update(keyId).digest('hex');
}
