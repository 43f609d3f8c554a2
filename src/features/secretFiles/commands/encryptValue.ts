import type { DocumentPosition } from '../../../contributions.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { encryptValues } from '../values/encryptValues.ts';
import { placeOf, valuesAt } from '../values/valuesAt.ts';
import { isSopsDocument } from '../sops/sopsDocument.ts';
import { encryptSopsValue } from '../sops/sopsValueCommands.ts';

/** Replaces values of a configuration file by their ciphertexts, in one undo step; all of them or none. In a file of SOPS, one value. */
export async function encryptValue(parts: SecretParts, position: DocumentPosition | undefined): Promise<void> {
  const place = await placeOf(position);
  if (isSopsDocument(place.document)) {
    await encryptSopsValue(parts, place);
    return;
  }
  const { file, values } = await valuesAt(position);
  await encryptValues(parts, file, values);
}

/** Replaces values by messages of the AWS Encryption SDK, whatever their length. */
export async function encryptValueAsMessage(parts: SecretParts, position: DocumentPosition | undefined): Promise<void> {
  const { file, values } = await valuesAt(position);
  await encryptValues(parts, file, values, 'messages');
}
