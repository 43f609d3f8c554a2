import { generatedActions, generatedConditionKeys, generatedKeyProperties } from '../catalogData.ts';
import type { KeyOrigin, KeyUsage } from '../../kms/keyMetadata.ts';
import { keySpecOf } from '../../kms/keySpecs.ts';
import type { CatalogAction, CatalogConditionKey, ConditionKeyFacts, KeyPolicyEffect } from './catalogRows.ts';
import {
  actionKeys,
  addedActions,
  crossAccountActions,
  globalConditionKeys,
  grantableActions,
  iamOnlyConditionKeys,
  replacedConditionKeys,
} from './supplement.ts';

/** Every action of KMS in the order of the alphabet. */
export const catalogActions: readonly CatalogAction[] = [...generatedActions, ...addedActions]
  .map((facts) => ({
    ...facts,
    crossAccount: crossAccountActions.includes(facts.name),
    keyPolicy: keyPolicyEffect(facts.name, facts.resources),
    keys: actionKeys[facts.name] ?? {},
    grantable: grantableActions.includes(facts.name),
  }))
  .sort((one, other) => (one.name < other.name ? -1 : 1));

/** Every condition key that a policy about KMS can use: those of KMS and the global ones. */
export const catalogConditionKeys: readonly CatalogConditionKey[] = [...generatedConditionKeys, ...globalConditionKeys].map(
  (facts: ConditionKeyFacts) => ({
    ...facts,
    place: iamOnlyConditionKeys.includes(facts.name) ? 'iamOnly' : 'everywhere',
    replacedBy: replacedConditionKeys[facts.name],
  }),
);

const actionsByName: ReadonlyMap<string, CatalogAction> = new Map(
  catalogActions.map((action) => [action.name.toLowerCase(), action]),
);

const conditionKeysByName: ReadonlyMap<string, CatalogConditionKey> = new Map(
  catalogConditionKeys.map((key) => [templateStem(key.name).toLowerCase(), key]),
);

const keyProperties: ReadonlySet<string> = new Set(
  [...generatedKeyProperties, ...Object.keys(replacedConditionKeys)].map((name) => templateStem(name).toLowerCase()),
);

const keysOfAction: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  catalogActions.map(({ name, conditionKeys }) => [
    name,
    new Set(conditionKeys.map((key) => templateStem(key).toLowerCase())),
  ]),
);

function keyPolicyEffect(name: string, resources: readonly string[]): KeyPolicyEffect {
  if (name === 'RetireGrant') return 'denyOnly';
  return resources.includes('key') ? 'effective' : 'iamOnly';
}

/** `aws:RequestTag/` of `aws:RequestTag/${TagKey}`. */
function templateStem(name: string): string {
  const at = name.indexOf('${');
  return at < 0 ? name : name.slice(0, at);
}

/** The action of this name, with or without `kms:` and in any case, as IAM compares names of actions. */
export function actionOf(name: string): CatalogAction | undefined {
  const lower = name.toLowerCase();
  return actionsByName.get(lower.startsWith('kms:') ? lower.slice('kms:'.length) : lower);
}

/** What the catalogue calls the key: lower case, without the part that the writer of a policy chooses. */
function stemOf(name: string): string {
  const lower = name.toLowerCase();
  if (conditionKeysByName.has(lower)) return lower;
  // A tag key follows a slash, a key of the encryption context the second colon; both may hold either character.
  const end = lower.startsWith('aws:') ? lower.indexOf('/') : lower.indexOf(':', lower.indexOf(':') + 1);
  return end < 0 ? lower : lower.slice(0, end + 1);
}

/** The condition key of this name in any case; `aws:ResourceTag/team` finds `aws:ResourceTag/${TagKey}`. */
export function conditionKeyOf(name: string): CatalogConditionKey | undefined {
  const stem = stemOf(name);
  const open = stem.endsWith('/') || stem.endsWith(':');
  return open && name.length === stem.length ? undefined : conditionKeysByName.get(stem);
}

/** Whether a request for the action can carry the condition key. Global keys go with every action. */
export function hasConditionKey(action: CatalogAction, conditionKey: string): boolean {
  const stem = stemOf(conditionKey);
  if (keysOfAction.get(action.name)?.has(stem) === true) return true;
  if (keyProperties.has(stem)) return action.resources.includes('key') || action.name === 'CreateKey';
  // Tags of the request and of the key go with the actions that the reference lists, the other global keys with all.
  return stem.startsWith('aws:') && stem !== 'aws:requesttag/' && stem !== 'aws:tagkeys';
}

/** What is known of a key when the question is which actions can be used on it. */
export interface KeyProperties {
  readonly spec?: string;
  readonly usage?: KeyUsage;
  readonly origin?: KeyOrigin;
  readonly multiRegion?: boolean;
}

/** Whether the action can ever be used on such a key. What is not known of the key excludes nothing. */
export function appliesToKey(action: CatalogAction, key: KeyProperties): boolean {
  const { usages, kinds, origins, multiRegion } = action.keys;
  const kind = key.spec === undefined ? undefined : keySpecOf(key.spec)?.kind;
  if (usages !== undefined && key.usage !== undefined && !usages.includes(key.usage)) return false;
  if (kinds !== undefined && kind !== undefined && !kinds.includes(kind)) return false;
  if (origins !== undefined && key.origin !== undefined && !origins.includes(key.origin)) return false;
  return multiRegion !== true || key.multiRegion !== false;
}

/**
 * The operations that a grant on such a key can have; CreateGrant refuses the others with ValidationException
 * (https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#terms-grant-operations).
 */
export function grantOperationsFor(key: KeyProperties): readonly string[] {
  return catalogActions.filter((action) => action.grantable && appliesToKey(action, key)).map(({ name }) => name);
}
