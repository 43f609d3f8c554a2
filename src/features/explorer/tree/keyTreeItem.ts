import * as vscode from 'vscode';
import type { ErrorCode } from '../../../core/kms/errorCode.ts';
import { keyLabel } from '../../../core/kms/keyLabels.ts';
import { commandLink } from '../../shared/commands.ts';
import { groupItem, type GroupFacts } from './groupItem.ts';
import { keyItem, relatedItem, type KeyFacts } from './keyItem.ts';
import type { ErrorNode, KeyTreeNode, MoreNode, UnusedAliasNode } from './keyTreeNode.ts';

/** What the provider knows of a row and the row does not. */
export type RowFacts = GroupFacts & KeyFacts;

/** The row as VS Code draws it. The tooltip of a key is filled in when the pointer rests on it. */
export function toTreeItem(node: KeyTreeNode, facts: RowFacts): vscode.TreeItem {
  switch (node.kind) {
    case 'group':
      return groupItem(node, facts);
    case 'key':
      return keyItem(node, facts);
    case 'related':
      return relatedItem(node);
    case 'unusedAlias':
      return unusedAliasItem(node);
    case 'more':
      return moreItem(node);
    case 'error':
      return errorItem(node);
  }
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
