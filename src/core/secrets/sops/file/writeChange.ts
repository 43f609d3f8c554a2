import { KmsExplorerError } from '../../../kms/errorCode.ts';
import type { Edit } from '../../codec.ts';
import { applyEditsTo } from '../../transform.ts';
import { sopsTime } from '../keys/dataKey.ts';
import type { SopsMetadata } from '../metadata/sopsMetadata.ts';
import { writeMetadata } from '../metadata/writeMetadata.ts';
import { computeMac, sealMac } from '../values/mac.ts';
import type { SopsFormat } from '../sopsFormat.ts';
import type { DataKeyUse } from '../values/sealing.ts';
import { sameValue, type SopsValue } from '../values/sopsValue.ts';
import { openValues, requireMac, type OpenedLeaf } from './openValues.ts';
import { readFile, type SopsFile } from './sopsFile.ts';

/** What an operation makes of a text: the edits, in no order, and the text after them. */
export interface SopsChange {
  readonly edits: readonly Edit[];
  readonly text: string;
}

/** What a file is to hold. */
export interface ExpectedValue {
  readonly value: SopsValue;
  readonly selected: boolean;
}

/** The metadata with the MAC of the values and the time of the change. */
export function sealMetadata(metadata: SopsMetadata, values: readonly ExpectedValue[], use: DataKeyUse, now: Date, iv?: Uint8Array): SopsMetadata {
  const lastModified = sopsTime(now);
  const mac = sealMac(use, computeMac(use, values, metadata.macOnlyEncrypted), lastModified, iv);
  return { ...metadata, lastModified, mac };
}

/**
 * The change that value edits and new metadata make, after it was read back: the new text is parsed as SOPS parses
 * it, every value decrypted and the MAC checked. `known` has the values that were decrypted with the same data key before
 * the change: those that keep token and place are not decrypted again. Throws EDIT_REFUSED when it would not hold what it should; then
 * nothing is to be written.
 */
export async function verifiedChange(
  { document, format }: Pick<SopsFile, 'document' | 'format'>,
  valueEdits: readonly Edit[],
  metadata: SopsMetadata,
  expected: readonly ExpectedValue[],
  use: DataKeyUse,
  known: readonly OpenedLeaf[] = [],
): Promise<SopsChange> {
  const edits = [...valueEdits, ...document.writeMetadata(writeMetadata(metadata))];
  const text = applyEditsTo(document.text, edits);
  try {
    const file = await readFile(text, format, { document, values: known });
    const values = openValues(file, use, known);
    requireMac(file, values, use);
    if (!holds(values, expected, format)) throw new Error('The values differ.');
  } catch (error) {
    throw unreadable(error);
  }
  return { edits, text };
}

type Held = readonly { readonly value: SopsValue }[];

export function holds(values: Held, expected: Held, format: SopsFormat): boolean {
  return values.length === expected.length && expected.every(({ value }, index) => sameValue(value, values[index]?.value ?? { type: 'null', text: '-' }, format));
}

export function unreadable(cause: unknown): KmsExplorerError {
  const reason = cause instanceof KmsExplorerError ? ` ${cause.message}` : '';
  return new KmsExplorerError('EDIT_REFUSED', `What would be written does not read back as it should, so the file is left as it is.${reason}`, { cause });
}
