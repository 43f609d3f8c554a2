import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import { eddsa } from '@noble/curves/abstract/edwards.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { nativePrivateKey } from '../capabilities.ts';

/** An Ed25519 key (RFC 8032). Every runtime has the pure form; none has the prehashed one. */
export interface Ed25519Key {
  /** The private key of RFC 8032: 32 bytes. */
  readonly seed: Uint8Array;
  readonly native: KeyObject;
}

export const ed25519SeedLength = 32;

/** What RFC 8032 (section 5.1.5) makes of the first half of the hashed private key. */
function clamp(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, index) => (index === 0 ? byte & 0xf8 : index === 31 ? (byte & 0x7f) | 0x40 : byte));
}

const domainName = Buffer.from('SigEd25519 no Ed25519 collisions\x01\x00', 'latin1');

/** Ed25519ph over a digest that is there already, where the library would hash the message itself. */
const prehashed = eddsa(ed25519.Point, (message: Uint8Array) => hash('sha512', message, 'buffer'), {
  adjustScalarBytes: clamp,
  domain: (data: Uint8Array) => Buffer.concat([domainName, data]),
  prehash: (digest: Uint8Array) => digest,
  zip215: false,
});

export function loadEd25519(seed: Uint8Array): Ed25519Key {
  return { seed, native: nativePrivateKey('Ed25519', seed) };
}

/** DER SubjectPublicKeyInfo (RFC 8410): 44 bytes. */
export function ed25519PublicKey({ native }: Ed25519Key): Buffer {
  return createPublicKey(native).export({ type: 'spki', format: 'der' });
}

/** Ed25519 over a whole message. */
export function signEd25519({ native }: Ed25519Key, message: Uint8Array): Uint8Array {
  return sign(null, message, native);
}

export function verifyEd25519({ native }: Ed25519Key, message: Uint8Array, signature: Uint8Array): boolean {
  return verify(null, message, createPublicKey(native), signature);
}

/** Ed25519ph (RFC 8032, section 5.1) with no context, over the SHA-512 digest of a message. */
export function signEd25519ph({ seed }: Ed25519Key, digest: Uint8Array): Uint8Array {
  return prehashed.sign(digest, seed);
}

export function verifyEd25519ph({ seed }: Ed25519Key, digest: Uint8Array, signature: Uint8Array): boolean {
  return signature.length === 64 && prehashed.verify(signature, digest, prehashed.getPublicKey(seed));
}
