import { MalformedData } from './malformedData.ts';

/**
 * The part of CBOR (RFC 8949) that COSE messages use: whole numbers, byte and text strings, arrays, maps, tags, null and
 * booleans, all of definite length and with the shortest head. A map keeps the order it was written in.
 */
export type CborValue = number | string | boolean | null | Buffer | readonly CborValue[] | CborMap | CborTagged;

export type CborMap = ReadonlyMap<number | string, CborValue>;

export interface CborTagged {
  readonly tag: number;
  readonly value: CborValue;
}

export function isCborArray(value: CborValue | undefined): value is readonly CborValue[] {
  return Array.isArray(value);
}

export function isCborMap(value: CborValue | undefined): value is CborMap {
  return value instanceof Map;
}

export function isCborTagged(value: CborValue | undefined): value is CborTagged {
  return typeof value === 'object' && value !== null && 'tag' in value;
}

const majorTypes = { unsigned: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5, tag: 6 };
const deepest = 8;

interface Reader {
  readonly bytes: Buffer;
  offset: number;
}

function take(reader: Reader, length: number): Buffer {
  const end = reader.offset + length;
  if (end > reader.bytes.length) throw new MalformedData();
  const taken = reader.bytes.subarray(reader.offset, end);
  reader.offset = end;
  return taken;
}

/** The number in a head, whose low five bits say how many bytes follow. */
function readArgument(reader: Reader, low: number): number {
  if (low < 24) return low;
  if (low > 27) throw new MalformedData();
  const length = 2 ** (low - 24);
  const bytes = take(reader, length);
  const value = length === 8 ? Number(bytes.readBigUInt64BE()) : bytes.readUIntBE(0, length);
  const least = length === 1 ? 24 : 2 ** (8 * (length / 2));
  if (value < least || !Number.isSafeInteger(value)) throw new MalformedData();
  return value;
}

function readMap(reader: Reader, count: number, depth: number): CborMap {
  const map = new Map<number | string, CborValue>();
  for (let index = 0; index < count; index += 1) {
    const key = readItem(reader, depth + 1);
    if ((typeof key !== 'number' && typeof key !== 'string') || map.has(key)) throw new MalformedData();
    map.set(key, readItem(reader, depth + 1));
  }
  return map;
}

function readArray(reader: Reader, count: number, depth: number): CborValue[] {
  const items: CborValue[] = [];
  while (items.length < count) items.push(readItem(reader, depth + 1));
  return items;
}

function readText(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes)) throw new MalformedData();
  return text;
}

const simpleValues: ReadonlyMap<number, boolean | null> = new Map<number, boolean | null>([[0xf4, false], [0xf5, true], [0xf6, null]]);

function readItem(reader: Reader, depth: number): CborValue {
  const first = take(reader, 1).readUInt8();
  const simple = simpleValues.get(first);
  if (simple !== undefined) return simple;
  const major = first >> 5;
  if (major > majorTypes.tag || depth > deepest) throw new MalformedData();
  const argument = readArgument(reader, first & 0x1f);
  if (major === majorTypes.unsigned) return argument;
  if (major === majorTypes.negative) return -1 - argument;
  if (major === majorTypes.bytes) return take(reader, argument);
  if (major === majorTypes.text) return readText(take(reader, argument));
  if (major === majorTypes.array) return readArray(reader, argument, depth);
  if (major === majorTypes.map) return readMap(reader, argument, depth);
  return { tag: argument, value: readItem(reader, depth + 1) };
}

/** The one value that `bytes` holds. Throws MalformedData. */
export function readCbor(bytes: Buffer): CborValue {
  const reader: Reader = { bytes, offset: 0 };
  const value = readItem(reader, 0);
  if (reader.offset !== bytes.length) throw new MalformedData();
  return value;
}

/** The head of a CBOR value: its major type with a number. */
function head(major: number, argument: number): Buffer {
  const type = major << 5;
  if (argument < 24) return Buffer.from([type | argument]);
  if (argument < 0x100) return Buffer.from([type | 24, argument]);
  const long = argument >= 0x1_0000;
  const bytes = Buffer.alloc(long ? 5 : 3);
  bytes.writeUInt8(type | (long ? 26 : 25));
  if (long) bytes.writeUInt32BE(argument, 1);
  else bytes.writeUInt16BE(argument, 1);
  return bytes;
}

/** An array of text and byte strings, as the structure that a COSE signature covers is written. */
export function writeCborStrings(strings: readonly (string | Uint8Array)[]): Buffer {
  const items = strings.flatMap((item) => {
    const bytes = Buffer.from(item);
    return [head(typeof item === 'string' ? majorTypes.text : majorTypes.bytes, bytes.length), bytes];
  });
  return Buffer.concat([head(majorTypes.array, strings.length), ...items]);
}
