import { ipRangeOf, isPrivateRange } from '../../conditions/ipRange.ts';
import type { Finding } from '../diagnostic.ts';
import type { ConditionView, LintedPolicy, StatementView } from '../statementView.ts';

/** Condition keys that say who calls or from where, so that fixed values keep the world out. */
const limitingKeys: ReadonlySet<string> = new Set([
  'kms:calleraccount',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
]);

/** KMSP013 to KMSP016: statements for everybody, or for everybody but a few. */
export function publicAccessRules({ statements }: LintedPolicy): readonly Finding[] {
  return statements.flatMap((statement) => [...everyoneFindings(statement), ...notPrincipalFindings(statement)]);
}

function everyoneFindings({ effect, isForEveryone, principals, conditions }: StatementView): readonly Finding[] {
  if (effect !== 'Allow' || !isForEveryone || conditions.some(isLimiting)) return [];
  const span = principals.find(({ value }) => value.text === '*')?.value;
  if (span === undefined) return [];
  if (conditions.length === 0) {
    return [{ code: 'KMSP013', span, message: 'The statement allows everybody in every AWS account. Name principals, or limit them by a condition such as kms:CallerAccount.' }];
  }
  return [{ code: 'KMSP014', span, message: 'The statement is for everybody, and none of its conditions limits who that is to fixed values.' }];
}

/** Whether a condition lets fixed callers or places in only. */
function isLimiting({ operator, keyNode }: ConditionView): boolean {
  const name = keyNode.name.text.toLowerCase();
  if (operator === undefined || operator.row.negated || operator.ifExists || operator.row.family === 'null') return false;
  if (operator.quantifier === 'ForAllValues' || !limitingKeys.has(name) || keyNode.items.length === 0) return false;
  const hasWildcards = operator.row.hasWildcards;
  return keyNode.items.every(({ text }) => {
    if (text.includes('${')) return false;
    if (name === 'aws:sourceip') return isPublicRange(text);
    return !hasWildcards || isFixed(text);
  });
}

/** A pattern is fixed if it has no wildcard, or is an ARN with its account and no wildcard before that. */
function isFixed(text: string): boolean {
  return !/[*?]/.test(text) || /^arn:[^*?:]*:[^*?:]*:[^:]*:\d{12}:/.test(text);
}

/** Addresses of private networks are the same in everybody's network, and those of /0 are all. */
function isPublicRange(text: string): boolean {
  const range = ipRangeOf(text);
  return range !== undefined && range.prefix > 0 && !isPrivateRange(range);
}

function notPrincipalFindings({ effect, node }: StatementView): readonly Finding[] {
  const span = node.notPrincipal?.name;
  if (span === undefined) return [];
  if (effect === 'Allow') {
    return [{ code: 'KMSP015', span, message: 'Allow with NotPrincipal allows everybody else, in every AWS account. Name those who are meant in Principal.' }];
  }
  if (effect !== 'Deny') return [];
  return [{ code: 'KMSP016', span, message: 'Deny with NotPrincipal needs every form of each principal. Deny "*" under ArnNotEquals on aws:PrincipalArn instead.' }];
}
