import { KmsExplorerError } from '../../../kms/errorCode.ts';
import { compileGoRegex } from './goRegex.ts';

/** The rules that say which values of a file are encrypted (getsops/sops, sops.go, shouldBeEncrypted). One per file. */
export const ruleNames = [
  'unencrypted_suffix',
  'encrypted_suffix',
  'unencrypted_regex',
  'encrypted_regex',
  'unencrypted_comment_regex',
  'encrypted_comment_regex',
] as const;

export type RuleName = (typeof ruleNames)[number];

export interface SelectionRule {
  readonly name: RuleName;
  readonly pattern: string;
}

/** What a file without a rule has. */
export const defaultRule: SelectionRule = { name: 'unencrypted_suffix', pattern: '_unencrypted' };

/** Whether a value is encrypted, from the keys of the maps around it and the comments that stand over it. */
export type Selector = (path: readonly string[], comments: readonly string[]) => boolean;

export function isCommentRule({ name }: SelectionRule): boolean {
  return name === 'unencrypted_comment_regex' || name === 'encrypted_comment_regex';
}

/** The rule that a set of named patterns holds. Throws SOPS_INVALID when there are two, as SOPS does. */
export function ruleFrom(patterns: Readonly<Partial<Record<RuleName, string>>>, place: string): SelectionRule | undefined {
  const rules = ruleNames.flatMap((name) => {
    const pattern = patterns[name] ?? '';
    return pattern === '' ? [] : [{ name, pattern }];
  });
  const [first, second] = rules;
  if (first !== undefined && second !== undefined) {
    throw new KmsExplorerError('SOPS_INVALID', `${place} has both ${first.name} and ${second.name}. SOPS takes one of them. Remove the other.`);
  }
  return first;
}

/**
 * The function that a rule stands for. A regular expression that Go cannot compile matches nothing, as in SOPS;
 * `requireValidRule` refuses it where something is to be written.
 */
export async function selectorFor({ name, pattern }: SelectionRule): Promise<Selector> {
  if (name === 'unencrypted_suffix') return (path) => !path.some((key) => key.endsWith(pattern));
  if (name === 'encrypted_suffix') return (path) => path.some((key) => key.endsWith(pattern));
  const matches = (await compileGoRegex(pattern)) ?? (() => false);
  switch (name) {
    case 'unencrypted_regex':
      return (path) => !path.some(matches);
    case 'encrypted_regex':
      return (path) => path.some(matches);
    case 'unencrypted_comment_regex':
      return (_path, comments) => !comments.some(matches);
    case 'encrypted_comment_regex':
      return (_path, comments) => comments.some(matches);
  }
}

/** Throws SOPS_INVALID when the rule's expression is none that Go compiles: SOPS would then encrypt nothing, or everything. */
export async function requireValidRule({ name, pattern }: SelectionRule): Promise<void> {
  if (name.endsWith('_suffix') || (await compileGoRegex(pattern)) !== undefined) return;
  throw new KmsExplorerError('SOPS_INVALID', `The ${name} of the file is no regular expression in the syntax of Go (RE2). Correct it first.`);
}
