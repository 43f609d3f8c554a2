import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import type { NamedCurve } from '../../core/kms/keySpecs.ts';

/**
 * ECDSA over a digest. Node's own `sign` always hashes, and the crypto of desktop VS Code has no secp256k1, so all four
 * curves go through one pure implementation.
 */

const curves = { 'P-256': p256, 'P-384': p384, 'P-521': p521, secp256k1 };

/** SubjectPublicKeyInfo (RFC 5480) up to the uncompressed point. */
const spkiPrefixes: Readonly<Record<NamedCurve, string>> = {
  'P-256': '3059301306072a8648ce3d020106082a8648ce3d030107034200',
  'P-384': '3076301006072a8648ce3d020106052b81040022036200',
  'P-521': '30819b301006072a8648ce3d020106052b8104002303818600',
  secp256k1: '3056301006072a8648ce3d020106052b8104000a034200',
};

const options = { prehash: false, lowS: false, format: 'der' } as const;

/** A new private scalar, big-endian, as long as the curve's order. */
export function generateScalar(curve: NamedCurve): Uint8Array {
  return curves[curve].utils.randomSecretKey();
}

/** The public key as DER SubjectPublicKeyInfo with the named curve and the uncompressed point. */
export function publicKeyOf(curve: NamedCurve, scalar: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(spkiPrefixes[curve], 'hex'), curves[curve].getPublicKey(scalar, false)]);
}

/** A DER signature (RFC 3279, section 2.2.3). */
export function signDigest(curve: NamedCurve, scalar: Uint8Array, digest: Uint8Array): Uint8Array {
  return curves[curve].sign(digest, scalar, options);
}

export function verifyDigest(
  curve: NamedCurve,
  scalar: Uint8Array,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    return curves[curve].verify(signature, digest, curves[curve].getPublicKey(scalar), options);
  } catch {
    // Bytes that are not strict DER are no signature.
    return false;
  }
}
