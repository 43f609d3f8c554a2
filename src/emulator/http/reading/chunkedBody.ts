import { MalformedRequest } from './malformedRequest.ts';

/** Reads a body in the chunked coding, however its bytes come in. */
export interface ChunkedBody {
  /** Takes what it needs and gives the rest. Throws MalformedRequest. */
  push(bytes: Buffer): Buffer;
  /** How many bytes of the body are there. */
  length(): number;
  /** The body once its last chunk is there, undefined before. */
  whole(): Buffer | undefined;
}

const longestLine = 4_096;
const lineEnd = Buffer.from('\r\n');
/** A size and extensions, which are not used (RFC 9112, section 7.1.1). */
const sizeLine = /^([\da-fA-F]{1,8})[\t ]*(?:;[\t\x20-\x7e]*)?$/;
const trailerLine = /^[\w!#$%&'*+.^`|~-]+:[\t\x20-\x7e\x80-\xff]*$/;

type Part = 'size' | 'data' | 'dataEnd' | 'trailer' | 'end';

export function chunkedBody(): ChunkedBody {
  const pieces: Buffer[] = [];
  let pending: Buffer = Buffer.alloc(0);
  let part: Part = 'size';
  let missing = 0;
  let total = 0;
  let trailers = 0;

  /** The next line without its end, or undefined while it is not whole. */
  const takeLine = (): string | undefined => {
    const end = pending.indexOf(lineEnd);
    if (end > longestLine || (end < 0 && pending.length > longestLine)) throw new MalformedRequest(400, 'A line of the chunked body is too long.');
    if (end < 0) return undefined;
    const line = pending.toString('latin1', 0, end);
    pending = pending.subarray(end + lineEnd.length);
    return line;
  };
  const takeData = (): void => {
    const piece = pending.subarray(0, missing);
    pieces.push(piece);
    pending = pending.subarray(piece.length);
    missing -= piece.length;
    total += piece.length;
    if (missing === 0) part = 'dataEnd';
  };
  const readLine = (line: string): void => {
    if (part === 'size') {
      const size = sizeLine.exec(line)?.[1];
      if (size === undefined) throw new MalformedRequest(400, 'The size of a chunk is not a hexadecimal number.');
      missing = Number.parseInt(size, 16);
      part = missing === 0 ? 'trailer' : 'data';
    } else if (part === 'dataEnd') {
      if (line !== '') throw new MalformedRequest(400, 'A chunk is longer than its size.');
      part = 'size';
    } else if (line === '') part = 'end';
    else {
      trailers += line.length;
      if (trailers > longestLine || !trailerLine.test(line)) throw new MalformedRequest(400, 'The trailer of the chunked body is not one.');
    }
  };
  return {
    push(bytes) {
      pending = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
      while (part !== 'end') {
        if (part === 'data') {
          if (pending.length === 0) break;
          takeData();
          continue;
        }
        const line = takeLine();
        if (line === undefined) break;
        readLine(line);
      }
      if (part !== 'end') return Buffer.alloc(0);
      const rest = pending;
      pending = Buffer.alloc(0);
      return rest;
    },
    length: () => total + missing,
    whole: () => (part === 'end' ? Buffer.concat(pieces) : undefined),
  };
}
