import type { DocumentPosition } from '../../../contributions.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { encryptValues } from '../values/encryptValues.ts';
import { valuesAt } from '../values/valuesAt.ts';

/** Replaces values of a configuration file by their ciphertexts, in one undo step; all of them or none. */
export async function encryptValue(parts: SecretParts, position: DocumentPosition | undefined): Promise<void> {
  const { file, values } = await valuesAt(position);
  await encryptValues(parts, file, values);
}
