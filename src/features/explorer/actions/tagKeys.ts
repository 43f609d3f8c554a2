import * as vscode from 'vscode';
import type { KeyTarget } from '../../../core/kms/keyTarget.ts';
import { keyWords, performOnKeys, type KeyActionParts } from './keyAction.ts';

/** Puts one tag on keys; a tag with the same key is replaced. Does nothing when the user leaves it. */
export async function tagKeys(parts: KeyActionParts, keys: readonly KeyTarget[]): Promise<void> {
  const input = await vscode.window.showInputBox({
    title: vscode.l10n.t('KMS: Tag {0}', keyWords(keys)),
    prompt: vscode.l10n.t('Tag as key=value. A tag with the same key is replaced. Tags are not secret.'),
    placeHolder: 'team=orders',
    ignoreFocusOut: true,
    validateInput: problemOf,
  });
  if (input === undefined || problemOf(input) !== undefined) return;
  const [tagKey, tagValue] = splitTag(input);
  await performOnKeys(parts, keys, {
    title: vscode.l10n.t('KMS: Tagging Keys'),
    done: (changed) => vscode.l10n.t('Tagged {0} with {1}.', keyWords(changed), `${tagKey}=${tagValue}`),
    perform: (service, key, signal) => service.tagResource(key, [{ tagKey, tagValue }], signal),
    cli: ({ arn, region }) => ({
      command: 'tag-resource',
      region,
      options: [
        ['key-id', arn],
        ['tags', `TagKey=${tagKey},TagValue=${tagValue}`],
      ],
    }),
  });
}

function splitTag(text: string): [string, string] {
  const at = text.indexOf('=');
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

/** The limits of AWS KMS for tags (https://docs.aws.amazon.com/kms/latest/APIReference/API_Tag.html). */
function problemOf(text: string): string | undefined {
  if (!text.includes('=')) return vscode.l10n.t('Enter a key, an equals sign and a value.');
  const [key, value] = splitTag(text);
  if (key === '') return vscode.l10n.t('The key before the equals sign is empty.');
  if (key.startsWith('aws:')) return vscode.l10n.t('Tags beginning with aws: are reserved.');
  if (key.length > 128 || value.length > 256) return vscode.l10n.t('A tag has at most 128 characters before the equals sign and 256 behind it.');
  return undefined;
}
