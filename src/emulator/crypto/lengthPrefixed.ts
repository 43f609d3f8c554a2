/**
 * Joins parts so that no two different lists give the same bytes: each part is preceded by its length as an unsigned
 * 32-bit big-endian number. Texts are UTF-8.
 */
export function lengthPrefixed(parts: readonly (string | Uint8Array)[]): Buffer {
  let total = 0;
  for (const part of parts) total += 4 + (typeof part === 'string' ? Buffer.byteLength(part, 'utf8') : part.length);
  const joined = Buffer.allocUnsafe(total);
  let at = 0;
  for (const part of parts) {
    const start = at + 4;
    if (typeof part === 'string') at = start + joined.write(part, start, 'utf8');
    else {
      joined.set(part, start);
      at = start + part.length;
    }
    joined.writeUInt32BE(at - start, start - 4);
  }
  return joined;
}
