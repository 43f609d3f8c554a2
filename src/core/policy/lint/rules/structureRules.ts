import { compileResources, matchesResource } from '../../matching/resources.ts';
import { principalEntries } from '../../matching/principalFormat.ts';
import type { Span, StatementNode } from '../../parse/policyTree.ts';
import type { Finding } from '../diagnostic.ts';
import { addBeforeFix, addMemberFix, replaceFix } from '../fixes.ts';
import type { LintedPolicy, StatementView } from '../statementView.ts';

const version = '2012-10-17';
const oldVersion = '2008-10-17';

/** KMSP004 to KMSP009: the elements of the policy and its statements. */
export function structureRules(policy: LintedPolicy): readonly Finding[] {
  return [
    ...versionFindings(policy),
    ...statementListFindings(policy),
    ...policy.statements.flatMap((statement) => [
      ...effectFindings(statement, policy),
      ...pairFindings(statement.node),
      ...(policy.isWhole ? missingFindings(statement.node, policy.tree.text) : []),
      ...resourceFindings(statement, policy),
    ]),
  ];
}

/** Marks the opening brace of a statement, which stands for what is not there. */
function opening({ offset }: Span): Span {
  return { offset, length: 1 };
}

function versionFindings({ tree, isWhole }: LintedPolicy): readonly Finding[] {
  const content = tree.version?.content;
  const usesVariables = tree.text.includes('${');
  const title = `Use Version ${version}`;
  if (content !== undefined) {
    const fix = replaceFix(title, content, `"${version}"`);
    if (content.text === oldVersion && usesVariables) {
      return [{ code: 'KMSP009', span: content, severity: 'warning', message: `In Version ${oldVersion} "\${" is plain text and no policy variable.`, fix }];
    }
    if (content.text === version || content.text === oldVersion) return [];
    return [{ code: 'KMSP009', span: content, message: `Version is "${version}", or "${oldVersion}" for old policies.`, fix }];
  }
  const first = tree.id ?? tree.statement;
  if (tree.version !== undefined || first === undefined || !isWhole) return [];
  const message = usesVariables
    ? 'Without a Version "${" is plain text and no policy variable.'
    : 'Without a Version the policy is read by the rules of 2008, which know no policy variables.';
  const fix = addBeforeFix(title, tree.text, first, `"Version": "${version}"`);
  return [{ code: 'KMSP009', span: opening({ offset: tree.text.indexOf('{'), length: 1 }), severity: 'warning', message, fix }];
}

function statementListFindings({ tree, isWhole }: LintedPolicy): readonly Finding[] {
  if (!isWhole || tree.statements.length > 0) return [];
  const span = tree.statement?.value ?? { offset: Math.max(0, tree.text.indexOf('{')), length: Math.min(1, tree.length) };
  return [{ code: 'KMSP004', span, message: 'The policy has no Statement, so it allows nothing.' }];
}

function effectFindings({ node, effect }: StatementView, { isWhole }: LintedPolicy): readonly Finding[] {
  if (effect !== undefined) return [];
  if (node.effect !== undefined) {
    return [{ code: 'KMSP004', span: node.effect.content ?? node.effect.name, message: 'Effect is "Allow" or "Deny", written like this.' }];
  }
  return isWhole ? [{ code: 'KMSP004', span: opening(node), message: 'The statement needs an Effect: "Allow" or "Deny".' }] : [];
}

function pairFindings(node: StatementNode): readonly Finding[] {
  const pairs = [
    [node.principal, node.notPrincipal],
    [node.action, node.notAction],
    [node.resource, node.notResource],
  ] as const;
  return pairs.flatMap(([one, other]): Finding[] => {
    if (one === undefined || other === undefined) return [];
    return [{ code: 'KMSP007', span: other.name, message: `A statement has either ${one.name.text} or ${other.name.text}, not both.` }];
  });
}

function missingFindings(node: StatementNode, text: string): readonly Finding[] {
  const findings: Finding[] = [];
  const principal = node.principal ?? node.notPrincipal;
  if (principal === undefined || principalEntries(principal).length === 0) {
    const span = principal?.name ?? opening(node);
    findings.push({ code: 'KMSP005', span, message: 'The statement names no principal. KMS refuses the policy.' });
  }
  if ((node.resource ?? node.notResource) === undefined) {
    const fix = addMemberFix('Add "Resource": "*"', text, node, '"Resource": "*"');
    const message = 'KMS accepts a statement without Resource, but it has no effect. "*" stands for this key.';
    findings.push({ code: 'KMSP006', span: opening(node), message, ...(fix === undefined ? {} : { fix }) });
  }
  if ((node.action ?? node.notAction) === undefined) {
    const message = 'KMS accepts a statement without Action, but it has no effect.';
    findings.push({ code: 'KMSP006', span: opening(node), message });
  }
  return findings;
}

const keyArn = /^arn:[^:]*:kms:[^:]*:[^:]*:key\/./;

/** In a key policy `*` is the key that has it, and every other resource is another one. */
function resourceFindings({ node }: StatementView, { facts, tree }: LintedPolicy): readonly Finding[] {
  const hasVariables = tree.version?.content?.text === version;
  return (node.resource?.items ?? []).flatMap((item): Finding[] => {
    const { text } = item;
    if (text === '*' || text.includes('${')) return [];
    const fits = facts.key === undefined ? keyArn.test(text) : matchesResource(compileResources([text], false, hasVariables), facts.key.arn, new Map());
    if (fits) return [];
    return [{ code: 'KMSP008', span: item, message: 'This is not the key that has the policy, so the statement never matches. "*" stands for this key.' }];
  });
}
