import type { PrincipalFault } from '../../matching/principalFormat.ts';
import { principalEntries, principalFormat } from '../../matching/principalFormat.ts';
import type { Finding, LintFacts } from '../diagnostic.ts';
import { replaceFix } from '../fixes.ts';
import type { LintedPolicy, PrincipalView, StatementView } from '../statementView.ts';

const faultMessages: Readonly<Record<PrincipalFault, string>> = {
  unknownType: 'A principal of a key policy is of type AWS, Service or Federated.',
  accountDigits: 'An account number has twelve digits.',
  group: 'An IAM group is no principal. Name its users, or the role they take.',
  wildcard: 'A principal is "*" alone or has no wildcard. Use the condition key aws:PrincipalArn for patterns.',
  malformed: 'This names no principal: an account, or the ARN of a user, a role or a session, or the name of a service.',
};

/** KMSP010 to KMSP012: principals that are none, that do not exist, or that the console does not take. */
export function principalRules({ statements, facts }: LintedPolicy): readonly Finding[] {
  return statements.flatMap((statement) => [
    ...views(statement).flatMap((principal) => principalFindings(principal, facts)),
    ...typeFindings(statement),
    ...starFindings(statement),
  ]);
}

/** Those of NotPrincipal have to exist as well. */
function views({ principals, node }: StatementView): readonly PrincipalView[] {
  const excepted = node.notPrincipal === undefined ? [] : principalEntries(node.notPrincipal);
  return [
    ...principals,
    ...excepted.map(({ type, value }) => ({ type, value, format: principalFormat(type?.text ?? 'AWS', value.text) })),
  ];
}

/** A type that holds nothing yet is named by itself. */
function typeFindings({ node }: StatementView): readonly Finding[] {
  const groups = [...(node.principal?.groups ?? []), ...(node.notPrincipal?.groups ?? [])];
  return groups
    .filter(({ name, items }) => items.length === 0 && !['AWS', 'Service', 'Federated'].includes(name.text))
    .map(({ name }) => ({ code: 'KMSP010', span: name, message: faultMessages.unknownType }));
}

function principalFindings({ type, value, format }: PrincipalView, { principalExists }: LintFacts): readonly Finding[] {
  if ('fault' in format) {
    const span = format.fault === 'unknownType' ? (type ?? value) : value;
    return [{ code: 'KMSP010', span, message: faultMessages[format.fault] }];
  }
  if (format.kind === 'uniqueId') {
    return [{ code: 'KMSP011', span: value, message: 'This is what is left of a user or role that was deleted. One of the same name made anew does not get its access back.' }];
  }
  const exists = format.kind === 'everyone' ? true : principalExists?.(type?.text ?? 'AWS', value.text);
  if (exists !== false) return [];
  return [{ code: 'KMSP011', span: value, message: 'This principal does not exist, or cannot be seen from here. KMS refuses the policy.' }];
}

function starFindings({ node }: StatementView): readonly Finding[] {
  const text = node.principal?.text;
  if (text?.text !== '*') return [];
  const fix = replaceFix('Use {"AWS": "*"}', text, '{ "AWS": "*" }');
  return [{ code: 'KMSP012', span: text, message: 'KMS accepts this form, but the AWS console does not. {"AWS": "*"} means the same.', fix }];
}
