import { createPublicKey, diffieHellman } from 'node:crypto';
import { readPublicKey, writePublicKey } from '../encoding/publicKeyInfo.ts';
import { type EcKey, pureCurves } from './ecKey.ts';

/**
 * The shared secret of ECDH (NIST SP 800-56A, section 5.7.1.2): the x coordinate of the shared point, as long as a field
 * element. `peer` is a DER SubjectPublicKeyInfo. Undefined when that is not a point of the key's own named curve.
 */
export function agree(key: EcKey, peer: Uint8Array): Buffer | undefined {
  const encoded = readPublicKey(key.curve, peer);
  if (!encoded) return undefined;
  const curve = pureCurves[key.curve];
  let point: Uint8Array;
  try {
    point = curve.Point.fromBytes(encoded).toBytes(false);
  } catch {
    // The bytes are no point, or one that is not on the curve.
    return undefined;
  }
  if (!key.native) return Buffer.from(curve.getSharedSecret(key.scalar, point).subarray(1));
  const publicKey = createPublicKey({ key: writePublicKey(key.curve, point), format: 'der', type: 'spki' });
  return diffieHellman({ privateKey: key.native, publicKey });
}
