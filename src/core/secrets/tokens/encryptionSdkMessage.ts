import type { EncryptionContext } from '../../kms/keyMetadata.ts';
import { toHex } from '../hex.ts';

/** The header of a message of the AWS Encryption SDK, which is readable without a key. */
export interface EncryptionSdkHeader {
  readonly version: 1 | 2;
  readonly suite: AlgorithmSuite;
  /** Hexadecimal digits: 32 in version 1, 64 in version 2. */
  readonly messageId: string;
  readonly encryptionContext: EncryptionContext;
  readonly encryptedDataKeys: readonly EncryptedDataKey[];
  /** Bytes of plaintext in a frame; undefined when the body is one piece. */
  readonly frameLength: number | undefined;
  /** Where the body begins, which is behind the tag of the header. */
  readonly bodyAt: number;
}

export interface AlgorithmSuite {
  /** Four hexadecimal digits, as the SDK's documents number them. */
  readonly id: string;
  readonly name: string;
}

/** One of the copies of the data key, each encrypted under another wrapping key. */
export interface EncryptedDataKey {
  /** `aws-kms` for KMS keys; keyrings of raw keys name themselves. */
  readonly providerId: string;
  /** The key ARN for `aws-kms`. A raw keyring has its key's name here, and bytes of its own after it. */
  readonly providerInfo: string;
  readonly encryptedKey: Uint8Array;
}

/** Algorithm suites reference (AWS Encryption SDK developer guide, "Algorithms reference"). */
const suites: Readonly<Record<number, string>> = {
  0x0014: 'AES-128-GCM',
  0x0046: 'AES-192-GCM',
  0x0078: 'AES-256-GCM',
  0x0114: 'AES-128-GCM, HKDF-SHA256',
  0x0146: 'AES-192-GCM, HKDF-SHA256',
  0x0178: 'AES-256-GCM, HKDF-SHA256',
  0x0214: 'AES-128-GCM, HKDF-SHA256, ECDSA P-256',
  0x0346: 'AES-192-GCM, HKDF-SHA384, ECDSA P-384',
  0x0378: 'AES-256-GCM, HKDF-SHA384, ECDSA P-384',
  0x0478: 'AES-256-GCM, HKDF-SHA512, key commitment',
  0x0578: 'AES-256-GCM, HKDF-SHA512, key commitment, ECDSA P-384',
};

/** Reads a structure from its start to its end; a step beyond the bytes makes every later one undefined. */
interface Reader {
  number(length: 1 | 2 | 4): number;
  bytes(length: number): Uint8Array;
  text(): string;
  isWithin(): boolean;
  position(): number;
}

function readerOf(bytes: Uint8Array): Reader {
  let at = 0;
  const take = (length: number): Uint8Array => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  const number = (length: number) => take(length).reduce((sum, byte) => sum * 256 + byte, 0);
  return {
    number,
    bytes: take,
    text: () => new TextDecoder().decode(take(number(2))),
    isWithin: () => at <= bytes.length,
    position: () => at,
  };
}

/**
 * Reads the header of a message in version 1 (base64 starts AYA) or 2 (AgV4, AgR4), as the AWS Encryption SDK's "Message
 * format reference" lays it out. Undefined for other bytes and for a message that is cut off within its header.
 */
export function readEncryptionSdkHeader(bytes: Uint8Array): EncryptionSdkHeader | undefined {
  const reader = readerOf(bytes);
  const version = reader.number(1);
  if (version !== 2 && (version !== 1 || reader.number(1) !== 0x80)) return undefined;
  const suite = suiteOf(reader.number(2), version);
  if (suite === undefined) return undefined;
  const messageId = toHex(reader.bytes(version === 1 ? 16 : 32));
  const encryptionContext = readContext(reader.bytes(reader.number(2)));
  const encryptedDataKeys = readDataKeys(reader);
  const contentType = reader.number(1);
  if (version === 1 && (reader.number(4) !== 0 || reader.number(1) !== 12)) return undefined;
  const frameLength = reader.number(4);
  // Key commitment, or the initialisation vector of the header; then its tag, which ends the header.
  reader.bytes((version === 1 ? 12 : 32) + 16);
  const isFramed = contentType === 2;
  const isConsistent = isFramed ? frameLength > 0 : contentType === 1 && frameLength === 0;
  if (!reader.isWithin() || encryptionContext === undefined || encryptedDataKeys.length === 0 || !isConsistent) return undefined;
  return { version, suite, messageId, encryptionContext, encryptedDataKeys, frameLength: isFramed ? frameLength : undefined, bodyAt: reader.position() };
}

/** Only the suites with key commitment use version 2. */
function suiteOf(id: number, version: 1 | 2): AlgorithmSuite | undefined {
  const name = suites[id];
  return name === undefined || id >= 0x0400 !== (version === 2) ? undefined : { id: id.toString(16).padStart(4, '0'), name };
}

/** Undefined when the pairs do not fill their field. No field at all is the empty context. */
function readContext(field: Uint8Array): EncryptionContext | undefined {
  if (field.length === 0) return {};
  const reader = readerOf(field);
  const pairs: [string, string][] = [];
  for (let count = reader.number(2); count > 0 && reader.isWithin(); count -= 1) pairs.push([reader.text(), reader.text()]);
  return reader.isWithin() && reader.bytes(1).length === 0 ? Object.fromEntries(pairs) : undefined;
}

function readDataKeys(reader: Reader): readonly EncryptedDataKey[] {
  const keys: EncryptedDataKey[] = [];
  for (let count = reader.number(2); count > 0 && reader.isWithin(); count -= 1) {
    keys.push({ providerId: reader.text(), providerInfo: reader.text(), encryptedKey: reader.bytes(reader.number(2)) });
  }
  return keys;
}
