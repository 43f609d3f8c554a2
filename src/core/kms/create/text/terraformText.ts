import { isInStore, type KeyDraft } from '../keyDraft.ts';
import { policyText } from '../policyText.ts';
import { indented } from './indented.ts';

type Argument = readonly [name: string, value: string];

/**
 * Resources for Terraform's AWS provider (https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/kms_key).
 * A key for imported material is a resource of its own, to which the material is given elsewhere; it has no `key_id`, and
 * its `key_spec` and `key_usage` need version 6.11 of the provider.
 */
export function terraformText(draft: KeyDraft, accountId: string): string {
  const external = draft.origin === 'EXTERNAL';
  const type = external ? 'aws_kms_external_key' : 'aws_kms_key';
  const resources = [
    resource(type, 'key', [...commonArguments(draft), ...(external ? externalArguments(draft) : keyArguments(draft)), ...policyArgument(draft, accountId)]),
    ...(draft.aliasName === '' ? [] : [resource('aws_kms_alias', 'key', [['name', literal(draft.aliasName)], ['target_key_id', external ? `${type}.key.id` : `${type}.key.key_id`]])]),
  ];
  return [`# For a provider of the Region ${draft.region}.\n`, ...resources].join('\n');
}

function commonArguments({ description, multiRegion, tags }: KeyDraft): readonly Argument[] {
  return [
    ...(description === '' ? [] : [['description', literal(description)] as const]),
    ...(multiRegion ? [['multi_region', 'true'] as const] : []),
    ...(tags.length === 0 ? [] : [['tags', map(tags.map(({ tagKey, tagValue }) => [tagKey, tagValue]))] as const]),
  ];
}

/** The provider makes symmetric external keys unless it is told otherwise. */
function externalArguments({ keySpec, keyUsage }: KeyDraft): readonly Argument[] {
  return keySpec === 'SYMMETRIC_DEFAULT' ? [] : [['key_spec', literal(keySpec)], ['key_usage', literal(keyUsage)]];
}

function keyArguments(draft: KeyDraft): readonly Argument[] {
  const { keySpec, keyUsage, rotationPeriodInDays: days, customKeyStoreId, xksKeyId, origin } = draft;
  return [
    ['customer_master_key_spec', literal(keySpec)],
    ['key_usage', literal(keyUsage)],
    ...(days === null ? [] : ([['enable_key_rotation', 'true'], ['rotation_period_in_days', String(days)]] as const)),
    ...(isInStore(draft) ? [['custom_key_store_id', literal(customKeyStoreId)] as const] : []),
    ...(origin === 'EXTERNAL_KEY_STORE' ? [['xks_key_id', literal(xksKeyId)] as const] : []),
  ];
}

function policyArgument(draft: KeyDraft, accountId: string): readonly Argument[] {
  const policy = policyText(draft, accountId);
  return policy === undefined ? [] : [['policy', `jsonencode(${escaped(policy)})`]];
}

function resource(type: string, name: string, args: readonly Argument[]): string {
  const width = Math.max(...args.map(([argument]) => argument.length));
  if (args.length === 0) return `resource "${type}" "${name}" {}\n`;
  return [`resource "${type}" "${name}" {`, ...args.map(([argument, value]) => `  ${argument.padEnd(width)} = ${indented(value, 2)}`), '}', ''].join('\n');
}

function map(pairs: readonly (readonly [string, string])[]): string {
  return ['{', ...pairs.map(([name, value]) => `  ${literal(name)} = ${literal(value)}`), '}'].join('\n');
}

/** A string of HCL, which reads JSON's escapes but those of backspace and form feed. */
function literal(text: string): string {
  const json = JSON.stringify(text).replaceAll(/\\./g, (found) => (found === '\\b' ? '\\u0008' : found === '\\f' ? '\\u000c' : found));
  return escaped(json);
}

/** HCL begins a template with ${ or %{ inside a string; doubling the first character makes it a plain one. */
function escaped(text: string): string {
  return text.replaceAll(/[$%]\{/g, (found) => `${found.charAt(0)}${found}`);
}
