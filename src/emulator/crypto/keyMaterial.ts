import { createHmac, createPrivateKey, createPublicKey, createSecretKey, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { type KeySpecName, keySpecs } from '../../core/kms/keySpecs.ts';
import { type EcKey, ecPublicKey, generateScalar, loadEcKey, scalarLength } from './asymmetric/ecKey.ts';
import { type Ed25519Key, ed25519PublicKey, ed25519SeedLength, loadEd25519 } from './asymmetric/ed25519.ts';
import { loadMlDsa, type MlDsaKey, mlDsaSeedLength } from './asymmetric/mlDsa.ts';
import { loadMlKem, type MlKemKey, mlKemSeedLength } from './asymmetric/mlKem.ts';
import { generateSm2Scalar, loadSm2, type Sm2Key, sm2PublicKey, sm2ScalarLength } from './asymmetric/sm2.ts';
import { nativeCrypto } from './capabilities.ts';

/** Key material ready for use. */
export type LoadedMaterial =
  | { readonly kind: 'secret'; readonly key: KeyObject }
  | { readonly kind: 'rsa'; readonly key: KeyObject }
  | { readonly kind: 'ecc'; readonly key: EcKey }
  | { readonly kind: 'edwards'; readonly key: Ed25519Key }
  | { readonly kind: 'ml-dsa'; readonly key: MlDsaKey }
  | { readonly kind: 'ml-kem'; readonly key: MlKemKey }
  | { readonly kind: 'sm2'; readonly key: Sm2Key };

const makeKeyPair = promisify(generateKeyPair);

/**
 * New material of a spec as it is stored: raw bytes for symmetric and HMAC keys, PKCS #8 DER for RSA, the private
 * scalar for elliptic curves and SM2, the seed for Ed25519, ML-DSA and ML-KEM. RSA keys are made off the main thread.
 */
export async function generateMaterial(spec: KeySpecName): Promise<Uint8Array> {
  const { kind, size = 0, curve } = keySpecs[spec];
  if (kind === 'rsa') {
    const { privateKey } = await makeKeyPair('rsa', { modulusLength: size });
    return privateKey.export({ type: 'pkcs8', format: 'der' });
  }
  if (curve) return generateScalar(curve);
  return kind === 'sm2' ? generateSm2Scalar() : randomBytes(materialLength(spec));
}

/** How many bytes stored material of a spec has; 0 for RSA, whose keys differ. */
export function materialLength(spec: KeySpecName): number {
  const { kind, size = 0, curve, mlDsa, mlKem } = keySpecs[spec];
  if (kind === 'rsa') return 0;
  if (curve) return scalarLength(curve);
  if (mlDsa) return mlDsaSeedLength;
  if (mlKem) return mlKemSeedLength;
  return kind === 'edwards' ? ed25519SeedLength : kind === 'sm2' ? sm2ScalarLength : size;
}

export function loadMaterial(spec: KeySpecName, stored: Buffer, native = nativeCrypto): LoadedMaterial {
  const { kind, curve, mlDsa, mlKem } = keySpecs[spec];
  if (kind === 'rsa') return { kind, key: createPrivateKey({ key: stored, format: 'der', type: 'pkcs8' }) };
  if (curve) return { kind: 'ecc', key: loadEcKey(curve, stored, native) };
  if (mlDsa) return { kind: 'ml-dsa', key: loadMlDsa(mlDsa, stored, native) };
  if (mlKem) return { kind: 'ml-kem', key: loadMlKem(mlKem, stored, native) };
  if (kind === 'edwards') return { kind, key: loadEd25519(stored) };
  return kind === 'sm2' ? { kind, key: loadSm2(stored) } : { kind: 'secret', key: createSecretKey(stored) };
}

/** DER SubjectPublicKeyInfo, or undefined for material that is secret as a whole. */
export function publicKeyOfMaterial(material: LoadedMaterial): Buffer | undefined {
  switch (material.kind) {
    case 'secret':
      return undefined;
    case 'rsa':
      return createPublicKey(material.key).export({ type: 'spki', format: 'der' });
    case 'ecc':
      return ecPublicKey(material.key);
    case 'edwards':
      return ed25519PublicKey(material.key);
    case 'ml-dsa':
    case 'ml-kem':
      return material.key.publicKey();
    case 'sm2':
      return sm2PublicKey(material.key);
  }
}

/** The id of key material: 64 hexadecimal digits that depend on the key id and the material, and reveal neither. */
export function materialIdOf(keyId: string, stored: Uint8Array): string {
  return createHmac('sha256', stored).update('key material id').update(keyId).digest('hex');
}
