import { replaceValue } from '../../../core/secrets/transform.ts';
import { announceDecrypted } from '../../shared/secrets/announce.ts';
import { applyEdits, assertWritable } from '../../shared/secrets/applyEdits.ts';
import { decryptAll } from '../../shared/secrets/decryptAll.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import type { LocatedValue, SecretFile } from './secretFile.ts';
import { tokenIn } from './tokenIn.ts';

/** Replaces encrypted values by their texts, in one undo step; all of them or none. */
export async function decryptValues(parts: SecretParts, file: SecretFile, values: readonly LocatedValue[]): Promise<void> {
  const { document, version } = file;
  const items = values.map((value) => tokenIn(file, value));
  await assertWritable(document);
  const decrypted = await decryptAll(parts, items, document.uri);
  const edits = values.map(({ entry }, index) => replaceValue(entry, decrypted[index]?.text ?? entry.value));
  await applyEdits(document, version, edits);
  announceDecrypted(edits.length);
}
