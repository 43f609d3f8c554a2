import * as vscode from 'vscode';
import type { ErrorCode } from '../../core/kms/errorCode.ts';
import type { RegionKeys } from '../../core/kms/keyCatalog.ts';
import { keyLabel, keySummaryLine, stateWords } from '../../core/kms/keyLabels.ts';
import type { KeyState } from '../../core/kms/keyMetadata.ts';
import { commandLink } from '../shared/commands.ts';
import type { ErrorNode, KeyNode, KeyTreeNode, KeyType, MoreNode, RegionNode, TypeNode, UnusedAliasNode } from './keyTreeNode.ts';

/** What a group's row says of itself; the provider knows it, the row does not. */
export interface GroupFacts {
  /** The keys of the group, or undefined while it is not loaded. */
  readonly count: number | undefined;
  readonly state: RegionKeys['state'];
  readonly expanded: boolean;
}

/** The row as VS Code draws it. The tooltip of a key is filled in when the pointer rests on it. */
export function toTreeItem(node: KeyTreeNode, facts: GroupFacts): vscode.TreeItem {
  switch (node.kind) {
    case 'region':
      return regionItem(node, facts);
    case 'type':
      return node.type === 'owned' ? ownedItem(node) : typeItem(node, facts);
    case 'key':
      return keyItem(node);
    case 'unusedAlias':
      return unusedAliasItem(node);
    case 'more':
      return moreItem(node);
    case 'error':
      return errorItem(node);
  }
}

function groupItem(node: RegionNode | TypeNode, label: string, icon: string, facts: GroupFacts): vscode.TreeItem {
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(label, facts.expanded ? Expanded : Collapsed);
  item.id = node.id;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.description = groupDescription(facts);
  return item;
}

function groupDescription({ count, state }: GroupFacts): string {
  if (state === 'failed') return vscode.l10n.t('failed');
  if (count === undefined) return '';
  return state === 'loading' ? vscode.l10n.t('{0}, loading …', count) : String(count);
}

function regionItem(node: RegionNode, facts: GroupFacts): vscode.TreeItem {
  const item = groupItem(node, node.region, 'globe', facts);
  item.contextValue = 'region';
  return item;
}

const typeLabels: Readonly<Record<KeyType, { readonly label: string; readonly icon: string; readonly tooltip: string }>> = {
  customer: {
    label: vscode.l10n.t('Customer managed'),
    icon: 'organization',
    tooltip: vscode.l10n.t(
      'KMS keys (CMKs) that you create, own and manage in your account: you set the key policy, the rotation and the deletion.',
    ),
  },
  aws: {
    label: vscode.l10n.t('AWS managed'),
    icon: 'shield',
    tooltip: vscode.l10n.t(
      'KMS keys that an AWS service made in your account. You can see them and their policy; only the service can use them, and AWS rotates them every year.',
    ),
  },
  owned: {
    label: vscode.l10n.t('AWS owned'),
    icon: 'eye-closed',
    tooltip: vscode.l10n.t(
      'KMS keys that an AWS service owns and uses for many accounts, for instance the default encryption of DynamoDB and S3. They live in AWS’s own accounts, so KMS lists them for nobody: you cannot see, use, audit or manage them, and they cost nothing. Choose a customer managed key where you must control or audit access.',
    ),
  },
};

function typeItem(node: TypeNode, facts: GroupFacts): vscode.TreeItem {
  const { label, icon, tooltip } = typeLabels[node.type];
  const item = groupItem(node, label, icon, facts);
  item.tooltip = tooltip;
  item.contextValue = 'type';
  return item;
}

function ownedItem(node: TypeNode): vscode.TreeItem {
  const { label, icon, tooltip } = typeLabels.owned;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  item.id = node.id;
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor('disabledForeground'));
  item.description = vscode.l10n.t('kept in AWS’s own accounts, listed for nobody');
  item.tooltip = tooltip;
  item.contextValue = 'owned';
  item.accessibilityInformation = { label: `${label}. ${tooltip}` };
  return item;
}

/** The state of a key as icon and colour; the words stand in the description and in the label for screen readers. */
const stateIcons: Readonly<Record<KeyState, { readonly icon: string; readonly color: string }>> = {
  Enabled: { icon: 'key', color: 'charts.green' },
  Disabled: { icon: 'circle-slash', color: 'disabledForeground' },
  PendingDeletion: { icon: 'trash', color: 'errorForeground' },
  PendingReplicaDeletion: { icon: 'trash', color: 'errorForeground' },
  PendingImport: { icon: 'cloud-upload', color: 'charts.yellow' },
  Unavailable: { icon: 'debug-disconnect', color: 'errorForeground' },
  Creating: { icon: 'sync', color: 'charts.blue' },
  Updating: { icon: 'sync', color: 'charts.blue' },
};

function keyItem({ id, key }: KeyNode): vscode.TreeItem {
  const { metadata } = key;
  const label = keyLabel(key);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  const { icon, color } = metadata === undefined ? { icon: 'key', color: undefined } : stateIcons[metadata.keyState];
  item.id = id;
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.description = metadata === undefined ? '' : keySummaryLine(metadata);
  item.contextValue = ['key', key.keyManager.toLowerCase(), ...(key.aliasName === undefined ? [] : ['alias'])].join(' ');
  item.command = commandLink(vscode.l10n.t('Open Key'), 'kmsExplorer.openKey', { key });
  const state = metadata === undefined ? '' : `, ${stateWords(metadata.keyState)}`;
  item.accessibilityInformation = { label: `KMS key ${label}, ${key.region}${state}, ${item.description}` };
  return item;
}

function unusedAliasItem({ id, aliasName }: UnusedAliasNode): vscode.TreeItem {
  const item = new vscode.TreeItem(keyLabel({ aliasName, keyId: '' }), vscode.TreeItemCollapsibleState.None);
  item.id = id;
  item.iconPath = new vscode.ThemeIcon('circle-large-outline', new vscode.ThemeColor('disabledForeground'));
  item.description = vscode.l10n.t('not created yet');
  item.tooltip = vscode.l10n.t('AWS creates this key when the service first needs it in this Region.');
  return item;
}

function moreItem({ id, groupId, hidden }: MoreNode): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Show more ({0} not shown)', hidden), vscode.TreeItemCollapsibleState.None);
  item.id = id;
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = commandLink(vscode.l10n.t('Show More Keys'), 'kmsExplorer.showMoreKeys', { groupId });
  return item;
}

/** The row is narrow: the kind of failure comes first, the whole sentence follows and stands in the tooltip. */
function errorLabel(code: ErrorCode): string {
  switch (code) {
    case 'ACCESS_DENIED':
      return vscode.l10n.t('Access denied');
    case 'UNREACHABLE':
      return vscode.l10n.t('Not reachable');
    case 'THROTTLED':
      return vscode.l10n.t('Throttled');
    case 'INVALID_CREDENTIALS':
      return vscode.l10n.t('Credentials not accepted');
    case 'EXPIRED_CREDENTIALS':
      return vscode.l10n.t('Credentials expired');
    default:
      return vscode.l10n.t('Loading failed');
  }
}

function errorItem({ id, region, error }: ErrorNode): vscode.TreeItem {
  const item = new vscode.TreeItem(errorLabel(error.code), vscode.TreeItemCollapsibleState.None);
  item.id = id;
  item.description = error.message;
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('errorForeground'));
  item.tooltip = `${error.message}\n${vscode.l10n.t('Click to try again.')}`;
  item.contextValue = 'error';
  item.command = commandLink(vscode.l10n.t('Retry'), 'kmsExplorer.retryRegion', { region });
  item.accessibilityInformation = { label: `${vscode.l10n.t('Error')}: ${error.message}` };
  return item;
}
