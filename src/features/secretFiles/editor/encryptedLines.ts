import { mayHoldCiphertext } from '../../../core/secrets/ciphertextToken.ts';
import { mayHoldValueToken } from '../../../core/secrets/sops/values/valueToken.ts';

/**
 * Which of some lines hold something that is encrypted, by what a token looks like. Nothing is parsed, so that it costs
 * the same however long the file is.
 */
export function encryptedLines(lines: readonly string[]): readonly number[] {
  return lines.flatMap((line, index) => (mayHoldValueToken(line) || mayHoldCiphertext(line) ? [index] : []));
}

/** The ARNs of KMS keys and aliases in a text, with the offset at which each ends. */
export function keyArnsIn(text: string): readonly { readonly arn: string; readonly end: number }[] {
  return [...text.matchAll(/\barn:aws[\w-]*:kms:[\w-]+:\d{12}:(?:key|alias)\/[\w/:-]+/g)].map((match) => ({ arn: match[0], end: match.index + match[0].length }));
}

/** First and last line of the `sops` part of a flat file, from zero; undefined when there is none of two lines or more. */
export function sopsLines(lines: readonly string[]): readonly [first: number, last: number] | undefined {
  const section = lines.findIndex((line) => /^\[sops\]\s*$/.test(line));
  const first = section === -1 ? lines.findIndex((line) => line.startsWith('sops_')) : section;
  if (first === -1) return undefined;
  const isInside = (line: string) => (section === -1 ? line.startsWith('sops_') : !line.startsWith('['));
  const length = lines.slice(first + 1).findIndex((line) => !isInside(line));
  let last = length === -1 ? lines.length - 1 : first + length;
  while (last > first && lines[last]?.trim() === '') last -= 1;
  return last > first ? [first, last] : undefined;
}
