import { actionOf, catalogConditionKeys, conditionKeyOf, grantOperationsFor, hasConditionKey } from '../catalog/catalog.ts';
import type { CatalogConditionKey } from '../catalog/catalogRows.ts';
import { operatorOf, operatorRows, type OperatorRow } from '../conditions/operators.ts';
import type { LintFacts } from '../lint/diagnostic.ts';
import type { StatementView } from '../lint/statementView.ts';
import { viaServices } from '../lint/viaServices.ts';
import { type Completion, nameCompletion, textCompletion } from './completion.ts';
import { describeConditionKey, exampleName } from './describe.ts';

/** The operators that work on every value of a key with several. */
const setOperators = ['StringEquals', 'StringLike'].flatMap((name) => [`ForAnyValue:${name}`, `ForAllValues:${name}`]);

function operatorWords({ negated, hasWildcards, types }: OperatorRow): string {
  const kinds = types.length === 0 ? 'whether a key is there' : types.join(' and ');
  return `${kinds}${hasWildcards ? ', * and ?' : ''}${negated ? ', holds where the key is missing' : ''}`;
}

/** Operators of a Condition: the plain ones, those for several values, and those that let a missing key pass. */
export function operatorCompletions(hasColon: boolean): readonly Completion[] {
  const value = { text: '{}', hasColon };
  const plain = operatorRows.map((row) => nameCompletion('operator', row.name, value, { detail: operatorWords(row) }));
  const sets = setOperators.map((name) => nameCompletion('operator', name, value, { detail: 'for keys with several values' }));
  const lenient = operatorRows
    .filter(({ family }) => family !== 'null')
    .map(({ name }) => nameCompletion('operator', `${name}IfExists`, value, { detail: 'holds where the key is missing' }));
  return [...plain, ...sets, ...lenient];
}

/** The condition keys that requests for the statement's actions carry and that the operator compares. */
export function conditionKeyCompletions(operatorText: string, statement: StatementView | undefined, hasColon: boolean): readonly Completion[] {
  const operator = operatorOf(operatorText);
  const wanted = operator?.row.types ?? [];
  const isSet = operator?.quantifier !== undefined;
  const fitting = catalogConditionKeys.filter(
    ({ type, place, replacedBy, multiValued }) =>
      place === 'everywhere' &&
      replacedBy === undefined &&
      (wanted.length === 0 || (wanted.includes(type) && multiValued === isSet)),
  );
  const shares = fitting.map((key) => ({ key, share: shareOf(key, statement) })).filter(({ share }) => share > 0);
  return shares.sort((one, other) => rankOf(other) - rankOf(one)).map(({ key, share }) => keyCompletion(key, share, hasColon));
}

/** The part of the statement's actions whose requests carry the key; all when the statement names no action yet. */
function shareOf({ name }: CatalogConditionKey, statement: StatementView | undefined): number {
  const actions = [...(statement?.actions ?? [])].flatMap((action) => actionOf(action) ?? []).filter(({ keyPolicy }) => keyPolicy !== 'iamOnly');
  if (actions.length === 0) return 1;
  return actions.filter((action) => hasConditionKey(action, exampleName(name))).length / actions.length;
}

/** Keys of KMS before the global ones, and what goes with every action before the rest. */
function rankOf({ key, share }: { readonly key: CatalogConditionKey; readonly share: number }): number {
  return (share === 1 ? 2 : 0) + (key.name.startsWith('kms:') ? 1 : 0) - (key.name.startsWith('kms:RecipientAttestation:') ? 0.5 : 0);
}

function keyCompletion(key: CatalogConditionKey, share: number, hasColon: boolean): Completion {
  const name = key.name.replace(/\$\{.*\}$/, '');
  return nameCompletion('conditionKey', name, { text: '""', hasColon, isOpen: name !== key.name }, {
    detail: share === 1 ? key.type : `${key.type}, with some of the actions only`,
    documentation: describeConditionKey(key).sentences.join(' '),
  });
}

const closedValues: Readonly<Record<string, readonly string[]>> = {
  'kms:keyusage': ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT', 'ENCAPSULATE_DECAPSULATE'],
  'kms:keyorigin': ['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'],
  'kms:multiregionkeytype': ['PRIMARY', 'REPLICA'],
  'kms:messagetype': ['RAW', 'DIGEST', 'EXTERNAL_MU'],
  'kms:grantconstrainttype': ['EncryptionContextEquals', 'EncryptionContextSubset'],
  'kms:expirationmodel': ['KEY_MATERIAL_EXPIRES', 'KEY_MATERIAL_DOES_NOT_EXPIRE'],
};

/** Values that a condition key can have, as far as they are known. `principals` are the ARNs that are at hand. */
export function conditionValueCompletions(operatorText: string, keyName: string, facts: LintFacts, principals: readonly string[]): readonly Completion[] {
  const key = conditionKeyOf(keyName);
  const texts = (values: readonly string[]) => values.map((value) => textCompletion('value', value));
  if (operatorOf(operatorText)?.row.family === 'null' || key?.type === 'Bool') return texts(['true', 'false']);
  const lower = keyName.toLowerCase();
  switch (lower) {
    case 'kms:viaservice':
      return texts([...viaServices].map((service) => `${service}.${facts.key?.region ?? '*'}.amazonaws.com`));
    case 'kms:calleraccount':
    case 'aws:sourceaccount':
    case 'aws:principalaccount':
    case 'aws:resourceaccount':
      return facts.key === undefined ? [] : texts([facts.key.account]);
    case 'kms:grantoperations':
      return texts(grantOperationsFor(facts.key ?? {}));
    case 'kms:granteeprincipal':
    case 'kms:retiringprincipal':
    case 'aws:principalarn':
      return texts(principals);
    default:
      return texts(closedValues[lower] ?? []);
  }
}
