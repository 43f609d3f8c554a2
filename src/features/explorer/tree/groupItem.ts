import * as vscode from 'vscode';
import type { RegionKeys } from '../../../core/kms/catalog/keyCatalog.ts';
import { explainKeyStore, keyStoreSummary } from '../../../core/kms/explain/keyStoreWords.ts';
import { stateTitle } from '../../../core/kms/explain/explainMetadata.ts';
import type { KeyState } from '../../../core/kms/keyMetadata.ts';
import type { CustomKeyStore } from '../../../core/kms/service/customKeyStores.ts';
import type { KeyType } from './grouping.ts';
import { stateIcons } from './keyItem.ts';
import type { GroupNode } from './keyTreeNode.ts';

/** What a group's row says of itself. */
export interface GroupFacts {
  /** The keys of the group, or undefined while it is not loaded. */
  readonly count: number | undefined;
  readonly state: RegionKeys['state'];
  readonly expanded: boolean;
  /** The custom key store of a group of its keys, once it is known. */
  readonly store?: CustomKeyStore | undefined;
}

interface Looks {
  readonly label: string;
  readonly icon: string;
  readonly color?: string;
  readonly tooltip?: string;
  readonly contextValue?: string;
}

/** The row of a group of keys. */
export function groupItem(node: GroupNode, facts: GroupFacts): vscode.TreeItem {
  if (node.dimension === 'type' && node.value === 'owned') return ownedItem(node);
  const { label, icon, color, tooltip, contextValue } = looksOf(node);
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  if (facts.store !== undefined) return storeItem(node, facts, facts.store);
  const item = new vscode.TreeItem(label, facts.expanded ? Expanded : Collapsed);
  item.id = node.id;
  item.iconPath = new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color));
  item.description = groupDescription(facts);
  if (tooltip !== undefined) item.tooltip = tooltip;
  item.contextValue = contextValue ?? node.dimension;
  return item;
}

/** How the connection of a store is marked, beside its words. */
const storeIcons: Readonly<Record<string, { readonly icon: string; readonly color: string }>> = {
  CONNECTED: { icon: 'server', color: 'charts.green' },
  CONNECTING: { icon: 'sync', color: 'charts.blue' },
  DISCONNECTING: { icon: 'sync', color: 'charts.blue' },
  FAILED: { icon: 'error', color: 'errorForeground' },
};

/** The row of a custom key store: its name, its type and whether KMS is connected to it. An empty one has nothing below it. */
function storeItem(node: GroupNode, facts: GroupFacts, store: CustomKeyStore): vscode.TreeItem {
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(store.name, facts.count === 0 ? None : facts.expanded ? Expanded : Collapsed);
  const { icon, color } = storeIcons[store.connectionState] ?? { icon: 'debug-disconnect', color: 'disabledForeground' };
  item.id = node.id;
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
  item.description = [groupDescription(facts), keyStoreSummary(store), store.region].filter((part) => part !== '').join(' · ');
  const place = store.cloudHsmClusterId ?? store.xksProxyUriEndpoint;
  item.tooltip = [`${store.name} (${store.customKeyStoreId})`, ...(place === undefined ? [] : [place]), ...explainKeyStore(store)].join('\n');
  item.contextValue = `store ${store.connectionState}`;
  item.accessibilityInformation = { label: `${store.name}, ${keyStoreSummary(store)}. ${explainKeyStore(store).join(' ')}` };
  return item;
}

function groupDescription({ count, state }: GroupFacts): string {
  if (state === 'failed') return vscode.l10n.t('failed');
  if (count === undefined) return '';
  return state === 'loading' ? vscode.l10n.t('{0}, loading …', count) : String(count);
}

function looksOf({ dimension, value }: GroupNode): Looks {
  switch (dimension) {
    case 'region':
      return { label: value, icon: 'globe' };
    case 'type':
      return typeLooks[value as KeyType];
    case 'alias':
      return { label: value === '' ? vscode.l10n.t('without an alias') : value, icon: 'symbol-namespace' };
    case 'tag':
      return { label: value === '' ? vscode.l10n.t('without this tag') : value, icon: 'tag' };
    case 'state':
      return stateLooks(value);
    case 'store':
      return { label: value === '' ? vscode.l10n.t('AWS KMS key store') : value, icon: value === '' ? 'lock' : 'server' };
    case 'shelf':
      return value === 'pinned'
        ? { label: vscode.l10n.t('Pinned'), icon: 'pinned', contextValue: 'pinned' }
        : { label: vscode.l10n.t('Opened last'), icon: 'history', contextValue: 'recent' };
  }
}

function stateLooks(value: string): Looks {
  if (value === '') return { label: vscode.l10n.t('state not known'), icon: 'question' };
  const state = value as KeyState;
  return { label: stateTitle(state), ...stateIcons[state] };
}

const typeLooks: Readonly<Record<KeyType, Looks & { readonly tooltip: string }>> = {
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

function ownedItem(node: GroupNode): vscode.TreeItem {
  const { label, icon, tooltip } = typeLooks.owned;
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  item.id = node.id;
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor('disabledForeground'));
  item.description = vscode.l10n.t('kept in AWS’s own accounts, listed for nobody');
  item.tooltip = tooltip;
  item.contextValue = 'owned';
  item.accessibilityInformation = { label: `${label}. ${tooltip}` };
  return item;
}
