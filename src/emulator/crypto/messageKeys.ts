import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { pooledRandom } from './pooledRandom.ts';

/** A key for new messages, and the salt that their recipients derive it with. */
export interface SealingKey {
  readonly salt: Buffer;
  readonly secret: KeyObject;
}

/**
 * The keys that messages are encrypted with, each derived from key material and the random bytes of a salt. To derive
 * one costs more than to encrypt with it, so they are kept ready.
 */
export interface MessageKeys {
  sealing(material: KeyObject): SealingKey;
  opening(material: KeyObject, salt: Buffer): KeyObject;
}

export const saltLength = 16;

/** Far from the 2^32 messages that NIST SP 800-38D, section 8.3, allows a key with random nonces. */
const mostSealed = 65_536;
const mostKept = 256;
const label = Buffer.from('message key');

/** Salts are in the ciphertext for all to see. */
const publicRandom = pooledRandom();

/** As a KeyObject it is several times cheaper to use than as bytes. */
function derive(material: KeyObject, salt: Buffer): KeyObject {
  return createSecretKey(createHmac('sha256', material).update(Buffer.concat([label, salt])).digest());
}

/** The keys derived from one material. */
interface Derived {
  current: SealingKey | undefined;
  sealed: number;
  readonly bySalt: Map<string, KeyObject>;
}

/** What is kept goes with its material. */
export function messageKeys(): MessageKeys {
  const kept = new WeakMap<KeyObject, Derived>();
  const derivedFrom = (material: KeyObject): Derived => {
    const known = kept.get(material);
    if (known) return known;
    const derived: Derived = { current: undefined, sealed: 0, bySalt: new Map() };
    kept.set(material, derived);
    return derived;
  };
  const opening = (material: KeyObject, salt: Buffer): KeyObject => {
    const { bySalt } = derivedFrom(material);
    const name = salt.toString('latin1');
    const known = bySalt.get(name);
    if (known) return known;
    const secret = derive(material, salt);
    if (bySalt.size >= mostKept) bySalt.clear();
    bySalt.set(name, secret);
    return secret;
  };
  return {
    sealing(material) {
      const derived = derivedFrom(material);
      if (!derived.current || derived.sealed >= mostSealed) {
        const salt = publicRandom(saltLength);
        derived.current = { salt, secret: opening(material, salt) };
        derived.sealed = 0;
      }
      derived.sealed += 1;
      return derived.current;
    },
    opening,
  };
}
