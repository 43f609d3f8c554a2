import { createCipheriv, createDecipheriv, createPublicKey, ECDH, hkdfSync, randomBytes, verify } from 'node:crypto';
import type { MessageCrypto, MessageCurve } from '../../../../core/secrets/envelope/messageCrypto.ts';

const tagLength = 16;
const curveNames = { prime256v1: 'P-256', secp384r1: 'P-384' } as const;

function algorithmFor(key: Uint8Array): 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm' {
  if (key.length === 16) return 'aes-128-gcm';
  return key.length === 24 ? 'aes-192-gcm' : 'aes-256-gcm';
}

/** The primitives of messages of the AWS Encryption SDK on Node's crypto. */
export const messageCrypto: MessageCrypto = {
  deriveKey: (hash, key, salt, info, length) => new Uint8Array(hkdfSync(hash, key, salt, info, length)),
  seal(key, iv, plaintext, additionalData) {
    const cipher = createCipheriv(algorithmFor(key), key, iv, { authTagLength: tagLength });
    cipher.setAAD(additionalData);
    const ciphertext = new Uint8Array(Buffer.concat([cipher.update(plaintext), cipher.final()]));
    return { ciphertext, tag: new Uint8Array(cipher.getAuthTag()) };
  },
  open(key, iv, ciphertext, tag, additionalData) {
    if (tag.length !== tagLength) return undefined;
    const decipher = createDecipheriv(algorithmFor(key), key, iv, { authTagLength: tagLength });
    decipher.setAAD(additionalData);
    decipher.setAuthTag(tag);
    const start = decipher.update(ciphertext);
    try {
      return new Uint8Array(Buffer.concat([start, decipher.final()]));
    } catch {
      return undefined;
    }
  },
  verify(curve, hash, publicKey, signed, signature) {
    try {
      return verify(hash, signed, createPublicKey({ key: jwkOf(curve, publicKey), format: 'jwk' }), signature);
    } catch {
      return false;
    }
  },
  randomBytes: (length) => new Uint8Array(randomBytes(length)),
};

/** Both coordinates of a compressed point, each half of what follows the first byte of the uncompressed one. */
function jwkOf(curve: MessageCurve, publicKey: Uint8Array): { kty: string; crv: string; x: string; y: string } {
  const point = Buffer.from(ECDH.convertKey(publicKey, curve, undefined, undefined, 'uncompressed')).subarray(1);
  const [x, y] = [point.subarray(0, point.length / 2), point.subarray(point.length / 2)];
  return { kty: 'EC', crv: curveNames[curve], x: x.toString('base64url'), y: y.toString('base64url') };
}
