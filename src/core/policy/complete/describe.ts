import { catalogActions, hasConditionKey } from '../catalog/catalog.ts';
import type { ActionKeys, CatalogAction, CatalogConditionKey } from '../catalog/catalogRows.ts';
import { list } from '../explain/list.ts';

/** Sentences about something in a policy, with the page of AWS that documents it. */
export interface Description {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly link: string;
}

const kmsGuide = 'https://docs.aws.amazon.com/kms/latest/developerguide/';
const globalKeys = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html';

/** Longer lists are told by their number. */
const mostNamed = 12;

export function describeAction(action: CatalogAction): Description {
  const { name, access, crossAccount, grantable, conditionKeys } = action;
  const operation = name.startsWith('ReEncrypt') ? 'ReEncrypt' : name;
  return {
    title: `kms:${name}`,
    sentences: [
      `Access level: ${access}.`,
      effectSentence(action),
      ...keySentence(action.keys),
      ...(action.resources.includes('key') ? [crossAccount ? 'Other accounts can be allowed to do it.' : 'It never works on a key of another account.'] : []),
      ...(grantable ? ['A grant can hold it.'] : []),
      ...(conditionKeys.length === 0 ? [] : [`Condition keys of its own: ${named(conditionKeys)}.`]),
    ],
    link: `https://docs.aws.amazon.com/kms/latest/APIReference/API_${operation}.html`,
  };
}

function effectSentence({ keyPolicy }: CatalogAction): string {
  switch (keyPolicy) {
    case 'effective':
      return 'A key policy can allow and deny it.';
    case 'denyOnly':
      return 'A grant allows it; a key policy can only deny it.';
    case 'iamOnly':
      return 'It works on no single key: IAM policies decide, and a key policy has no effect on it.';
  }
}

function keySentence({ usages, kinds, origins, multiRegion }: ActionKeys): readonly string[] {
  const parts = [
    ...(usages === undefined ? [] : [`key usage ${list(usages, 'or')}`]),
    ...(kinds === undefined ? [] : [`of the kinds ${list(kinds, 'or')}`]),
    ...(origins === undefined ? [] : [`origin ${list(origins, 'or')}`]),
    ...(multiRegion === true ? ['in several Regions'] : []),
  ];
  return parts.length === 0 ? [] : [`Only for keys ${list(parts.map((part) => (/^(?:of|in) /.test(part) ? part : `with ${part}`)), 'and')}.`];
}

export function describeConditionKey(key: CatalogConditionKey): Description {
  const { name, type, multiValued, place, replacedBy } = key;
  const carriers = catalogActions.filter((action) => action.keyPolicy !== 'iamOnly' && hasConditionKey(action, exampleName(name)));
  const everyAction = catalogActions.filter(({ keyPolicy }) => keyPolicy !== 'iamOnly').length;
  return {
    title: name,
    sentences: [
      `Type ${type}, ${multiValued ? 'with several values in one request: use ForAnyValue or ForAllValues' : 'one value'}.`,
      ...(replacedBy === undefined ? [] : [`Deprecated: ${replacedBy} means the same.`]),
      ...(place === 'iamOnly' ? ['It works in IAM policies only.'] : []),
      carriers.length === everyAction ? 'Requests for every action on a key can carry it.' : `Carried by requests for ${named(carriers.map((action) => action.name))}.`,
      ...(name.startsWith('kms:EncryptionContext:') ? ['The name of the pair is compared in any case, its value as the operator says.'] : []),
    ],
    link: linkOf(name),
  };
}

/** The name with something for the part that the writer chooses. */
export function exampleName(name: string): string {
  return name.replace(/\$\{.*\}$/, 'name');
}

function named(names: readonly string[]): string {
  const short = compact(names);
  return short.length > mostNamed ? `${short.slice(0, mostNamed).join(', ')} and ${short.length - mostNamed} more` : list(short, 'and');
}

/** The measurements of attestation documents are one name here, not seventy. */
function compact(names: readonly string[]): readonly string[] {
  const others = names.filter((name) => !name.startsWith('kms:RecipientAttestation:'));
  return others.length === names.length ? names : [...others, 'kms:RecipientAttestation:*'];
}

function linkOf(name: string): string {
  if (name.startsWith('aws:')) return globalKeys;
  if (name.startsWith('kms:RecipientAttestation:')) return `${kmsGuide}conditions-attestation.html`;
  const words = name.replace(/^kms:/, '').replace(/:?\$\{.*\}$/, '').replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
  return `${kmsGuide}conditions-kms.html#conditions-kms-${words}`;
}
