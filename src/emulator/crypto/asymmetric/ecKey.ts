import { createPublicKey, type KeyObject } from 'node:crypto';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import type { NamedCurve } from '../../../core/kms/keySpecs.ts';
import { nativeCrypto, nativePrivateKey } from '../capabilities.ts';
import { readPublicKey, writePublicKey } from '../encoding/publicKeyInfo.ts';

/** A private key on a curve. `native` is the runtime's own object, where the runtime knows the curve. */
export interface EcKey {
  readonly curve: NamedCurve;
  /** Big-endian, as long as the curve's order. */
  readonly scalar: Uint8Array;
  readonly native: KeyObject | undefined;
}

/** The curves in pure code, for what the runtime cannot do. */
export const pureCurves = { 'P-256': p256, 'P-384': p384, 'P-521': p521, secp256k1 };

/** A new private scalar, big-endian, as long as the curve's order. */
export function generateScalar(curve: NamedCurve): Uint8Array {
  return pureCurves[curve].utils.randomSecretKey();
}

/** Bytes of a private scalar. */
export function scalarLength(curve: NamedCurve): number {
  return pureCurves[curve].lengths.secretKey ?? 0;
}

/** Whether the bytes are a private scalar: as long as the order, not zero and below it. */
export function isScalar(curve: NamedCurve, scalar: Uint8Array): boolean {
  return pureCurves[curve].utils.isValidSecretKey(scalar);
}

export function loadEcKey(curve: NamedCurve, scalar: Uint8Array, native = nativeCrypto): EcKey {
  const known = curve !== 'secp256k1' || native.secp256k1;
  return { curve, scalar, native: known ? nativePrivateKey(curve, scalar) : undefined };
}

/** The public key as DER SubjectPublicKeyInfo with the named curve and the uncompressed point. */
export function ecPublicKey({ curve, scalar, native }: EcKey): Buffer {
  return native
    ? createPublicKey(native).export({ type: 'spki', format: 'der' })
    : writePublicKey(curve, pureCurves[curve].getPublicKey(scalar, false));
}

/** The uncompressed point of the public key (SEC 1, section 2.3.3). */
export function ecPoint(key: EcKey): Uint8Array {
  return readPublicKey(key.curve, ecPublicKey(key)) ?? pureCurves[key.curve].getPublicKey(key.scalar, false);
}
