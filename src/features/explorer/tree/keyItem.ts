import * as vscode from 'vscode';
import type { KeySummary } from '../../../core/kms/catalog/keySummary.ts';
import { expiryWarning } from '../../../core/kms/explain/expiryWarning.ts';
import { serviceNameOf } from '../../../core/kms/explain/serviceNames.ts';
import { keyLabel, keySummaryLine, stateWords } from '../../../core/kms/keyLabels.ts';
import type { KeyMetadata, KeyState } from '../../../core/kms/keyMetadata.ts';
import { commandLink } from '../../shared/commands.ts';
import type { KeyNode, RelatedNode } from './keyTreeNode.ts';

/** The state of a key as icon and colour; the words stand in the description and in the label for screen readers. */
export const stateIcons: Readonly<Record<KeyState, { readonly icon: string; readonly color: string }>> = {
  Enabled: { icon: 'key', color: 'charts.green' },
  Disabled: { icon: 'circle-slash', color: 'disabledForeground' },
  PendingDeletion: { icon: 'trash', color: 'errorForeground' },
  PendingReplicaDeletion: { icon: 'trash', color: 'errorForeground' },
  PendingImport: { icon: 'cloud-upload', color: 'charts.yellow' },
  Unavailable: { icon: 'debug-disconnect', color: 'errorForeground' },
  Creating: { icon: 'sync', color: 'charts.blue' },
  Updating: { icon: 'sync', color: 'charts.blue' },
};

/** What an enabled key is for, in its icon. */
function usageIcon({ keySpec, keyUsage }: KeyMetadata): string {
  if (keySpec === 'SYMMETRIC_DEFAULT') return 'key';
  switch (keyUsage) {
    case 'SIGN_VERIFY':
      return 'verified';
    case 'GENERATE_VERIFY_MAC':
      return 'symbol-numeric';
    case 'KEY_AGREEMENT':
    case 'ENCAPSULATE_DECAPSULATE':
      return 'references';
    case 'ENCRYPT_DECRYPT':
      return 'lock';
  }
}

function iconOf(metadata: KeyMetadata | undefined): vscode.ThemeIcon {
  if (metadata === undefined) return new vscode.ThemeIcon('key');
  if (metadata.keyState === 'Enabled' && expiryWarning(metadata, Date.now()) !== undefined) return new vscode.ThemeIcon('warning', new vscode.ThemeColor('charts.yellow'));
  const { icon, color } = stateIcons[metadata.keyState];
  return new vscode.ThemeIcon(metadata.keyState === 'Enabled' ? usageIcon(metadata) : icon, new vscode.ThemeColor(color));
}

/** What sets a key apart besides its spec: where its material comes from, and its part in a multi-Region key. */
function marks({ origin, multiRegionConfiguration }: KeyMetadata): readonly string[] {
  const originWords = {
    AWS_KMS: undefined,
    EXTERNAL: vscode.l10n.t('imported material'),
    AWS_CLOUDHSM: vscode.l10n.t('CloudHSM key store'),
    EXTERNAL_KEY_STORE: vscode.l10n.t('external key store'),
  }[origin];
  const role = multiRegionConfiguration?.multiRegionKeyType;
  const roleWords = role === undefined ? undefined : role === 'PRIMARY' ? vscode.l10n.t('multi-Region primary') : vscode.l10n.t('multi-Region replica');
  return [originWords, roleWords].filter((word) => word !== undefined);
}

function describe(key: KeySummary, uses = 0): string {
  const service = serviceNameOf(key.aliasName);
  const used = service === undefined ? [] : [vscode.l10n.t('used by {0} only', service)];
  const inWorkspace = uses === 0 ? [] : [uses === 1 ? vscode.l10n.t('1 use here') : vscode.l10n.t('{0} uses here', uses)];
  if (key.metadata === undefined) return [...used, ...inWorkspace].join(' · ');
  const reminder = expiryWarning(key.metadata, Date.now());
  const rotation = key.rotation?.keyRotationEnabled === true ? [vscode.l10n.t('rotates every {0} days', key.rotation.rotationPeriodInDays ?? 365)] : [];
  const facts = [keySummaryLine(key.metadata), ...marks(key.metadata), ...rotation];
  return [...(reminder === undefined ? [] : [reminder]), ...used, ...facts, ...inWorkspace].join(' · ');
}

/** The flags that menus ask for, as in `viewItem =~ /\bcustomer\b/`. */
function contextValue({ keyManager, aliasName, metadata }: KeySummary, pinned: boolean): string {
  const flags = [
    'key',
    keyManager.toLowerCase(),
    ...(aliasName === undefined ? [] : ['alias']),
    ...(metadata === undefined ? [] : [metadata.keyState]),
    pinned ? 'isPinned' : 'notPinned',
  ];
  return flags.join(' ');
}

/** What the provider knows of a key and its row does not. */
export interface KeyFacts {
  readonly pinned: boolean;
  /** How many values of the workspace the key decrypts; undefined where that is not known. */
  readonly uses?: number | undefined;
}

/** The row of a key; it has rows below when it has copies in other Regions. */
export function keyItem({ id, key, parent }: KeyNode, { pinned, uses }: KeyFacts): vscode.TreeItem {
  const { metadata } = key;
  const { None, Collapsed } = vscode.TreeItemCollapsibleState;
  const label = keyLabel(key);
  const item = new vscode.TreeItem(label, (metadata?.multiRegionConfiguration?.replicaKeys.length ?? 0) > 0 ? Collapsed : None);
  item.id = id;
  item.iconPath = iconOf(metadata);
  const isUnderRegion = parent.dimension === 'region' || parent.parent?.dimension === 'region';
  item.description = [...(isUnderRegion ? [] : [key.region]), describe(key, uses)].filter((part) => part !== '').join(' · ');
  item.contextValue = contextValue(key, pinned);
  item.command = commandLink(vscode.l10n.t('Open Key'), 'kmsExplorer.openKey', { key });
  const state = metadata === undefined ? '' : `, ${stateWords(metadata.keyState)}`;
  item.accessibilityInformation = { label: `KMS key ${label}, ${key.region}${state}, ${item.description}` };
  return item;
}

export function relatedItem({ id, key, role }: RelatedNode): vscode.TreeItem {
  const item = new vscode.TreeItem(key.region, vscode.TreeItemCollapsibleState.None);
  item.id = id;
  item.iconPath = new vscode.ThemeIcon('globe');
  item.description = role === 'PRIMARY' ? vscode.l10n.t('multi-Region primary') : vscode.l10n.t('multi-Region replica');
  item.tooltip = key.arn;
  item.contextValue = 'related';
  item.command = commandLink(vscode.l10n.t('Open Key'), 'kmsExplorer.openKey', { key });
  item.accessibilityInformation = { label: `${item.description}, ${key.region}` };
  return item;
}
