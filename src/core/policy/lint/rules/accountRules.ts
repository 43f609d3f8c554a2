import { compileTree } from '../../compile/compilePolicy.ts';
import { partitionOf } from '../../../kms/arn.ts';
import { standingContext } from '../../conditions/standingContext.ts';
import type { KeyFacts } from '../../evaluate/request.ts';
import { lockoutFault } from '../../save/lockoutFault.ts';
import type { Finding, LintFacts, QuickFix } from '../diagnostic.ts';
import { addBeforeFix } from '../fixes.ts';
import { isAccount, principalAccount, type LintedPolicy, type StatementView } from '../statementView.ts';

/** KMSP030 to KMSP032 and KMSP035: services, the owning account, and accounts from outside. */
export function accountRules(policy: LintedPolicy): readonly Finding[] {
  return [
    ...policy.statements.flatMap((statement) => [...serviceFindings(statement), ...externalFindings(statement, policy.facts)]),
    ...lockoutFindings(policy),
    ...ownerFindings(policy),
  ];
}

/** Keys that tell on whose behalf a service calls; some services say it in the encryption context. */
const sourceKeys = /^(?:aws:Source(?:Account|Arn|OrgID|OrgPaths)$|kms:EncryptionContext:aws:)/i;

function serviceFindings({ effect, principals, conditions }: StatementView): readonly Finding[] {
  if (effect !== 'Allow' || conditions.some(({ keyNode }) => sourceKeys.test(keyNode.name.text))) return [];
  return principals
    .filter(({ format }) => 'kind' in format && format.kind === 'service')
    .map(({ value }) => ({
      code: 'KMSP030',
      span: value,
      message: 'The service may use the key on behalf of anybody. Add a condition on aws:SourceAccount or aws:SourceArn.',
    }));
}

function externalFindings({ effect, principals }: StatementView, { key, trustedAccounts = [] }: LintFacts): readonly Finding[] {
  if (effect !== 'Allow' || key === undefined) return [];
  return principals.flatMap((principal): Finding[] => {
    const account = principalAccount(principal);
    if (account === undefined || account === key.account || trustedAccounts.includes(account)) return [];
    return [{ code: 'KMSP035', span: principal.value, message: `Account ${account} is not one of the trusted accounts, and gets access to the key.` }];
  });
}

/** Asks the engine, with the key as far as it is known, whether the caller could still change the policy. */
function lockoutFindings({ tree, statements, facts: { key, caller }, isWhole }: LintedPolicy): readonly Finding[] {
  if (key === undefined || caller === undefined || !isWhole || tree.statement === undefined) return [];
  const relevant = statements.filter(({ actions }) => actions.has('PutKeyPolicy')).map(({ node }) => node);
  const policy = compileTree({ ...tree, statements: relevant });
  const facts: KeyFacts = {
    arn: key.arn,
    account: key.account,
    policy,
    spec: key.spec ?? 'SYMMETRIC_DEFAULT',
    usage: key.usage ?? 'ENCRYPT_DECRYPT',
    origin: key.origin ?? 'AWS_KMS',
    manager: 'CUSTOMER',
    aliases: [],
    tags: {},
  };
  const context = standingContext('PutKeyPolicy', caller, facts);
  const fault = lockoutFault(policy, { operation: 'PutKeyPolicy', caller, key: facts, context, assume: 'favourable' });
  if (fault === undefined) return [];
  const message = `With this policy ${caller.arn} can no longer change the policy of the key.`;
  return [{ code: 'KMSP031', span: tree.statement.name, message }];
}

/** The statement of the default key policy, or one that does the same. */
function isOwnerStatement({ effect, principals, actionEntries, conditions }: StatementView, account: string | undefined): boolean {
  if (effect !== 'Allow' || conditions.length > 0) return false;
  const isWide = actionEntries.some(({ value }) => /^(?:kms:)?\*$/i.test(value.text));
  return isWide && principals.some((principal) => isAccount(principal) && (account === undefined || principalAccount(principal) === account));
}

function ownerFindings({ tree, statements, facts: { key }, isWhole }: LintedPolicy): readonly Finding[] {
  if (!isWhole || tree.statement === undefined || statements.length === 0) return [];
  if (statements.some((statement) => isOwnerStatement(statement, key?.account))) return [];
  const message = 'No statement gives the owning account kms:*. IAM policies have no effect then, and the key can become unmanageable.';
  const fix = key === undefined ? undefined : ownerFix(key, tree.text, statements);
  return [{ code: 'KMSP032', span: tree.statement.name, message, ...(fix === undefined ? {} : { fix }) }];
}

/** Puts the default statement before the first of the list; a single statement without a list stays alone. */
function ownerFix({ account, region }: NonNullable<LintFacts['key']>, text: string, statements: readonly StatementView[]): QuickFix | undefined {
  const first = statements[0]?.node;
  if (first === undefined || !/\[\s*$/.test(text.slice(0, first.offset))) return undefined;
  const statement = {
    Sid: 'Enable IAM User Permissions',
    Effect: 'Allow',
    Principal: { AWS: `arn:${partitionOf(region)}:iam::${account}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  return addBeforeFix(`Give account ${account} kms:*`, text, first, JSON.stringify(statement));
}
