import { KmsExplorerError } from '../../kms/errorCode.ts';
import { changeValues } from './changeValues.ts';
import { openValue } from './file/openValues.ts';
import { readFile, type RuledLeaf } from './file/sopsFile.ts';
import { verified } from './file/unlock.ts';
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

/** A value that is open to be changed. */
export interface EditableValue extends DecryptedValue {
  /**
   * Puts another value in its place, without another call to KMS: only now are the other values opened, for the MAC. Rejects
   * as `changeValues` does, with SOPS_INVALID and SOPS_MAC_MISMATCH.
   */
  readonly change: (value: SopsValue) => Promise<SopsChange>;
}

/**
 * Decrypts the value that stands at an offset of the text. Rejects with NO_VALUE_HERE when none does, SOPS_INVALID
 * when it is not encrypted or not authentic, and SOPS_NO_KEY.
 */
export async function decryptValueAt(text: string, format: SopsFormat, offset: number, tools: Pick<SopsTools, 'keys' | 'crypto'>): Promise<DecryptedValue> {
  const { keyPath, document, value } = await openAt(text, format, offset, tools);
  return { keyPath, document, value };
}

/** The same for a value that is to be changed. */
export async function openValueAt(text: string, format: SopsFormat, offset: number, tools: SopsTools): Promise<EditableValue> {
  const { keyPath, document, value, file, use } = await openAt(text, format, offset, tools);
  return {
    ...{ keyPath, document, value },
    // The other values are opened no sooner than they are needed.
    change: async (changed) => changeValues(verified({ file, use }), [{ document, keyPath, value: changed }], tools),
  };
}

async function openAt(text: string, format: SopsFormat, offset: number, { keys, crypto }: Pick<SopsTools, 'keys' | 'crypto'>) {
  const file = await readFile(text, format);
  const ruled = valueAt(text, file.values, offset);
  if (!ruled.selected || ruled.token === undefined) {
    throw new KmsExplorerError('SOPS_INVALID', `The value on line ${lineOf(text, offset)} is not encrypted by SOPS.`);
  }
  const use = { crypto, dataKey: await unwrapDataKey(file.metadata, keys) };
  return { keyPath: ruled.leaf.keyPath, document: ruled.leaf.document, value: openValue(file, ruled, use), file, use };
}

/**
 * Encrypts the value that stands at an offset of an encrypted file, where it was written by hand. The MAC is made anew.
 * Rejects with NO_VALUE_HERE when no value stands there, SOPS_UNSUPPORTED when the rule of the file does not select it, and
 * as `reseal` does.
 */
export async function encryptValueAt(text: string, format: SopsFormat, offset: number, tools: SopsTools): Promise<SopsChange> {
  const file = await readFile(text, format);
  if (!valueAt(text, file.values, offset).selected) {
    const { name, pattern } = file.metadata.rule;
    throw new KmsExplorerError(
      'SOPS_UNSUPPORTED',
      `The rule of the file (${name}: ${pattern}) does not select the value on line ${lineOf(text, offset)}, so SOPS would take its ciphertext for text. Change the rule first.`,
    );
  }
  return reseal(text, format, tools);
}

function valueAt(text: string, values: readonly RuledLeaf[], offset: number): RuledLeaf {
  const found = values.find(({ leaf: { range } }) => offset >= range.offset && offset <= range.offset + range.length);
  if (found !== undefined) return found;
  throw new KmsExplorerError('NO_VALUE_HERE', `No value stands there on line ${lineOf(text, offset)}.`);
}
