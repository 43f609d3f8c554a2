import { type KeySpecName, keySpecs } from '../../core/kms/keySpecs.ts';
import { decryptOaep, encryptOaep, type OaepHash } from './asymmetric/rsa.ts';
import { decryptSm2, encryptSm2 } from './asymmetric/sm2.ts';
import type { LoadedMaterial } from './keyMaterial.ts';

/** An encryption algorithm of key pairs. Its functions throw TypeError for material of another kind. */
export interface PublicKeyEncryption {
  /** The most bytes that a key of the spec encrypts (https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html). */
  largestPlaintext(spec: KeySpecName): number;
  encrypt(material: LoadedMaterial, plaintext: Uint8Array): Buffer;
  /** The plaintext, or undefined when the ciphertext was not made for this key and algorithm. */
  decrypt(material: LoadedMaterial, ciphertext: Uint8Array): Buffer | undefined;
}

function mismatch(): TypeError {
  return new TypeError('Material of this kind does not encrypt so.');
}

/** OAEP adds two digests and two bytes (RFC 8017, section 7.1.1). */
const oaep = (hash: OaepHash, digestLength: number): PublicKeyEncryption => ({
  largestPlaintext: (spec) => (keySpecs[spec].size ?? 0) / 8 - 2 * digestLength - 2,
  encrypt(material, plaintext) {
    if (material.kind !== 'rsa') throw mismatch();
    return encryptOaep(material.key, hash, plaintext);
  },
  decrypt(material, ciphertext) {
    if (material.kind !== 'rsa') throw mismatch();
    return decryptOaep(material.key, hash, ciphertext);
  },
});

const sm2: PublicKeyEncryption = {
  largestPlaintext: () => 1024,
  encrypt(material, plaintext) {
    if (material.kind !== 'sm2') throw mismatch();
    return encryptSm2(material.key, plaintext);
  },
  decrypt(material, ciphertext) {
    if (material.kind !== 'sm2') throw mismatch();
    return decryptSm2(material.key, ciphertext);
  },
};

const algorithms: ReadonlyMap<string, PublicKeyEncryption> = new Map([
  ['RSAES_OAEP_SHA_1', oaep('sha1', 20)],
  ['RSAES_OAEP_SHA_256', oaep('sha256', 32)],
  ['SM2PKE', sm2],
]);

/** The algorithm of that name, or undefined for SYMMETRIC_DEFAULT. */
export function publicKeyEncryption(name: string): PublicKeyEncryption | undefined {
  return algorithms.get(name);
}
