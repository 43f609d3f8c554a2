import { KmsExplorerError } from '../../../kms/errorCode.ts';
import { lineOf, placeOf, type Obstacle, type SopsComment, type SopsDocument, type SopsLeaf } from '../document/sopsDocument.ts';
import { readMetadata, type SopsMetadata } from '../metadata/sopsMetadata.ts';
import { isCommentRule, requireValidRule, selectorFor, type SelectionRule } from '../selection/selectionRule.ts';
import { readSopsDocument, type SopsFormat } from '../sopsFormat.ts';
import { isEmptyValue } from '../values/sopsValue.ts';
import { parseValueToken, type ValueToken } from '../values/valueToken.ts';

/** A value of a file and what the rule of the file says about it. */
export interface RuledLeaf {
  readonly leaf: SopsLeaf;
  /** Whether SOPS encrypts it. Empty values are selected, too, but have no token. */
  readonly selected: boolean;
  readonly token: ValueToken | undefined;
}

/** An encrypted file, before anything is decrypted. */
export interface SopsFile {
  readonly format: SopsFormat;
  readonly document: SopsDocument;
  readonly metadata: SopsMetadata;
  /** In the order of the file, without the comments that SOPS made list items of. */
  readonly values: readonly RuledLeaf[];
  /** Comments that are encrypted, in the place of a comment. */
  readonly comments: readonly (SopsComment & { readonly token: ValueToken })[];
  /** Comments of YAML sequences that SOPS wrote as encrypted list items. */
  readonly itemComments: readonly (RuledLeaf & { readonly token: ValueToken })[];
}

/** Reads an encrypted file. A file that was read `before` spares work where the texts are alike. Throws SOPS_INVALID when it has no `sops` part or a damaged one. */
export async function readFile(text: string, format: SopsFormat, before?: Pick<SopsFile, 'document' | 'values'>): Promise<SopsFile> {
  const document = await readSopsDocument(text, format, {}, before?.document);
  if (document.metadata === undefined) {
    throw new KmsExplorerError('SOPS_INVALID', 'The file is not encrypted by SOPS: it has no sops metadata.');
  }
  const metadata = readMetadata(document.metadata);
  const ruled = await applyRule(document, metadata.rule, true, before?.values);
  const isItemComment = ({ leaf, selected, token }: RuledLeaf) =>
    format === 'yaml' && selected && token?.type === 'comment' && typeof leaf.keyPath.at(-1) === 'number';
  return {
    format,
    document,
    metadata,
    values: ruled.filter((each) => !isItemComment(each)),
    itemComments: ruled.filter(isItemComment).flatMap((each) => (each.token === undefined ? [] : [{ ...each, token: each.token }])),
    comments: document.comments.flatMap((comment) => {
      const token = parseValueToken(comment.text);
      return token?.type === 'comment' ? [{ ...comment, token }] : [];
    }),
  };
}

/**
 * Every value with what a rule says about it. Under a rule about comments an encrypted file itself tells what is
 * selected, since SOPS encrypts nothing else: a token is selected wherever its comment stands. Values of a file that was read
 * `before` keep their tokens.
 */
export async function applyRule(document: SopsDocument, rule: SelectionRule, isEncrypted: boolean, before: readonly RuledLeaf[] = []): Promise<readonly RuledLeaf[]> {
  const select = await selectorFor(rule);
  return document.leaves.map((leaf, index) => {
    const known = before[index]?.leaf.value === leaf.value ? before[index] : undefined;
    const token = known !== undefined ? known.token : leaf.value.type === 'str' ? parseValueToken(leaf.value.text) : undefined;
    const byRule = select(leaf.path, leaf.comments);
    return { leaf, token, selected: byRule || (isEncrypted && isCommentRule(rule) && token !== undefined) };
  });
}

/**
 * Refuses what SOPS could not read back if the file were written under a rule: an expression that does not compile, a
 * comment that the rule looks at but whose item is not certain, and what the format of the file has of its own.
 */
export async function requireWritable(document: SopsDocument, rule: SelectionRule): Promise<void> {
  await requireValidRule(rule);
  const [obstacle] = [...document.obstacles, ...(await doubtfulComments(document, rule))];
  if (obstacle === undefined) return;
  throw new KmsExplorerError('SOPS_UNSUPPORTED', `The file cannot be encrypted because of line ${lineOf(document.text, obstacle.offset)}: ${obstacle.problem}.`);
}

async function doubtfulComments({ unplacedComments }: SopsDocument, rule: SelectionRule): Promise<readonly Obstacle[]> {
  if (!isCommentRule(rule)) return [];
  const select = await selectorFor(rule);
  return unplacedComments
    .filter(({ text }) => select([], [text]) !== select([], []))
    .map(({ range }) => ({
      offset: range.offset,
      problem: `it is not certain which value the comment is about, and the ${rule.name} of the file looks at it. Put it on a line of its own right above the key, in the same column`,
    }));
}

/** Whether a value must be a token, and is none: it was written by hand, and SOPS refuses the whole file. */
export function isPlaintextByMistake({ leaf, selected, token }: RuledLeaf): boolean {
  return selected && token === undefined && !isEmptyValue(leaf.value);
}

/** Throws the reason when a value must not be written. */
export function requireEditable(document: SopsDocument, leaf: SopsLeaf): void {
  if (leaf.refusal === undefined) return;
  throw new KmsExplorerError('SOPS_UNSUPPORTED', `SOPS cannot keep ${placeOf(document.text, leaf)}: ${leaf.refusal}`);
}
