import type { Edit } from '../../codec.ts';
import { KmsExplorerError } from '../../../kms/errorCode.ts';
import { lineOf, type SopsComment, type SopsDocument } from '../document/sopsDocument.ts';
import { oneLine, openComment, openItemComment } from '../file/openComments.ts';
import { readFile, type SopsFile } from '../file/sopsFile.ts';
import { isCommentRule, selectorFor, type SelectionRule } from '../selection/selectionRule.ts';
import type { SopsFormat } from '../sopsFormat.ts';
import { additionalDataOf, sealText, type DataKeyUse } from '../values/sealing.ts';
import { parseValueToken } from '../values/valueToken.ts';

/**
 * Whether the encrypted comments of a file are shown for editing. Those of INI files are parts of longer ones to the
 * program, and where a rule looks at comments they say what is encrypted: both stay as they are.
 */
export function showsComments(format: SopsFormat, rule: SelectionRule): boolean {
  return (format === 'yaml' || format === 'dotenv') && !isCommentRule(rule);
}

/**
 * Encrypts the comments of an edited document that stand in the clear, in the places of a file whose comments SOPS has
 * encrypted: all that were not in the clear before, in the collections that the rule selects. One that is the same as before
 * keeps its ciphertext. Nothing is encrypted in a file without encrypted comments, in which SOPS reads them as they are.
 * Rejects with SOPS_UNSUPPORTED for a new comment in a list: SOPS 3.13.2 cannot read a file with an encrypted one (getsops/sops,
 * issue 2243), and in the clear it might tell what is secret.
 */
export async function sealComments(document: SopsDocument, stored: SopsFile, use: DataKeyUse): Promise<readonly Edit[]> {
  const { rule } = stored.metadata;
  if (stored.comments.length + stored.itemComments.length === 0 || !showsComments(stored.format, rule)) return [];
  const clear = stored.document.comments.map(({ text }) => text);
  const before = new Map(stored.comments.flatMap((comment) => {
    const opened = openComment(stored, comment, use);
    return opened === undefined ? [] : [[`${additionalDataOf(opened.path)}${oneLine(opened.text)}`, comment.text] as const];
  }));
  const select = await selectorFor(rule);
  return document.comments.flatMap((comment): readonly Edit[] => {
    const { text, range } = comment;
    if (text.trim() === '' || parseValueToken(text) !== undefined) return [];
    const at = clear.indexOf(text);
    if (at !== -1) {
      clear.splice(at, 1);
      return [];
    }
    const path = comment.around ?? nearestCollection(document, comment);
    if (!select(path, [])) return [];
    const additionalData = additionalDataOf(path);
    if (comment.inList && stored.itemComments.length === 0) throw commentInList(document, comment);
    return [{ ...range, text: before.get(`${additionalData}${text}`) ?? sealText(use, text, 'comment', additionalData) }];
  });
}

function commentInList({ text }: SopsDocument, { range }: SopsComment): KmsExplorerError {
  const place = `The comment on line ${lineOf(text, range.offset)} stands in a list, and a release of SOPS cannot read a file with an encrypted comment there.`;
  return new KmsExplorerError('SOPS_UNSUPPORTED', `${place} Put it over the list, or behind a key.`);
}

/** The collection of the value that follows, or of the last one. SOPS takes a comment that does not fit its place for one in the clear. */
function nearestCollection({ leaves }: SopsDocument, { range }: SopsComment): readonly string[] {
  const leaf = leaves.find((each) => each.range.offset > range.offset) ?? leaves.at(-1);
  return leaf?.path.slice(0, -1) ?? [];
}

/** Whether an encrypted text holds the comments that somebody wrote, wherever they stand. */
export async function holdsComments(sealed: string, wanted: SopsDocument, format: SopsFormat, use: DataKeyUse): Promise<boolean> {
  const file = await readFile(sealed, format);
  const opened = new Map(file.comments.map((comment) => [comment.range.offset, openComment(file, comment, use)?.text]));
  const held = [
    ...file.document.comments.map(({ text, range }) => oneLine(opened.get(range.offset) ?? text)),
    ...file.itemComments.map((comment) => oneLine(openItemComment(file, comment, use))),
  ];
  const texts = wanted.comments.map(({ text }) => text);
  return JSON.stringify(held.sort()) === JSON.stringify(texts.sort());
}
