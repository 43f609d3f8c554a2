import * as vscode from 'vscode';
import { keyLabel } from '../../../core/kms/keyLabels.ts';
import type { KeySummary } from '../../../core/kms/catalog/keySummary.ts';
import type { KeyTreeNode } from './keyTreeNode.ts';

/** VS Code names a tree's own type like this (its view id in lower case). */
const keysMimeType = 'application/vnd.code.tree.kmsexplorer.keys';

interface Dragged {
  readonly arn: string;
  readonly text: string;
}

/** The name to write for a key in code or configuration: the ARN of its alias, which survives a change of key, or its own. */
export function insertableName({ arn, aliasName }: Pick<KeySummary, 'arn' | 'aliasName'>): string {
  return aliasName === undefined ? arn : arn.replace(/:key\/.*$/, `:${aliasName}`);
}

/** Dropping a key on another one offers to move an alias to it; dropping one on an editor writes its name. */
export class KeyDragAndDrop implements vscode.TreeDragAndDropController<KeyTreeNode> {
  readonly dragMimeTypes = ['text/plain'];
  readonly dropMimeTypes = [keysMimeType];
  readonly #move: (from: KeySummary, to: KeySummary) => Promise<void>;

  /** `move` asks the user and moves an alias. */
  constructor(move: (from: KeySummary, to: KeySummary) => Promise<void>) {
    this.#move = move;
  }

  handleDrag(nodes: readonly KeyTreeNode[], data: vscode.DataTransfer): void {
    const keys = nodes.flatMap((node) => (node.kind === 'key' ? [node.key] : []));
    if (keys.length === 0) return;
    const dragged = keys.map((key): Dragged => ({ arn: key.arn, text: insertableName(key) }));
    data.set(keysMimeType, new vscode.DataTransferItem(JSON.stringify(dragged)));
    data.set('text/plain', new vscode.DataTransferItem(keys.map(insertableName).join('\n')));
    this.#dragged = keys;
  }

  async handleDrop(target: KeyTreeNode | undefined): Promise<void> {
    const [from] = this.#dragged;
    if (target?.kind !== 'key' || from === undefined || from.arn === target.key.arn) return;
    await this.#move(from, target.key);
  }

  /** A drag within the view hands over what it took, which text could not carry. */
  #dragged: readonly KeySummary[] = [];
}

/** Writes the names of keys that are dropped on an editor. */
export function registerKeyDrop(): vscode.Disposable {
  const provider: vscode.DocumentDropEditProvider = {
    async provideDocumentDropEdits(_document, _position, data) {
      const item = data.get(keysMimeType);
      if (item === undefined) return undefined;
      const dragged = JSON.parse(await item.asString()) as readonly Dragged[];
      return new vscode.DocumentDropEdit(
        dragged.map(({ text }) => text).join('\n'),
        vscode.l10n.t('Insert the name of {0}', dragged.length === 1 ? keyLabelOf(dragged[0]) : vscode.l10n.t('the keys')),
      );
    },
  };
  return vscode.languages.registerDocumentDropEditProvider({ pattern: '**' }, provider, { dropMimeTypes: [keysMimeType] });
}

function keyLabelOf(dragged: Dragged | undefined): string {
  const name = dragged?.text.split(':').at(-1) ?? '';
  return name.startsWith('alias/') ? keyLabel({ aliasName: name, keyId: '' }) : name;
}
