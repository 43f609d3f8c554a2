import { KmsExplorerError } from '../../kms/errorCode.ts';
import { editValues, type NewValue } from './editValues.ts';
import { openValue } from './file/openValues.ts';
import { readFile, type RuledLeaf } from './file/sopsFile.ts';
import { unwrapDataKey } from './keys/dataKey.ts';
import { lineOf } from './document/sopsDocument.ts';
import type { SopsFormat } from './sopsFormat.ts';
import type { SopsTools } from './sopsPorts.ts';
import type { SopsChange } from './file/writeChange.ts';
import { reseal } from './reseal.ts';
import type { SopsValue } from './values/sopsValue.ts';

/** A value that was decrypted on its own. The MAC is not looked at: the value is authentic by itself, the file may not be. */
export interface DecryptedValue {
  readonly keyPath: readonly (string | number)[];
  readonly document: number;
  readonly value: SopsValue;
}

/**
 * Decrypts the value that stands at an offset of the text. Rejects with NO_VALUE_HERE when none does, SOPS_INVALID
 * when it is not encrypted or not authentic, and SOPS_NO_KEY.
 */
export async function decryptValueAt(
  text: string,
  format: SopsFormat,
  offset: number,
  { keys, crypto }: Pick<SopsTools, 'keys' | 'crypto'>,
): Promise<DecryptedValue> {
  const file = await readFile(text, format);
  const ruled = valueAt(text, file.values, offset);
  if (!ruled.selected || ruled.token === undefined) {
    throw new KmsExplorerError('SOPS_INVALID', `The value on line ${lineOf(text, offset)} is not encrypted by SOPS.`);
  }
  const value = openValue(file, ruled, { crypto, dataKey: await unwrapDataKey(file.metadata, keys) });
  return { keyPath: ruled.leaf.keyPath, document: ruled.leaf.document, value };
}

/**
 * Encrypts a value in an encrypted file: the one that stands at an offset gets `value`, or, without one, becomes
 * encrypted as it was written by hand. The MAC is made anew. Rejects with NO_VALUE_HERE when no value stands there,
 * SOPS_UNSUPPORTED when the rule of the file does not select it, and as `editValues` and `reseal` do.
 */
export async function encryptValueAt(
  text: string,
  format: SopsFormat,
  offset: number,
  value: SopsValue | undefined,
  tools: SopsTools,
): Promise<SopsChange> {
  const file = await readFile(text, format);
  const { leaf, selected } = valueAt(text, file.values, offset);
  if (!selected) {
    const { name, pattern } = file.metadata.rule;
    throw new KmsExplorerError(
      'SOPS_UNSUPPORTED',
      `The rule of the file (${name}: ${pattern}) does not select the value on line ${lineOf(text, offset)}, so SOPS would take its ciphertext for text. Change the rule first.`,
    );
  }
  if (value === undefined) return reseal(text, format, tools);
  const change: NewValue = { document: leaf.document, keyPath: leaf.keyPath, value };
  return editValues(text, format, [change], tools);
}

function valueAt(text: string, values: readonly RuledLeaf[], offset: number): RuledLeaf {
  const found = values.find(({ leaf: { range } }) => offset >= range.offset && offset <= range.offset + range.length);
  if (found !== undefined) return found;
  throw new KmsExplorerError('NO_VALUE_HERE', `No value stands there on line ${lineOf(text, offset)}.`);
}
