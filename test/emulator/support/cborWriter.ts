import type { CborValue } from '../../../src/emulator/crypto/encoding/cbor.ts';

function head(major: number, argument: number): Buffer {
  const type = major << 5;
  if (argument < 24) return Buffer.from([type | argument]);
  const length = argument < 2 ** 8 ? 1 : argument < 2 ** 16 ? 2 : argument < 2 ** 32 ? 4 : 8;
  const bytes = Buffer.alloc(1 + length);
  bytes.writeUInt8(type | (24 + Math.log2(length)));
  if (length === 8) bytes.writeBigUInt64BE(BigInt(argument), 1);
  else bytes.writeUIntBE(argument, 1, length);
  return bytes;
}

/** CBOR (RFC 8949) of whole numbers, strings, lists, maps, tags, null and booleans. */
export function writeCbor(value: CborValue): Buffer {
  if (value === null) return Buffer.from([0xf6]);
  if (typeof value === 'boolean') return Buffer.from([value ? 0xf5 : 0xf4]);
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (value instanceof Map) return Buffer.concat([head(5, value.size), ...[...value].flat().map((each) => writeCbor(each as CborValue))]);
  if ('tag' in value) return Buffer.concat([head(6, value.tag), writeCbor(value.value)]);
  const items = value as readonly CborValue[];
  return Buffer.concat([head(4, items.length), ...items.map(writeCbor)]);
}
