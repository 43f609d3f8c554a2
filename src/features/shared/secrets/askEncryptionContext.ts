import * as vscode from 'vscode';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import type { EncryptionContext } from '../../../core/kms/keyMetadata.ts';
import { readSetting } from '../readSetting.ts';

/**
 * The encryption context of the settings; empty when there is none.
 * Throws INVALID_REQUEST when the setting holds anything but texts by name.
 */
export function settingsContext(scope: vscode.Uri): EncryptionContext {
  const value: unknown = readSetting('kmsExplorer.encryptionContext', scope);
  const pairs = typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
  if (pairs === undefined || pairs.some(([name, text]) => name === '' || typeof text !== 'string')) {
    throw new KmsExplorerError(
      'INVALID_REQUEST',
      vscode.l10n.t('The setting kmsExplorer.encryptionContext must give a text for every name. Correct it first.'),
    );
  }
  return Object.fromEntries(pairs as [string, string][]);
}

/** Whether the user wants to be asked for an encryption context. */
export function mayAskForContext(scope: vscode.Uri): boolean {
  return readSetting('kmsExplorer.askForEncryptionContext', scope);
}

/**
 * Asks for any number of pairs; the context of the settings, where there is one, is the first choice.
 * `title` says what it is for. Rejects with CANCELLED when the user leaves it.
 */
export async function askEncryptionContext(scope: vscode.Uri, title: string): Promise<EncryptionContext> {
  const preset = settingsContext(scope);
  if (Object.keys(preset).length === 0) return askPairs(title);
  const choices = [
    { label: describeContext(preset), description: vscode.l10n.t('from the settings'), context: preset },
    { label: vscode.l10n.t('No encryption context'), context: {} },
    { label: vscode.l10n.t('Other pairs…'), context: undefined },
  ];
  const placeHolder = vscode.l10n.t('The encryption context is needed again to decrypt');
  const choice = await vscode.window.showQuickPick(choices, { title, placeHolder, ignoreFocusOut: true });
  if (choice === undefined) throw cancelled();
  return choice.context ?? askPairs(title);
}

async function askPairs(title: string): Promise<EncryptionContext> {
  const pairs = new Map<string, string>();
  for (;;) {
    const names = [...pairs.keys()].join(', ');
    const input = await vscode.window.showInputBox({
      title,
      prompt:
        pairs.size === 0
          ? vscode.l10n.t('Encryption context as name=value, one pair at a time. Leave it empty for none.')
          : vscode.l10n.t('So far: {0}. Enter another pair, or leave it empty to go on.', names),
      placeHolder: 'name=value',
      ignoreFocusOut: true,
      validateInput: (text) => problemOf(text, pairs),
    });
    if (input === undefined) throw cancelled();
    if (input.trim() === '') return Object.fromEntries(pairs);
    const [name, value] = splitPair(input);
    pairs.set(name, value);
  }
}

/** A pair needs a name, KMS takes each name once. */
function problemOf(text: string, pairs: ReadonlyMap<string, string>): string | undefined {
  if (text.trim() === '') return undefined;
  const [name] = splitPair(text);
  if (!text.includes('=')) return vscode.l10n.t('Enter a name, an equals sign and a value.');
  if (name === '') return vscode.l10n.t('The name before the equals sign is empty.');
  if (pairs.has(name)) return vscode.l10n.t('The name {0} is there already.', name);
  return undefined;
}

function splitPair(text: string): [string, string] {
  const at = text.indexOf('=');
  return [text.slice(0, at === -1 ? text.length : at).trim(), text.slice(at + 1).trim()];
}

function describeContext(context: EncryptionContext): string {
  return Object.entries(context)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}

function cancelled(): KmsExplorerError {
  return new KmsExplorerError('CANCELLED', 'The encryption context was not given.');
}
