import assert from 'node:assert/strict';
import { toBase64 } from '../../../../src/core/secrets/base64.ts';
import type { Codec, ValueEntry } from '../../../../src/core/secrets/codec.ts';
import { applyEditsTo, replaceValue } from '../../../../src/core/secrets/transform.ts';
import { sampleCiphertext } from '../sampleCiphertext.ts';

const token = toBase64(sampleCiphertext(2, 20));

/** One value in a file: what the codec must read, and what the file must be after an encryption and a decryption. */
export interface CodecCase {
  readonly text: string;
  readonly path: string;
  readonly value: string;
  /** The file with TOKEN where the ciphertext stands; missing when the value must be refused. */
  readonly encrypted?: string;
  /** The file after decrypting; the text as it was unless it says otherwise. */
  readonly decrypted?: string;
  readonly refusal?: RegExp;
}

/** Holds a codec to one case, in both directions. */
export function checkCase(codec: Codec, { text, path, value, encrypted, decrypted = text, refusal }: CodecCase): void {
  const entry = entryNamed(codec, text, path);
  assert.equal(entry.value, value);
  if (encrypted === undefined) {
    assert.match(entry.refusal ?? '', refusal ?? /./);
    assert.throws(() => replaceValue(entry, token), { code: 'EDIT_REFUSED' });
    return;
  }
  const withToken = applyEditsTo(text, [replaceValue(entry, token)]);
  assert.equal(withToken, encrypted.replace('TOKEN', token));
  const tokenEntry = entryNamed(codec, withToken, path);
  assert.equal(tokenEntry.value, token);
  assert.equal(applyEditsTo(withToken, [replaceValue(tokenEntry, value)]), decrypted);
}

/**
 * Holds a codec to the property that matters: writing any value over an entry changes no other byte, and reading the
 * file again gives that value there and the old ones elsewhere. Values the format cannot hold must be refused.
 */
export function checkReplacement(codec: Codec, text: string, index: number, newValue: string): void {
  const before = codec.parse(text);
  const entry = before[index % before.length]!;
  const written = tryEncode(entry, newValue);
  if (written === undefined) return;
  const after = applyEditsTo(text, [{ ...entry.valueRange, text: written }]);
  const end = entry.valueRange.offset + entry.valueRange.length;
  assert.equal(after.slice(0, entry.valueRange.offset), text.slice(0, entry.valueRange.offset));
  assert.equal(after.slice(entry.valueRange.offset + written.length), text.slice(end));
  const expected = before.map((each) => [each.keyPath, each === entry ? newValue : each.value]);
  assert.deepEqual(
    codec.parse(after).map((each) => [each.keyPath, each.value]),
    expected,
    `wrote ${JSON.stringify(written)} into ${JSON.stringify(text)}`,
  );
}

function tryEncode(entry: ValueEntry, newValue: string): string | undefined {
  try {
    return entry.encode(newValue);
  } catch (error) {
    assert.equal((error as { code?: string }).code, 'EDIT_REFUSED');
    return undefined;
  }
}

function entryNamed(codec: Codec, text: string, path: string): ValueEntry {
  const entries = codec.parse(text);
  const entry = entries.find(({ keyPath }) => keyPath.join('.') === path);
  assert.ok(entry, `no entry ${path} among ${entries.map(({ keyPath }) => keyPath.join('.')).join(', ')}`);
  return entry;
}
