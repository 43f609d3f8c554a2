import { type CliCall, cliText, shellWord } from '../../cliCommand.ts';
import { type KeyDraft, newKeyOf } from '../keyDraft.ts';

/** The CreateKey call of a draft. Tags and policy are written as JSON, which takes any character. */
export function createKeyCall(draft: KeyDraft, accountId: string): CliCall {
  const { keySpec, keyUsage, origin, description, multiRegion, policy, tags, customKeyStoreId, xksKeyId } = newKeyOf(draft, accountId);
  const optional = (name: string, value: string | undefined): CliCall['options'] => (value === undefined ? [] : [[name, value]]);
  return {
    command: 'create-key',
    region: draft.region,
    options: [
      ['key-spec', keySpec],
      ['key-usage', keyUsage],
      ['origin', origin],
      ...(multiRegion === true ? [['multi-region'] as const] : []),
      ...optional('description', description),
      ...optional('tags', tags && JSON.stringify(tags.map(({ tagKey, tagValue }) => ({ TagKey: tagKey, TagValue: tagValue })))),
      ...optional('policy', policy && JSON.stringify(JSON.parse(policy))),
      ...optional('custom-key-store-id', customKeyStoreId),
      ...optional('xks-key-id', xksKeyId),
    ],
  };
}

/** A draft as lines for a POSIX shell: the key, then its rotation and its alias. */
export function cliScript(draft: KeyDraft, accountId: string): string {
  const { region, aliasName, rotationPeriodInDays: days } = draft;
  const create = cliText(createKeyCall(draft, accountId));
  return [
    `KEY_ID=$(${create} --query KeyMetadata.KeyId --output text)`,
    ...(days === null ? [] : [`aws kms enable-key-rotation --key-id "$KEY_ID" --rotation-period-in-days ${days} --region ${region}`]),
    ...(aliasName === '' ? [] : [`aws kms create-alias --alias-name ${shellWord(aliasName)} --target-key-id "$KEY_ID" --region ${region}`]),
    '',
  ].join('\n');
}
