import { parsePolicy } from '../parse/parsePolicy.ts';
import type { Diagnostic, Finding, LintFacts } from './diagnostic.ts';
import { lintCodes } from './lintCodes.ts';
import { accountRules } from './rules/accountRules.ts';
import { actionRules } from './rules/actionRules.ts';
import { conditionKeyRules } from './rules/conditionKeyRules.ts';
import { conditionValueRules } from './rules/conditionValueRules.ts';
import { principalRules } from './rules/principalRules.ts';
import { privilegeRules } from './rules/privilegeRules.ts';
import { publicAccessRules } from './rules/publicAccessRules.ts';
import { structureRules } from './rules/structureRules.ts';
import { textRules } from './rules/textRules.ts';
import { tidinessRules } from './rules/tidinessRules.ts';
import { viewPolicy, type LintedPolicy } from './statementView.ts';

const rules: readonly ((policy: LintedPolicy) => readonly Finding[])[] = [
  textRules,
  structureRules,
  principalRules,
  publicAccessRules,
  actionRules,
  conditionKeyRules,
  conditionValueRules,
  accountRules,
  privilegeRules,
  tidinessRules,
];

/**
 * What is to be said about the text of a key policy, in the order of the text. It works on half-typed text too: there
 * the rules about what is missing wait until the text is JSON. Never throws.
 */
export function lintPolicy(text: string, facts: LintFacts = {}): readonly Diagnostic[] {
  const policy = viewPolicy(parsePolicy(text), facts);
  return rules
    .flatMap((rule) => rule(policy))
    .map(({ code, span, message, severity, fix }) => ({
      code,
      severity: severity ?? lintCodes[code].severity,
      offset: span.offset,
      length: span.length,
      message,
      link: lintCodes[code].link,
      fix,
    }))
    .sort((one, other) => one.offset - other.offset || (one.code < other.code ? -1 : 1));
}
