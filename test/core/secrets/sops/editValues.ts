import { changeValues, type NewValue } from '../../../../src/core/secrets/sops/changeValues.ts';
import { unlockVerified } from '../../../../src/core/secrets/sops/file/unlock.ts';
import type { SopsChange } from '../../../../src/core/secrets/sops/file/writeChange.ts';
import type { SopsFormat } from '../../../../src/core/secrets/sops/sopsFormat.ts';
import type { SopsTools } from '../../../../src/core/secrets/sops/sopsPorts.ts';

/** Opens an encrypted file and replaces values of it. */
export async function editValues(text: string, format: SopsFormat, newValues: readonly NewValue[], tools: SopsTools): Promise<SopsChange> {
  return changeValues(await unlockVerified(text, format, tools), newValues, tools);
}
