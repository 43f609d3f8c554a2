import { KmsExplorerError } from '../../../kms/errorCode.ts';
import type { KeyGroup } from './masterKey.ts';

/** Throws SOPS_UNSUPPORTED when a group has keys of other kinds, under which nothing can be encrypted here. */
export function requireOnlyKms(groups: readonly Pick<KeyGroup, 'others'>[], what: string): void {
  const kinds = [...new Set(groups.flatMap(({ others }) => others.map(({ kind }) => kind)))];
  if (kinds.length === 0) return;
  throw new KmsExplorerError(
    'SOPS_UNSUPPORTED',
    `${what} here: the file is also for keys that are not in AWS KMS (${kinds.join(', ')}). Use sops itself.`,
  );
}
