/** Frames are told apart by this number in the place of a sequence number (AWS Encryption SDK, "Message format reference"). */
export const finalFrameMark = 0xffffffff;
export const ivLength = 12;
export const tagLength = 16;

/** A piece of a message's body. */
export type FrameKind = 'Frame' | 'Final Frame' | 'Single Block';

/** What a frame's tag covers besides its ciphertext: the message, its kind, its number from 1 and its length in bytes. */
export function frameData(messageId: Uint8Array, kind: FrameKind, sequenceNumber: number, length: number): Uint8Array {
  return joined([messageId, new TextEncoder().encode(`AWSKMSEncryptionClient ${kind}`), uint32(sequenceNumber), uint64(length)]);
}

/** The IV of a frame that is written here: its sequence number. A data key serves one message. */
export function frameIv(sequenceNumber: number): Uint8Array {
  return joined([new Uint8Array(ivLength - 4), uint32(sequenceNumber)]);
}

export function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >>> 8, value & 0xff);
}

export function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
}

export function uint64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
