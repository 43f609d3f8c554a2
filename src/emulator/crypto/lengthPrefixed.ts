/**
 * Joins parts so that no two different lists give the same bytes: each part is preceded by its length as an unsigned
 * 32-bit big-endian number. Texts are UTF-8.
 */
export function lengthPrefixed(parts: readonly (string | Uint8Array)[]): Buffer {
  const lengths = parts.map((part) => (typeof part === 'string' ? Buffer.byteLength(part, 'utf8') : part.length));
  const joined = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + 4 + length, 0));
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const start = joined.writeUInt32BE(lengths[index] ?? 0, at);
    if (typeof part === 'string') joined.write(part, start, 'utf8');
    else joined.set(part, start);
    at = start + (lengths[index] ?? 0);
  }
  return joined;
}
