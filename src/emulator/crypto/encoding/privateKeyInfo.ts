import { bitString, context, derTags, octetString, primitiveContext, sequence, smallInteger } from './der.ts';
import { bitsOf, contentOf, type DerValue, readSequence, readValues, versionOf } from './derReader.ts';
import { algorithmIdentifiers, type KeyAlgorithm } from './keyAlgorithms.ts';
import { MalformedData, unlessMalformed } from './malformedData.ts';

/** A private key as it was found, with the public key that came with it, if one did. */
export interface PrivateKeyParts {
  /** The scalar of a curve, the seed of the other algorithms. */
  readonly secret: Buffer;
  /** The public key in its algorithm's own form. It has to be compared with the secret's. */
  readonly publicKey: Buffer | undefined;
}

function isMlKey(algorithm: KeyAlgorithm): boolean {
  return algorithm.startsWith('ML-');
}

function isOnCurve(algorithm: KeyAlgorithm): boolean {
  return !isMlKey(algorithm) && algorithm !== 'Ed25519';
}

/** DER PrivateKeyInfo (PKCS #8, RFC 5208). The public key is written for curves, where it is given. */
export function writePrivateKey(algorithm: KeyAlgorithm, secret: Uint8Array, publicKey?: Uint8Array): Buffer {
  const attached = publicKey ? [context(1, bitString(publicKey))] : [];
  const inner = isOnCurve(algorithm)
    ? sequence(smallInteger(1), octetString(secret), ...attached)
    : isMlKey(algorithm)
      ? primitiveContext(0, secret)
      : octetString(secret);
  return sequence(smallInteger(0), algorithmIdentifiers[algorithm], octetString(inner));
}

/** ECPrivateKey (RFC 5915). Its parameters, where they are repeated, have to be those of the curve. */
function readCurveKey(algorithm: KeyAlgorithm, encoded: Buffer): PrivateKeyParts {
  const [version, secret, ...optional] = readSequence(encoded);
  if (versionOf(version) !== 1) throw new MalformedData();
  const parameters = optional.find(({ tag }) => tag === 0xa0);
  const publicKey = optional.find(({ tag }) => tag === 0xa1);
  if (optional.some((value) => value !== parameters && value !== publicKey)) throw new MalformedData();
  const [, curve] = readSequence(algorithmIdentifiers[algorithm]);
  if (parameters && curve?.encoded.equals(parameters.content) !== true) throw new MalformedData();
  return {
    secret: contentOf(secret, derTags.octetString),
    publicKey: publicKey && bitsOf(readValues(publicKey.content)[0]),
  };
}

/** The seed of a key of RFC 9881 or 9935, alone or before the expanded key. An expanded key alone has lost its seed. */
function readSeed(encoded: Buffer): Buffer {
  const [choice, ...rest] = readValues(encoded);
  if (rest.length > 0) throw new MalformedData();
  if (choice?.tag === 0x80) return choice.content;
  return contentOf(readValues(contentOf(choice, derTags.sequence))[0], derTags.octetString);
}

function readInner(algorithm: KeyAlgorithm, inner: Buffer): PrivateKeyParts {
  if (isOnCurve(algorithm)) return readCurveKey(algorithm, inner);
  if (isMlKey(algorithm)) return { secret: readSeed(inner), publicKey: undefined };
  const [secret, ...rest] = readValues(inner);
  if (rest.length > 0) throw new MalformedData();
  return { secret: contentOf(secret, derTags.octetString), publicKey: undefined };
}

/** The public key of OneAsymmetricKey (RFC 5958), which follows the attributes. */
function attachedPublicKey(optional: readonly DerValue[]): Buffer | undefined {
  const value = optional.find(({ tag }) => tag === 0x81);
  return value && bitsOf({ ...value, tag: derTags.bitString });
}

/** The key out of a PrivateKeyInfo (RFC 5208, RFC 5958) of exactly this algorithm, or undefined. */
export function readPrivateKey(algorithm: KeyAlgorithm, encoded: Uint8Array): PrivateKeyParts | undefined {
  return unlessMalformed(() => {
    const [version, identifier, key, ...optional] = readSequence(Buffer.from(encoded));
    if (versionOf(version) > 1 || identifier?.encoded.equals(algorithmIdentifiers[algorithm]) !== true) throw new MalformedData();
    const parts = readInner(algorithm, contentOf(key, derTags.octetString));
    return { ...parts, publicKey: parts.publicKey ?? attachedPublicKey(optional) };
  });
}

/** The key out of an ECPrivateKey (SEC 1, RFC 5915) of this curve, or undefined. */
export function readSec1Key(algorithm: KeyAlgorithm, encoded: Uint8Array): PrivateKeyParts | undefined {
  return isOnCurve(algorithm) ? unlessMalformed(() => readCurveKey(algorithm, Buffer.from(encoded))) : undefined;
}
