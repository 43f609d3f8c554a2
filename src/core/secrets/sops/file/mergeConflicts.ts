import { KmsExplorerError } from '../../../kms/errorCode.ts';
import type { Edit } from '../../codec.ts';

/** A conflict that a merge left in a text, with the lines of our side. */
const conflict = /^<{7}(?: [^\n]*)?\r?\n([\s\S]*?)(?:^\|{7}[^\n]*\n([\s\S]*?))?^={7}\r?\n([\s\S]*?)^>{7}[^\n]*(?:\n|$)/gm;

/** The lines that differ after every change of a file by SOPS: they say nothing that `reseal` does not make anew. */
const sealLine = /^\s*(?:"|sops_)?(?:lastmodified|mac|version)"?\s*[:=].*$/;

/**
 * Resolves the conflicts of a merge in which both sides differ in `lastmodified`, `mac` and `version` alone, by taking
 * our side; `reseal` then makes them anew. Throws SOPS_INVALID that names the line of the first other conflict, which
 * the user must resolve. No edits when there is no conflict.
 */
export function resolveSealConflicts(text: string): readonly Edit[] {
  return [...text.matchAll(conflict)].map((match): Edit => {
    const [whole, ours = '', base = '', theirs = ''] = match;
    const isSeal = [ours, base, theirs].every((side) => side.split('\n').every((line) => line.trim() === '' || sealLine.test(line)));
    if (isSeal) return { offset: match.index, length: whole.length, text: ours };
    const line = text.slice(0, match.index).split('\n').length;
    throw new KmsExplorerError('SOPS_INVALID', `The merge conflict on line ${line} is about values. Choose between them first, then seal the file again.`);
  });
}
