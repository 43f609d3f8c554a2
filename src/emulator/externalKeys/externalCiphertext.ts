import type { ExternallyEncrypted } from './externalKeyProxy.ts';
import type { Maker } from '../crypto/symmetricCiphertext.ts';

/**
 * Ciphertext of keys in an external key store: a KMS ciphertext that was encrypted once more by the external key. It
 * begins like every other ciphertext, so that prefixes are those people know, and holds what the proxy answered:
 *
 *     01 02 (02 | 03) 00 78, 32 bytes id of the KMS key's material, 02 where an inner ciphertext has 01,
 *     length and initialization vector, length and metadata, 16 bytes tag, ciphertext
 */
export interface ExternalMessage extends ExternallyEncrypted {
  readonly materialId: string;
  /** Everything before the initialization vector. */
  readonly header: Buffer;
}

const makers: Readonly<Record<Maker, number>> = { encrypt: 2, dataKey: 3 };
const idOffset = 5;
const idLength = 32;
const headerLength = idOffset + idLength + 1;
const externalMark = 2;
const tagLength = 16;

/** The header of a ciphertext; the proxy authenticates it with the plaintext. */
export function externalHeader(materialId: string, maker: Maker): Buffer {
  return Buffer.concat([Buffer.from([1, 2, makers[maker], 0, 0x78]), Buffer.from(materialId, 'hex'), Buffer.from([externalMark])]);
}

export function packExternal(header: Buffer, sealed: ExternallyEncrypted): Buffer {
  const { initializationVector, metadata, authenticationTag, ciphertext } = sealed;
  const withLength = (bytes: Buffer): Buffer[] => [Buffer.from([bytes.length]), bytes];
  return Buffer.concat([header, ...withLength(initializationVector), ...withLength(metadata), authenticationTag, ciphertext]);
}

/** Takes a ciphertext apart, or gives undefined for one that no external key store made. */
export function parseExternal(ciphertext: Uint8Array): ExternalMessage | undefined {
  const bytes = Buffer.from(ciphertext.buffer, ciphertext.byteOffset, ciphertext.length);
  const materialId = bytes.toString('hex', idOffset, idOffset + idLength);
  const header = bytes.subarray(0, headerLength);
  const maker = bytes[2] === makers.dataKey ? 'dataKey' : 'encrypt';
  if (header.length < headerLength || !externalHeader(materialId, maker).equals(header)) return undefined;
  const vectorEnd = headerLength + 1 + (bytes[headerLength] ?? 0);
  const metadataEnd = vectorEnd + 1 + (bytes[vectorEnd] ?? 0);
  if (bytes.length <= metadataEnd + tagLength) return undefined;
  return {
    materialId,
    header,
    initializationVector: bytes.subarray(headerLength + 1, vectorEnd),
    metadata: bytes.subarray(vectorEnd + 1, metadataEnd),
    authenticationTag: bytes.subarray(metadataEnd, metadataEnd + tagLength),
    ciphertext: bytes.subarray(metadataEnd + tagLength),
  };
}
