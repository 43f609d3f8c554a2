import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { lengthPrefixed } from './lengthPrefixed.ts';
import { messageKeys, saltLength } from './messageKeys.ts';
import { pooledRandom } from './pooledRandom.ts';

/**
 * Ciphertext of SYMMETRIC_DEFAULT keys, in the outward layout of AWS KMS so that prefixes and lengths are those people
 * know: a header of 58 bytes and a CMS EncryptedData (RFC 5652) of AES-256-GCM, 152 bytes longer than the plaintext
 * when that has 32 bytes. The 32 bytes that are constant for a key hold the id of its material.
 *
 * The key of a message is derived from the material and the 16 random bytes of the header, which several messages of one
 * process share. The header, the key id and the encryption context are authenticated, each with its length.
 */

/** What made the ciphertext: it is the third byte, seen as AQIC (Encrypt) or AQID (data keys) in base64. */
export type Maker = 'encrypt' | 'dataKey';

const makerBytes: Readonly<Record<Maker, number>> = { encrypt: 2, dataKey: 3 };

const cipher = 'aes-256-gcm';
const materialIdOffset = 5;
const materialIdLength = 32;
const saltOffset = materialIdOffset + materialIdLength + 1;
const headerLength = saltOffset + saltLength;
const nonceLength = 12;
const tagLength = 16;
/** Zeros before the plaintext, checked after decryption: they tie the ciphertext to one key, which GCM alone does not. */
const framingLength = 11;

const dataOid = Buffer.from('06092a864886f70d010701', 'hex');
const encryptedDataOid = Buffer.from('06092a864886f70d010706', 'hex');
/** AlgorithmIdentifier of id-aes256-GCM up to the nonce. */
const algorithmStart = Buffer.from('301e060960864801650304012e3011040c', 'hex');
const versionZero = Buffer.from('020100', 'hex');
const tagLengthInteger = Buffer.from([0x02, 0x01, tagLength]);
const algorithmLength = algorithmStart.length + nonceLength + tagLengthInteger.length;

/** The bytes of a DER value with content of that length. */
function derSize(contentLength: number): number {
  return contentLength + (contentLength < 0x80 ? 2 : contentLength < 0x100 ? 3 : 4);
}

/** Writes a DER tag and length, and gives the offset of the content. */
function writeDer(target: Buffer, at: number, tag: number, contentLength: number): number {
  const next = target.writeUInt8(tag, at);
  if (contentLength < 0x80) return target.writeUInt8(contentLength, next);
  if (contentLength < 0x100) return target.writeUInt8(contentLength, target.writeUInt8(0x81, next));
  return target.writeUInt16BE(contentLength, target.writeUInt8(0x82, next));
}

/** The lengths of the nested values around a sealed text, the innermost first. */
function layoutOf(sealedLength: number) {
  const contentInfo = dataOid.length + algorithmLength + derSize(sealedLength);
  const data = versionZero.length + derSize(contentInfo);
  const explicit = derSize(data);
  const whole = encryptedDataOid.length + derSize(explicit);
  return { contentInfo, data, explicit, whole, total: headerLength + 4 + derSize(whole) };
}

/** Writes all that comes before the sealed text, and gives the sealed text's offset. */
function writeStart(target: Buffer, materialId: string, salt: Uint8Array, maker: Maker, nonce: Uint8Array, sealedLength: number): number {
  const { contentInfo, data, explicit, whole } = layoutOf(sealedLength);
  target.set([1, 2, makerBytes[maker], 0, 0x78], 0);
  target.write(materialId, materialIdOffset, 'hex');
  target.writeUInt8(1, saltOffset - 1);
  target.set(salt, saltOffset);
  let at = target.writeUInt32BE(derSize(whole), headerLength);
  at = writeDer(target, at, 0x30, whole);
  at += encryptedDataOid.copy(target, at);
  at = writeDer(target, at, 0xa0, explicit);
  at = writeDer(target, at, 0x30, data);
  at += versionZero.copy(target, at);
  at = writeDer(target, at, 0x30, contentInfo);
  at += dataOid.copy(target, at);
  at += algorithmStart.copy(target, at);
  target.set(nonce, at);
  at += nonceLength;
  at += tagLengthInteger.copy(target, at);
  return writeDer(target, at, 0x80, sealedLength);
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

/** Nonces are in the ciphertext for all to see. */
const publicRandom = pooledRandom();

const keys = messageKeys();

export function sealMessage(
  key: MessageKey,
  plaintext: Uint8Array,
  context: Readonly<Record<string, string>>,
  maker: Maker,
): Buffer {
  const { salt, secret } = keys.sealing(key.material);
  const nonce = publicRandom(nonceLength);
  const sealedLength = framingLength + plaintext.length + tagLength;
  const message = Buffer.allocUnsafe(layoutOf(sealedLength).total);
  const sealedAt = writeStart(message, key.materialId, salt, maker, nonce, sealedLength);
  const sealing = createCipheriv(cipher, secret, nonce, { authTagLength: tagLength });
  sealing.setAAD(authenticated(message.subarray(0, headerLength), key.keyId, context));
  const framed = Buffer.alloc(framingLength + plaintext.length);
  framed.set(plaintext, framingLength);
  message.set(sealing.update(framed), sealedAt);
  sealing.final();
  message.set(sealing.getAuthTag(), message.length - tagLength);
  return message;
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
  const nonceAt = algorithm + algorithmStart.length;
  const sealedAt = contentOf(bytes, algorithm + algorithmLength);
  const message = {
    materialId: bytes.toString('hex', materialIdOffset, materialIdOffset + materialIdLength),
    header: bytes.subarray(0, headerLength),
    nonce: bytes.subarray(nonceAt, nonceAt + nonceLength),
    sealed: bytes.subarray(sealedAt),
  };
  // The walk above trusts the lengths it reads; writing the start again shows that every byte is as it must be.
  const { materialId, header, nonce, sealed } = message;
  if (sealed.length < framingLength + tagLength || layoutOf(sealed.length).total !== bytes.length) return undefined;
  const maker = header[2] === makerBytes.dataKey ? 'dataKey' : 'encrypt';
  const start = Buffer.alloc(sealedAt);
  writeStart(start, materialId, header.subarray(saltOffset), maker, nonce, sealed.length);
  return start.equals(bytes.subarray(0, sealedAt)) ? message : undefined;
}

/** The plaintext, or undefined when the ciphertext, the key or the encryption context is not the one it was made with. */
export function openMessage(
  key: MessageKey,
  message: ParsedMessage,
  context: Readonly<Record<string, string>>,
): Buffer | undefined {
  const secret = keys.opening(key.material, message.header.subarray(saltOffset));
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
