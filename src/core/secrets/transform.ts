import { KmsExplorerError } from '../kms/errorCode.ts';
import type { Edit, TextRange, ValueEntry } from './codec.ts';

/** KMS Encrypt takes 1 to 4096 bytes under a symmetric key (AWS KMS API reference, Encrypt, Plaintext). */
export const plaintextLimit = 4096;

/**
 * The UTF-8 bytes of a text that one KMS call is to encrypt. `place` names it in the message, for instance "The selection
 * on line 3". Throws PLAINTEXT_TOO_LONG above 4096 bytes, and as messageBytes does.
 */
export function plaintextBytes(text: string, place: string): Uint8Array {
  const bytes = messageBytes(text, place);
  if (bytes.length > plaintextLimit) {
    throw new KmsExplorerError(
      'PLAINTEXT_TOO_LONG',
      `${place} has ${bytes.length} bytes of UTF-8; KMS encrypts at most ${plaintextLimit} bytes at once. Encrypt a smaller part.`,
    );
  }
  return bytes;
}

/** The UTF-8 bytes of a text of any length. Throws NO_VALUE_HERE when it is empty, NOT_TEXT when it holds half a character. */
export function messageBytes(text: string, place: string): Uint8Array {
  if (text === '') throw new KmsExplorerError('NO_VALUE_HERE', `${place} is empty. KMS encrypts one byte or more.`);
  if (!text.isWellFormed()) {
    throw new KmsExplorerError('NOT_TEXT', `${place} holds half of a surrogate pair, which has no bytes in UTF-8. Correct it first.`);
  }
  return new TextEncoder().encode(text);
}

/** The text of decrypted bytes. Throws NOT_TEXT when they are no UTF-8, so that nothing is lost by replacing it. */
export function plaintextText(bytes: Uint8Array, place: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new KmsExplorerError('NOT_TEXT', `${place} decrypts to ${bytes.length} bytes that are no UTF-8 text. The file is left as it is.`);
  }
}

/** The edit that gives an entry a new value. Throws EDIT_REFUSED where it would change more than the entry. */
export function replaceValue(entry: ValueEntry, newValue: string): Edit {
  if (entry.refusal !== undefined) throw new KmsExplorerError('EDIT_REFUSED', entry.refusal);
  return { ...entry.valueRange, text: entry.encode(newValue) };
}

/** The text after edits that do not overlap, given in any order. */
export function applyEditsTo(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((a, b) => a.offset - b.offset);
  const parts = sorted.map((edit, index) => {
    const before = sorted[index - 1];
    return text.slice(before === undefined ? 0 : before.offset + before.length, edit.offset) + edit.text;
  });
  const last = sorted.at(-1);
  return parts.join('') + text.slice(last === undefined ? 0 : last.offset + last.length);
}

/**
 * The entry that a cursor means: the one whose value or key it touches, else the only one that begins on its line.
 * Undefined where there is none or the choice would be a guess.
 */
export function entryAt(text: string, entries: readonly ValueEntry[], offset: number): ValueEntry | undefined {
  const touched = entries.find(({ valueRange, keyRange }) => touches(valueRange, offset) || touches(keyRange, offset));
  if (touched !== undefined) return touched;
  const before = text.slice(0, offset);
  const lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
  const breakAt = text.slice(lineStart).search(/[\r\n]/);
  const lineEnd = breakAt === -1 ? text.length : lineStart + breakAt;
  const onLine = entries.filter(({ valueRange, keyRange }) => {
    const start = (keyRange ?? valueRange).offset;
    return start >= lineStart && start <= lineEnd;
  });
  return onLine.length === 1 ? onLine[0] : undefined;
}

function touches(range: TextRange | undefined, offset: number): boolean {
  return range !== undefined && offset >= range.offset && offset <= range.offset + range.length;
}
