const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** The value of each character of the alphabet by its code; all others have none. */
const digits: readonly (number | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const digit = alphabet.indexOf(String.fromCharCode(code));
  return digit === -1 ? undefined : digit;
});
/** Few enough to be handed over as arguments. */
const bytesAtOnce = 8192;

/** Standard base64 (RFC 4648, section 4) with padding. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += bytesAtOnce) {
    binary += String.fromCharCode(...bytes.subarray(at, at + bytesAtOnce));
  }
  return btoa(binary);
}

/**
 * The bytes of standard base64, whatever white space is in it; padding may be missing. Undefined if it is none. Written
 * out, since a SOPS file has tens of thousands of short ones, for which `atob` takes ten times as long.
 */
export function fromBase64(text: string): Uint8Array | undefined {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const end = text.length - padding;
  const bytes = new Uint8Array(Math.floor((end * 3) / 4));
  let [held, bits, to] = [0, 0, 0];
  for (let at = 0; at < end; at += 1) {
    const digit = digits[text.charCodeAt(at)];
    if (digit === undefined) return /\s/.test(text) ? fromBase64(text.replace(/\s+/g, '')) : undefined;
    held = ((held << 6) | digit) & 0x3fff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[to] = held >> bits;
    to += 1;
  }
  if (/\s/.test(text.slice(end))) return fromBase64(text.replace(/\s+/g, ''));
  const isWhole = end > 0 && end % 4 !== 1 && (padding === 0 || text.length % 4 === 0);
  return isWhole ? bytes : undefined;
}
