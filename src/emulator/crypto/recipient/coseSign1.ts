import { type KeyObject, verify } from 'node:crypto';
import { type CborValue, isCborArray, isCborMap, isCborTagged, readCbor, writeCborStrings } from '../encoding/cbor.ts';
import { MalformedData } from '../encoding/malformedData.ts';

/** A COSE_Sign1 message (RFC 9052, section 4.2) that is said to be signed with ES384. */
export interface CoseSign1 {
  readonly protectedHeader: Buffer;
  readonly payload: Buffer;
  readonly signature: Buffer;
}

const sign1Tag = 18;
const algorithmLabel = 1;
const es384 = -35;
const signatureLength = 96;

function untagged(value: CborValue): CborValue {
  if (!isCborTagged(value)) return value;
  if (value.tag !== sign1Tag) throw new MalformedData();
  return value.value;
}

/** Takes the message apart, with its tag or without. Throws MalformedData. */
export function readCoseSign1(bytes: Buffer): CoseSign1 {
  const message = untagged(readCbor(bytes));
  if (!isCborArray(message)) throw new MalformedData();
  const [protectedHeader, unprotected, payload, signature, ...rest] = message;
  if (!Buffer.isBuffer(protectedHeader) || !isCborMap(unprotected) || !Buffer.isBuffer(payload) || !Buffer.isBuffer(signature) || rest.length > 0) {
    throw new MalformedData();
  }
  const header = readCbor(protectedHeader);
  if (!isCborMap(header) || header.get(algorithmLabel) !== es384 || signature.length !== signatureLength) throw new MalformedData();
  return { protectedHeader, payload, signature };
}

/** Whether the key, on P-384, has signed the message (RFC 9053, section 2.1). */
export function isSignedBy({ protectedHeader, payload, signature }: CoseSign1, key: KeyObject): boolean {
  if (key.asymmetricKeyDetails?.namedCurve !== 'secp384r1') return false;
  const signed = writeCborStrings(['Signature1', protectedHeader, Buffer.alloc(0), payload]);
  return verify('sha384', signed, { key, dsaEncoding: 'ieee-p1363' }, signature);
}
