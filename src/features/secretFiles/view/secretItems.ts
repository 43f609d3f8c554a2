import * as vscode from 'vscode';
import { parseKmsArn } from '../../../core/kms/arn.ts';
import { keyLabel } from '../../../core/kms/keyLabels.ts';
import type { KeyCatalogPort } from '../../shared/keyCatalogPort.ts';
import type { FoundSecret } from '../../shared/secrets/keyUses.ts';
import type { SecretGroup } from './groupSecrets.ts';

/** The row of a key, by its alias where it is loaded, else by its id. */
export function groupItem({ key, keyHash, secrets }: SecretGroup<FoundSecret>, catalog: KeyCatalogPort): vscode.TreeItem {
  const arn = key === undefined ? undefined : parseKmsArn(key);
  const known = key === undefined ? undefined : catalog.knownKey(key);
  const name = known === undefined ? (arn?.resource ?? key) : keyLabel(known);
  const item = new vscode.TreeItem(name ?? vscode.l10n.t('Key not named'), vscode.TreeItemCollapsibleState.Expanded);
  item.id = key ?? `#${keyHash ?? ''}`;
  item.iconPath = new vscode.ThemeIcon(key === undefined ? 'question' : 'key');
  item.description = [arn?.region ?? keyHash?.slice(0, 8), String(secrets.length)].filter((part) => part !== undefined).join(' · ');
  item.tooltip = key ?? vscode.l10n.t('These values are encrypted under one key, which they do not name. It is known once KMS decrypted one of them.');
  item.contextValue = 'secretKey';
  return item;
}

/** The row of a value, which opens it. */
export function secretItem({ uri, keyPath, line, character, format }: FoundSecret): vscode.TreeItem {
  const file = vscode.workspace.asRelativePath(uri);
  const isWhole = format === 'sops';
  const item = new vscode.TreeItem(isWhole ? file : keyPath.join('.'), vscode.TreeItemCollapsibleState.None);
  item.description = isWhole ? vscode.l10n.t('whole file, by SOPS') : `${file}:${line + 1}`;
  item.iconPath = new vscode.ThemeIcon('lock');
  item.tooltip = `${file}:${line + 1}`;
  item.contextValue = 'secret';
  const selection = new vscode.Range(line, character, line, character);
  item.command = { title: vscode.l10n.t('Open'), command: 'vscode.open', arguments: [uri, { selection }] };
  return item;
}
