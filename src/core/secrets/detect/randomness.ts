/** Shannon entropy of an ASCII text, in bits per character. */
function entropyOf(text: string): number {
  const counts = new Uint16Array(128);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts.reduce((sum, count) => (count === 0 ? sum : sum - (count / text.length) * Math.log2(count / text.length)), 0);
}

/** Longer texts are documents or images and not keys. */
const longest = 512;

/**
 * Whether a text looks as if a generator made it: hexadecimal digits or base64 of at least 128 bits, of nearly the
 * entropy that random text of this length has. A UUID is an identifier and does not count.
 */
export function looksRandom(text: string): boolean {
  if (text.length < 20 || text.length > longest) return false;
  if (/^[0-9a-fA-F]{32,}$/.test(text)) return entropyOf(text) >= 3;
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text) || !/[a-z]/.test(text) || !/[A-Z]/.test(text) || !/\d/.test(text)) return false;
  if (isUuid(text)) return false;
  return entropyOf(text) >= Math.min(4.5, 0.9 * Math.log2(text.length));
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text);
}
