import * as vscode from 'vscode';
import type { KmsExplorerError } from '../../core/kms/errorCode.ts';
import type { KeySummary } from '../../core/kms/keySummary.ts';
import { keysViewId } from '../../contributions.ts';
import type { SharedKeyCatalog } from '../shared/sharedKeyCatalog.ts';
import { setContextKey } from '../shared/setContextKey.ts';
import { describeForLog, toKmsExplorerError } from '../shared/showError.ts';
import type { Log } from '../shared/log.ts';
import { toTreeItem, type GroupFacts } from './keyTreeItem.ts';
import { KeyTreeModel, type Grouping } from './keyTreeModel.ts';
import type { KeyNode, KeyTreeNode, KeyType, RegionNode, TypeNode } from './keyTreeNode.ts';
import { keyTooltip } from './keyTooltip.ts';
import { failureState } from './failureState.ts';

/** The Keys view: draws the model's rows and loads the chosen Regions when the user opens the view. */
export class KeysView implements vscode.TreeDataProvider<KeyTreeNode>, vscode.Disposable {
  readonly #catalog: SharedKeyCatalog;
  readonly #log: Log;
  readonly #model: KeyTreeModel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<KeyTreeNode>;
  readonly #subscription: vscode.Disposable;
  #regions: readonly string[] = [];
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(catalog: SharedKeyCatalog, log: Log) {
    this.#catalog = catalog;
    this.#log = log;
    this.#model = new KeyTreeModel(catalog);
    this.#view = vscode.window.createTreeView(keysViewId, { treeDataProvider: this, showCollapseAll: true });
    this.#subscription = catalog.onDidChange(() => {
      this.#redraw();
    });
    setContextKey('kmsExplorer.keysView', 'ready');
    this.group('region');
  }

  get filter(): string {
    return this.#model.filter;
  }

  /** Groups Region -> type or type -> Region. */
  group(grouping: Grouping): void {
    this.#model.grouping = grouping;
    setContextKey('kmsExplorer.grouping', grouping);
    this.#redraw();
  }

  /** Shows the keys that fit, of all chosen Regions; an empty filter shows all. */
  setFilter(filter: string): void {
    this.#model.filter = filter.trim();
    setContextKey('kmsExplorer.filtered', this.#model.filter !== '');
    this.#redraw();
  }

  showMore(groupId: string): void {
    this.#model.showMore(groupId);
    this.#redraw();
  }

  /** Selects the row of a key, opening the groups above it. */
  async reveal(key: KeySummary): Promise<void> {
    await this.#view.reveal(this.#model.keyNode(key), { select: true, focus: false });
  }

  async getChildren(node?: KeyTreeNode): Promise<KeyTreeNode[]> {
    if (node === undefined) return [...(await this.#roots())];
    if (node.kind === 'region') await this.#awaitFirstKeys(node.region);
    const children = this.#model.children(node, this.#regions);
    void this.#catalog.describe(children.filter((child): child is KeyNode => child.kind === 'key').map(({ key }) => key));
    return [...children];
  }

  getParent(node: KeyTreeNode): KeyTreeNode | undefined {
    return node.parent;
  }

  getTreeItem(node: KeyTreeNode): vscode.TreeItem {
    return toTreeItem(node, this.#facts(node));
  }

  async resolveTreeItem(item: vscode.TreeItem, node: KeyTreeNode): Promise<vscode.TreeItem> {
    if (node.kind !== 'key') return item;
    try {
      item.tooltip = keyTooltip(node.key, await this.#catalog.metadata(node.key));
    } catch (error) {
      item.tooltip = toKmsExplorerError(error).message;
    }
    return item;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  #redraw(): void {
    // VS Code clears the message on undefined, which its type does not say.
    (this.#view as { message: string | undefined }).message = this.#filterMessage();
    this.#changed.fire();
  }

  #filterMessage(): string | undefined {
    const { filter } = this.#model;
    if (filter === '') return undefined;
    const count = this.#regions.reduce((sum, region) => sum + this.#count(region, 'customer') + this.#count(region, 'aws'), 0);
    if (count > 0) return vscode.l10n.t('Filter “{0}”: {1} keys', filter, count);
    const loading = this.#regions.some((region) => this.#catalog.region(region).state === 'loading');
    return loading ? vscode.l10n.t('Filter “{0}”: loading …', filter) : vscode.l10n.t('No key fits the filter “{0}”.', filter);
  }

  async #roots(): Promise<readonly KeyTreeNode[]> {
    try {
      this.#regions = await this.#catalog.regions();
    } catch (error) {
      const known = toKmsExplorerError(error);
      if (known.code !== 'NO_BACKEND') this.#log.error(describeForLog(known));
      this.#regions = [];
      return this.#failed(known);
    }
    for (const region of this.#regions) {
      if (this.#catalog.region(region).state === 'idle') void this.#catalog.load(region);
    }
    const common = this.#commonFailure();
    if (common !== undefined) return this.#failed(common);
    const empty = this.#regions.every((region) => this.#isEmpty(region));
    setContextKey('kmsExplorer.keysView', empty ? 'noKeys' : 'ready');
    return empty ? [] : this.#model.roots(this.#regions);
  }

  /** What stands between the user and the keys has a welcome view where there is one thing to do; else a row says it. */
  #failed(error: KmsExplorerError): readonly KeyTreeNode[] {
    const state = failureState(error.code);
    setContextKey('kmsExplorer.keysView', state);
    return state === 'ready' ? [{ kind: 'error', id: 'error', parent: undefined, region: '', error }] : [];
  }

  /** A failure of the connection shows in every Region alike; one welcome view says more than a row in each. */
  #commonFailure(): KmsExplorerError | undefined {
    const errors = this.#regions.map((region) => this.#catalog.region(region).error);
    const [first] = errors;
    if (first === undefined || failureState(first.code) === 'ready') return undefined;
    return errors.every((error) => error?.code === first.code) ? first : undefined;
  }

  #isEmpty(region: string): boolean {
    const { state, keys, unusedServiceAliases } = this.#catalog.region(region);
    return state === 'loaded' && keys.length === 0 && unusedServiceAliases.length === 0;
  }

  /** The rows that are in are drawn at once; an empty group waits, so that VS Code shows that it is loading. */
  async #awaitFirstKeys(region: string): Promise<void> {
    const { state, keys } = this.#catalog.region(region);
    if (state === 'idle' || (state === 'loading' && keys.length === 0)) await this.#catalog.load(region);
  }

  #count(region: string, type: KeyType): number {
    return this.#model.keys(region, type).length;
  }

  #facts(node: KeyTreeNode): GroupFacts {
    if (node.kind !== 'region' && node.kind !== 'type') return { count: undefined, state: 'loaded', expanded: false };
    const regions = regionsOf(node, this.#regions);
    const types = typesOf(node);
    const states = regions.map((region) => this.#catalog.region(region).state);
    const count = regions.reduce((sum, region) => sum + types.reduce((all, type) => all + this.#count(region, type), 0), 0);
    const state = node.kind === 'type' && node.region === undefined ? overall(states) : (states[0] ?? 'idle');
    return { count: state === 'idle' ? undefined : count, state, expanded: this.#startsExpanded(node) };
  }

  /** Customer managed keys of the first Region are what people come for; a filter opens whatever has matches. */
  #startsExpanded(node: RegionNode | TypeNode): boolean {
    if (this.#model.filter !== '') return true;
    if (node.kind === 'type') return node.type === 'customer';
    return node.region === this.#regions[0];
  }
}

function regionsOf(node: RegionNode | TypeNode, all: readonly string[]): readonly string[] {
  return node.region === undefined ? all : [node.region];
}

function typesOf(node: RegionNode | TypeNode): readonly KeyType[] {
  if (node.kind === 'type') return [node.type];
  return node.parent === undefined ? ['customer', 'aws'] : [node.parent.type];
}

function overall(states: readonly GroupFacts['state'][]): GroupFacts['state'] {
  return states.find((state) => state === 'loading') ?? (states.every((state) => state === 'failed') ? 'failed' : 'loaded');
}
