import { KmsExplorerError } from '../../../kms/errorCode.ts';
import { divide, multiply } from './galoisField.ts';

/**
 * Splits a secret by Shamir's scheme over GF(2^8), in the layout of HashiCorp Vault that SOPS uses: each part has the
 * bytes of the secret's length and then one byte, the part's x from 1. Any `threshold` parts give the secret back.
 * `randomBytes` must be cryptographically random. Throws SOPS_INVALID unless 2 <= threshold <= count <= 255.
 */
export function splitSecret(
  secret: Uint8Array,
  count: number,
  threshold: number,
  randomBytes: (length: number) => Uint8Array,
): readonly Uint8Array[] {
  if (!Number.isInteger(threshold) || threshold < 2 || threshold > count || count > 255) {
    throw new KmsExplorerError(
      'SOPS_INVALID',
      `The data key cannot be split for ${count} key groups with a threshold of ${threshold}. The threshold is from 2 to the number of groups.`,
    );
  }
  // One polynomial per byte: its constant term is the byte, the other coefficients are random.
  const coefficients = Array.from(secret, (byte) => [byte, ...randomBytes(threshold - 1)]);
  return Array.from({ length: count }, (_, index) => {
    const x = index + 1;
    return Uint8Array.from([...coefficients.map((polynomial) => evaluate(polynomial, x)), x]);
  });
}

function evaluate(polynomial: readonly number[], x: number): number {
  return polynomial.reduceRight((sum, coefficient) => multiply(sum, x) ^ coefficient, 0);
}

/**
 * The secret of parts that `splitSecret` or SOPS made. Fewer parts than the threshold give a wrong secret, which the
 * MAC then tells. Undefined when the parts have not one length or two of them have the same x.
 */
export function combineParts(parts: readonly Uint8Array[]): Uint8Array | undefined {
  const length = parts[0]?.length ?? 0;
  const xs = parts.map((part) => part.at(-1) ?? 0);
  if (parts.length < 2 || length < 2 || parts.some((part) => part.length !== length)) return undefined;
  if (new Set(xs).size !== xs.length || xs.includes(0)) return undefined;
  const weights = xs.map((x, index) => lagrangeAtZero(x, xs.toSpliced(index, 1)));
  return Uint8Array.from({ length: length - 1 }, (_, at) =>
    parts.reduce((sum, part, index) => sum ^ multiply(part[at] ?? 0, weights[index] ?? 0), 0),
  );
}

function lagrangeAtZero(x: number, others: readonly number[]): number {
  return others.reduce((product, other) => multiply(product, divide(other, x ^ other)), 1);
}
