import { bitString, sequence } from './der.ts';
import { bitsOf, readSequence } from './derReader.ts';
import { algorithmIdentifiers, type KeyAlgorithm } from './keyAlgorithms.ts';
import { MalformedData, unlessMalformed } from './malformedData.ts';

/** DER SubjectPublicKeyInfo (RFC 5280, section 4.1) of a public key in its algorithm's own form. */
export function writePublicKey(algorithm: KeyAlgorithm, publicKey: Uint8Array): Buffer {
  return sequence(algorithmIdentifiers[algorithm], bitString(publicKey));
}

/**
 * The public key out of a SubjectPublicKeyInfo of exactly this algorithm, or undefined. A curve has to be named: one
 * given by its parameters could be any curve at all.
 */
export function readPublicKey(algorithm: KeyAlgorithm, encoded: Uint8Array): Buffer | undefined {
  return unlessMalformed(() => {
    const [identifier, key, ...rest] = readSequence(Buffer.from(encoded));
    if (rest.length > 0 || identifier?.encoded.equals(algorithmIdentifiers[algorithm]) !== true) throw new MalformedData();
    return bitsOf(key);
  });
}
