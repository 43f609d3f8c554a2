/** The range of Go's int on every platform that SOPS is built for. */
const smallestInt = -(2n ** 63n);
const largestInt = 2n ** 63n - 1n;
const largestUnsigned = 2n ** 64n - 1n;

export function fitsInt64(value: bigint): boolean {
  return value >= smallestInt && value <= largestInt;
}

export function fitsUint64(value: bigint): boolean {
  return value >= 0n && value <= largestUnsigned;
}

/**
 * An integer as Go's ParseInt reads it with base 0: a sign, then decimal digits, or digits after `0x`, `0o`, `0b` or
 * a leading zero for octal. Undefined for any other text.
 */
export function parseGoInteger(text: string): bigint | undefined {
  const match = /^([-+]?)(?:0x([0-9a-f]+)|0b([01]+)|0o?([0-7]+)|(0|[1-9][0-9]*))$/i.exec(text);
  if (match === null) return undefined;
  const [, sign, hexadecimal, binary, octal, decimal] = match;
  const magnitude = BigInt(prefixed('0x', hexadecimal) ?? prefixed('0b', binary) ?? prefixed('0o', octal) ?? decimal ?? '0');
  return sign === '-' ? -magnitude : magnitude;
}

function prefixed(prefix: string, digits: string | undefined): string | undefined {
  return digits === undefined ? undefined : prefix + digits;
}

/**
 * A number as Go's FormatFloat writes it with the format 'f' and the fewest digits that read back: never an exponent.
 * JavaScript finds the same digits but writes an exponent below 1e-6 and from 1e21.
 */
export function formatGoFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const [mantissa = '', exponent = '0'] = String(Math.abs(value)).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const point = whole.length + Number(exponent);
  const digits = whole + fraction;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length);
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** A float of a value token, as Go's ParseFloat reads what FormatFloat wrote; undefined for any other text. */
export function parseGoFloat(text: string): number | undefined {
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  }
  if (/^nan$/i.test(text)) return NaN;
  const infinite = /^([-+]?)inf(?:inity)?$/i.exec(text);
  if (infinite === null) return undefined;
  return infinite[1] === '-' ? -Infinity : Infinity;
}
