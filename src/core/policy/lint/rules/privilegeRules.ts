import type { Finding } from '../diagnostic.ts';
import { isAccount, principalAccount, type ConditionView, type LintedPolicy, type PrincipalView, type StatementView } from '../statementView.ts';

/** KMSP033, KMSP034 and KMSP038: statements that give more than is meant as a rule. */
export function privilegeRules(policy: LintedPolicy): readonly Finding[] {
  return [
    ...policy.statements.flatMap((statement) => [...grantFindings(statement), ...everythingFindings(statement)]),
    ...dutyFindings(policy),
    ...attestationFindings(policy),
  ];
}

/** Conditions that keep CreateGrant to services or to what a grant may hold. */
const grantKeys = /^kms:(?:Grant|ViaService$|RetiringServicePrincipal$)/i;

/** Who may put the key policy can have everything anyway. */
const administration = 'PutKeyPolicy';
const usage = ['Decrypt', 'Sign', 'GenerateMac', 'DeriveSharedSecret', 'Decapsulate'];

function people({ principals }: StatementView): readonly PrincipalView[] {
  return principals.filter((principal) => 'kind' in principal.format && !isAccount(principal) && principal.format.kind !== 'everyone');
}

function grantFindings(statement: StatementView): readonly Finding[] {
  const { effect, actions, conditions, actionEntries } = statement;
  if (effect !== 'Allow' || !actions.has('CreateGrant') || actions.has(administration) || people(statement).length === 0) return [];
  if (conditions.some(({ keyNode }) => grantKeys.test(keyNode.name.text))) return [];
  const span = actionEntries.find((entry) => entry.actions.some(({ name }) => name === 'CreateGrant'))?.value ?? statement.node.notAction?.name;
  if (span === undefined) return [];
  return [{ code: 'KMSP033', span, message: 'Who may create any grant may give anybody the use of the key. Add a condition on kms:GrantIsForAWSResource, kms:GrantOperations or kms:GranteePrincipal.' }];
}

function everythingFindings(statement: StatementView): readonly Finding[] {
  if (statement.effect !== 'Allow' || people(statement).length === 0) return [];
  return statement.actionEntries
    .filter(({ value }) => /^(?:kms:)?\*$/i.test(value.text))
    .map(({ value }) => ({ code: 'KMSP034', span: value, message: 'The principals may administer the key and use it. Give each only the actions that it needs.' }));
}

/** Tells a principal that administers the key in one statement and uses it in another. */
function dutyFindings({ statements }: LintedPolicy): readonly Finding[] {
  const duties = new Map<string, { administers: boolean; uses: boolean }>();
  return statements.flatMap((statement) => {
    if (statement.effect !== 'Allow') return [];
    const administers = statement.actions.has(administration);
    const uses = usage.some((name) => statement.actions.has(name));
    return people(statement).flatMap(({ value }): Finding[] => {
      const before = duties.get(value.text) ?? { administers: false, uses: false };
      const after = { administers: before.administers || administers, uses: before.uses || uses };
      duties.set(value.text, after);
      const isNew = after.administers && after.uses && !(before.administers && before.uses) && !(administers && uses);
      return isNew ? [{ code: 'KMSP034', span: value, message: 'This principal both administers the key and uses it. Keep the two duties apart.' }] : [];
    });
  });
}

function isAttested({ keyNode }: ConditionView): boolean {
  return /^kms:RecipientAttestation:/i.test(keyNode.name.text);
}

/** Where one statement asks Decrypt for an attestation, the others are ways around it unless a Deny closes them. */
function attestationFindings({ statements }: LintedPolicy): readonly Finding[] {
  const onDecrypt = statements.filter(({ actions }) => actions.has('Decrypt'));
  const attested = onDecrypt.filter(({ conditions }) => conditions.some(isAttested));
  if (!attested.some(({ effect }) => effect === 'Allow') || attested.some(({ effect }) => effect === 'Deny')) return [];
  return onDecrypt
    .filter((statement) => statement.effect === 'Allow' && !attested.includes(statement))
    .flatMap(({ actionEntries, node, principals }): Finding[] => {
      const span = actionEntries.find(({ actions }) => actions.some(({ name }) => name === 'Decrypt'))?.value ?? node.notAction?.name;
      const account = principals.map(principalAccount).find((each) => each !== undefined);
      const whom = account === undefined ? '' : ` for account ${account}`;
      if (span === undefined) return [];
      return [{ code: 'KMSP038', span, message: `This allows kms:Decrypt without the attestation of an enclave${whom}, which another statement asks for.` }];
    });
}
