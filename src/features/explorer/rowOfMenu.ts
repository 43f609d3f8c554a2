import { KmsExplorerError } from '../../core/kms/errorCode.ts';

/**
 * The row that a command was given, and undefined when it was run without one. While VS Code draws the Keys view again it
 * knows none of the rows and hands over undefined for that of a menu. Such a command rejects with INVALID_STATE, for what
 * is selected or picked instead need not be what the user clicked; `message` is for them.
 */
export function rowOfMenu<Row>(given: readonly (Row | undefined)[], message: string): Row | undefined {
  const [row] = given;
  if (given.length > 0 && row === undefined) throw new KmsExplorerError('INVALID_STATE', message);
  return row;
}
