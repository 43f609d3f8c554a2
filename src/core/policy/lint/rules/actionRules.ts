import { appliesToKey, catalogActions } from '../../catalog/catalog.ts';
import type { CatalogAction } from '../../catalog/catalogRows.ts';
import type { TextNode } from '../../parse/policyTree.ts';
import type { Finding } from '../diagnostic.ts';
import { nearest, replaceFix } from '../fixes.ts';
import { principalAccount, type ActionEntry, type LintedPolicy, type StatementView } from '../statementView.ts';

const actionNames = catalogActions.map(({ name }) => `kms:${name}`);

/** Misspelt actions of a statement that get a proposal each; to look for more would take long and help nobody. */
const mostProposals = 20;

/** KMSP017 to KMSP020: actions that do not exist, or that can never do what the statement says. */
export function actionRules(policy: LintedPolicy): readonly Finding[] {
  return policy.statements.flatMap((statement) => [
    ...statement.actionEntries
      .filter(({ actions }) => actions.length === 0)
      .map(({ value }, index) => unknownFinding(value, index < mostProposals)),
    ...(statement.node.action === undefined ? [] : statement.actionEntries)
      .filter(({ actions }) => actions.length > 0)
      .flatMap((entry) => [
        ...ineffectiveFindings(entry, statement),
        ...keyFindings(entry, policy),
        ...crossAccountFindings(entry, statement, policy),
      ]),
  ]);
}

function unknownFinding(value: TextNode, proposes: boolean): Finding {
  const { text } = value;
  const isOfKms = /^kms:/i.test(text);
  const isOfOther = !isOfKms && text.includes(':');
  const proposal = proposes ? spellingFix(value, isOfKms || isOfOther ? text : `kms:${text}`) : {};
  return { code: 'KMSP017', span: value, message: unknownMessage(text, isOfKms, isOfOther), ...proposal };
}

function unknownMessage(text: string, isOfKms: boolean, isOfOther: boolean): string {
  if (isOfOther) return 'This is no action of KMS, so it has no effect in a key policy.';
  if (!isOfKms) return 'An action is written with its service, as in kms:Decrypt.';
  return /[*?]/.test(text) ? 'No action of KMS fits this pattern.' : 'KMS has no action of this name.';
}

function spellingFix(span: TextNode, text: string): Pick<Finding, 'fix'> {
  const found = nearest(text, actionNames);
  return found === undefined ? {} : { fix: replaceFix(`Change to ${found}`, span, `"${found}"`) };
}

/** Speaks up when nothing that the entry stands for can take effect; a wildcard may stand for some that cannot. */
function ineffectiveFindings({ value, actions }: ActionEntry, { effect }: StatementView): readonly Finding[] {
  const isIdle = ({ keyPolicy }: CatalogAction) => keyPolicy === 'iamOnly' || (keyPolicy === 'denyOnly' && effect === 'Allow');
  if (!actions.every(isIdle)) return [];
  const message = actions.every(({ keyPolicy }) => keyPolicy === 'denyOnly')
    ? 'A key policy cannot allow kms:RetireGrant: the grant itself says who may retire it.'
    : 'This action works on no key, so only IAM policies can allow or deny it.';
  return [{ code: 'KMSP018', span: value, message }];
}

function keyFindings({ value, actions }: ActionEntry, { facts: { key } }: LintedPolicy): readonly Finding[] {
  const effective = actions.filter(({ keyPolicy }) => keyPolicy !== 'iamOnly');
  if (key === undefined || effective.length === 0 || effective.some((action) => appliesToKey(action, key))) return [];
  const kind = [key.spec, key.usage, key.origin].filter((each) => each !== undefined).join(', ');
  return [{ code: 'KMSP019', span: value, message: `This action can never be used on this key (${kind}).` }];
}

function crossAccountFindings({ value, actions }: ActionEntry, { effect, principals }: StatementView, { facts: { key } }: LintedPolicy): readonly Finding[] {
  if (key === undefined || effect !== 'Allow' || principals.length === 0) return [];
  const isForeign = principals.every((principal) => {
    const account = principalAccount(principal);
    return account !== undefined && account !== key.account;
  });
  const effective = actions.filter(({ keyPolicy }) => keyPolicy === 'effective');
  if (!isForeign || effective.length === 0 || effective.some(({ crossAccount }) => crossAccount)) return [];
  return [{ code: 'KMSP020', span: value, message: 'This action does not work on a key of another account, so these principals cannot use it.' }];
}
