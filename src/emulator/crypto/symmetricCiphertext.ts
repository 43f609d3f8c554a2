import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomBytes } from 'node:crypto';
import { lengthPrefixed } from './lengthPrefixed.ts';

/**
 * Ciphertext of SYMMETRIC_DEFAULT keys, in the outward layout of AWS KMS so that prefixes and lengths are those people
 * know: a header of 58 bytes and a CMS EncryptedData (RFC 5652) of AES-256-GCM, 152 bytes longer than the plaintext
 * when that has 32 bytes. The 32 bytes that are constant for a key hold the id of its material.
 *
 * Each message has its own key, derived from the material and the 16 random bytes of the header. The header, the key id
 * and the encryption context are authenticated, each with its length.
 */

/** What made the ciphertext: it is the third byte, seen as AQIC (Encrypt) or AQID (data keys) in base64. */
export type Maker = 'encrypt' | 'dataKey';

const makerBytes: Readonly<Record<Maker, number>> = { encrypt: 2, dataKey: 3 };

const cipher = 'aes-256-gcm';
const materialIdOffset = 5;
const materialIdLength = 32;
const saltOffset = materialIdOffset + materialIdLength + 1;
const saltLength = 16;
const headerLength = saltOffset + saltLength;
const nonceLength = 12;
const tagLength = 16;
/** Zeros before the plaintext, checked after decryption: they tie the ciphertext to one key, which GCM alone does not. */
const framingLength = 11;

const dataOid = Buffer.from('06092a864886f70d010701', 'hex');
const encryptedDataOid = Buffer.from('06092a864886f70d010706', 'hex');
const aes256GcmOid = Buffer.from('060960864801650304012e', 'hex');
const versionZero = Buffer.from('020100', 'hex');
const tagLengthInteger = Buffer.from([0x02, 0x01, tagLength]);

function derLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  return length < 0x100 ? Buffer.from([0x81, length]) : Buffer.from([0x82, length >> 8, length & 0xff]);
}

function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), derLength(body.length), body]);
}

function encryptedData(nonce: Uint8Array, sealed: Uint8Array): Buffer {
  const algorithm = der(0x30, aes256GcmOid, der(0x30, der(0x04, nonce), tagLengthInteger));
  const contentInfo = der(0x30, dataOid, algorithm, der(0x80, sealed));
  return der(0x30, encryptedDataOid, der(0xa0, der(0x30, versionZero, contentInfo)));
}

/** The encryption context as pairs in the order of their names' UTF-8 bytes. */
export function canonicalContext(context: Readonly<Record<string, string>>): string[] {
  return Object.entries(context)
    .map(([name, value]) => ({ name, value, bytes: Buffer.from(name, 'utf8') }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .flatMap(({ name, value }) => [name, value]);
}

/** The key material for a message: `material` holds the 32 secret bytes, `materialId` is 64 hexadecimal digits. */
export interface MessageKey {
  readonly keyId: string;
  readonly materialId: string;
  readonly material: KeyObject;
}

function authenticated(header: Uint8Array, keyId: string, context: Readonly<Record<string, string>>): Buffer {
  return lengthPrefixed([header, keyId, ...canonicalContext(context)]);
}

function messageSecret(material: KeyObject, salt: Uint8Array): Buffer {
  return createHmac('sha256', material).update('message key').update(salt).digest();
}

function headerOf(materialId: string, salt: Uint8Array, maker: Maker): Buffer {
  const start = Buffer.from([1, 2, makerBytes[maker], 0, 0x78]);
  return Buffer.concat([start, Buffer.from(materialId, 'hex'), Buffer.from([1]), salt]);
}

function assemble(header: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Buffer {
  const body = encryptedData(nonce, sealed);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([header, length, body]);
}

export function sealMessage(
  key: MessageKey,
  plaintext: Uint8Array,
  context: Readonly<Record<string, string>>,
  maker: Maker,
): Buffer {
  const salt = randomBytes(saltLength);
  const nonce = randomBytes(nonceLength);
  const header = headerOf(key.materialId, salt, maker);
  const sealing = createCipheriv(cipher, messageSecret(key.material, salt), nonce, { authTagLength: tagLength });
  sealing.setAAD(authenticated(header, key.keyId, context));
  const sealed = [sealing.update(Buffer.alloc(framingLength)), sealing.update(plaintext), sealing.final()];
  return assemble(header, nonce, Buffer.concat([...sealed, sealing.getAuthTag()]));
}

/** The parts of a ciphertext that can be read without a key. */
export interface ParsedMessage {
  readonly materialId: string;
  readonly header: Buffer;
  readonly nonce: Buffer;
  readonly sealed: Buffer;
}

/** Where the content of the DER value at `offset` begins. */
function contentOf(bytes: Buffer, offset: number): number {
  const length = bytes[offset + 1] ?? 0;
  return offset + 2 + (length < 0x80 ? 0 : length & 0x7f);
}

/** Takes a ciphertext apart, or gives undefined when it is not byte for byte in the layout. */
export function parseMessage(ciphertext: Uint8Array): ParsedMessage | undefined {
  const bytes = Buffer.from(ciphertext.buffer, ciphertext.byteOffset, ciphertext.length);
  if (bytes.length < headerLength + 4) return undefined;
  const tagged = contentOf(bytes, headerLength + 4) + encryptedDataOid.length;
  const version = contentOf(bytes, contentOf(bytes, tagged));
  const algorithm = contentOf(bytes, version + versionZero.length) + dataOid.length;
  const parameters = contentOf(bytes, algorithm) + aes256GcmOid.length;
  const nonceAt = contentOf(bytes, contentOf(bytes, parameters));
  const sealedAt = contentOf(bytes, nonceAt + nonceLength + tagLengthInteger.length);
  const message = {
    materialId: bytes.toString('hex', materialIdOffset, materialIdOffset + materialIdLength),
    header: bytes.subarray(0, headerLength),
    nonce: bytes.subarray(nonceAt, nonceAt + nonceLength),
    sealed: bytes.subarray(sealedAt),
  };
  // The walk above trusts the lengths it reads; encoding the parts again shows that every byte is as it must be.
  const maker = message.header[2] === makerBytes.dataKey ? 'dataKey' : 'encrypt';
  const header = headerOf(message.materialId, message.header.subarray(saltOffset), maker);
  return message.sealed.length >= framingLength + tagLength && assemble(header, message.nonce, message.sealed).equals(bytes)
    ? message
    : undefined;
}

/** The plaintext, or undefined when the ciphertext, the key or the encryption context is not the one it was made with. */
export function openMessage(
  key: MessageKey,
  message: ParsedMessage,
  context: Readonly<Record<string, string>>,
): Buffer | undefined {
  const secret = messageSecret(key.material, message.header.subarray(saltOffset));
  const opening = createDecipheriv(cipher, secret, message.nonce, { authTagLength: tagLength });
  opening.setAAD(authenticated(message.header, key.keyId, context)).setAuthTag(message.sealed.subarray(-tagLength));
  const framed = opening.update(message.sealed.subarray(0, -tagLength));
  try {
    opening.final();
  } catch {
    return undefined;
  }
  return framed.subarray(0, framingLength).every((byte) => byte === 0) ? framed.subarray(framingLength) : undefined;
}
