import * as vscode from 'vscode';
import type { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import type { RegionKeys } from '../../../core/kms/catalog/keyCatalog.ts';
import type { KeySummary } from '../../../core/kms/catalog/keySummary.ts';
import { keysViewId } from '../../../contributions.ts';
import type { SharedKeyCatalog } from '../../shared/sharedKeyCatalog.ts';
import { setContextKey } from '../../shared/setContextKey.ts';
import { describeForLog, toKmsExplorerError } from '../../shared/showError.ts';
import type { KeyUses } from '../../shared/secrets/keyUses.ts';
import type { Log } from '../../shared/log.ts';
import { failureState } from './failureState.ts';
import { type Grouping, groupsByMetadata, type SortOrder } from './grouping.ts';
import type { KeyDragAndDrop } from './keyDragAndDrop.ts';
import { KeyTreeModel } from './keyTreeModel.ts';
import type { GroupNode, KeyNode, KeyTreeNode } from './keyTreeNode.ts';
import { keyTooltip } from './keyTooltip.ts';
import { type RowFacts, toTreeItem } from './keyTreeItem.ts';
import type { KeyStores } from './keyStores.ts';
import type { Shelves } from './shelves.ts';

export interface KeysViewParts {
  readonly catalog: SharedKeyCatalog;
  readonly shelves: Shelves;
  readonly stores: KeyStores;
  readonly uses: KeyUses;
  readonly dragAndDrop: KeyDragAndDrop;
  readonly log: Log;
}

/** The Keys view: draws the model's rows and loads the chosen Regions when the user opens the view. */
export class KeysView implements vscode.TreeDataProvider<KeyTreeNode>, vscode.Disposable {
  readonly #parts: KeysViewParts;
  readonly #model: KeyTreeModel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<KeyTreeNode>;
  readonly #subscription: vscode.Disposable;
  /** Ends what a filter or grouping asked KMS for, when another one takes its place. */
  #details = new AbortController();
  #regions: readonly string[] = [];
  #selected: readonly KeyTreeNode[] = [];
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(parts: KeysViewParts) {
    this.#parts = parts;
    const { catalog, shelves, stores, uses, dragAndDrop } = parts;
    this.#model = new KeyTreeModel({ region: (region) => catalog.region(region), stores: () => stores.all(), shelf: (name) => shelves.keys(name) });
    this.#view = vscode.window.createTreeView(keysViewId, {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
      dragAndDropController: dragAndDrop,
    });
    const redraw = (): void => {
      this.#redraw();
    };
    const selection = this.#view.onDidChangeSelection((event) => {
      this.#selected = event.selection;
    });
    // What the rows need of every key is needed of new ones too, after a refresh and after a key was created.
    const loadDetails = (): void => {
      this.#loadDetails();
    };
    this.#subscription = vscode.Disposable.from(selection, catalog.onDidLoad(loadDetails), ...[catalog, shelves, stores, uses].map((each) => each.onDidChange(redraw)));
    setContextKey('kmsExplorer.keysView', 'ready');
    this.group('region');
  }

  get filter(): string {
    return this.#model.filter.text;
  }

  get grouping(): Grouping {
    return this.#model.grouping;
  }

  get order(): SortOrder {
    return this.#model.order;
  }

  /** The keys whose rows are selected. While rows are drawn again VS Code tells of none, so the last ones stand. */
  get selection(): readonly KeySummary[] {
    const nodes = this.#view.selection.length > 0 ? this.#view.selection : this.#selected;
    return nodes.flatMap((node) => (node.kind === 'key' ? [node.key] : []));
  }

  /** Groups the keys; `tagKey` names the tag when they are grouped by one. */
  group(grouping: Grouping, tagKey = ''): void {
    this.#model.grouping = grouping;
    this.#model.tagKey = tagKey;
    setContextKey('kmsExplorer.grouping', grouping);
    this.#loadDetails();
    this.#redraw();
  }

  sort(order: SortOrder): void {
    this.#model.order = order;
    this.#loadDetails();
    this.#redraw();
  }

  /** Shows the keys that fit, of all chosen Regions; an empty filter shows all. */
  setFilter(filter: string): void {
    this.#model.filterText = filter;
    setContextKey('kmsExplorer.filtered', this.filter !== '');
    this.#loadDetails();
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
    if (node.kind === 'group' && node.dimension === 'region') await this.#awaitFirstKeys(node.value);
    const children = this.#model.children(node, this.#regions);
    void this.#parts.catalog.detail(children.filter((child): child is KeyNode => child.kind === 'key').map(({ key }) => key));
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
      item.tooltip = keyTooltip(node.key, await this.#parts.catalog.metadata(node.key));
    } catch (error) {
      item.tooltip = toKmsExplorerError(error).message;
    }
    return item;
  }

  dispose(): void {
    this.#details.abort();
    this.#subscription.dispose();
    this.#view.dispose();
    this.#changed.dispose();
  }

  /** A grouping, an order or a term of the filter may need what is known only of described keys. */
  #loadDetails(): void {
    this.#details.abort();
    this.#details = new AbortController();
    const { signal } = this.#details;
    const { filter, grouping, order } = this.#model;
    const metadata = filter.needsMetadata || groupsByMetadata(grouping) || order !== 'name';
    const tags = filter.needsTags || grouping === 'tag';
    if (!metadata && !tags) return;
    void this.#parts.catalog.loadDetails({ metadata, tags }, signal).catch((error: unknown) => {
      if (!signal.aborted) this.#parts.log.warn(describeForLog(toKmsExplorerError(error)));
    });
  }

  #redraw(): void {
    // VS Code clears the message on undefined, which its type does not say.
    (this.#view as { message: string | undefined }).message = this.#filterMessage();
    this.#changed.fire();
  }

  #filterMessage(): string | undefined {
    if (this.filter === '') return undefined;
    const keys = this.#regions.flatMap((region) => this.#parts.catalog.region(region).keys);
    const count = keys.filter((key) => this.#model.filter.matches(key)).length;
    if (count > 0) return vscode.l10n.t('Filter “{0}”: {1} keys', this.filter, count);
    const loading = this.#regions.some((region) => this.#parts.catalog.region(region).state === 'loading');
    return loading ? vscode.l10n.t('Filter “{0}”: loading …', this.filter) : vscode.l10n.t('No key fits the filter “{0}”.', this.filter);
  }

  async #roots(): Promise<readonly KeyTreeNode[]> {
    const { catalog, log } = this.#parts;
    try {
      this.#regions = await catalog.regions();
    } catch (error) {
      const known = toKmsExplorerError(error);
      if (known.code !== 'NO_BACKEND') log.error(describeForLog(known));
      this.#regions = [];
      return this.#failed(known);
    }
    for (const region of this.#regions) {
      if (catalog.region(region).state === 'idle') void catalog.load(region);
    }
    if (this.grouping === 'store') void this.#parts.stores.ensure(this.#regions);
    const common = this.#commonFailure();
    if (common !== undefined) return this.#failed(common);
    // A store without keys is something to show and to create the first key in.
    const withStores = this.grouping === 'store' && this.#parts.stores.all().length > 0;
    const empty = !withStores && this.#regions.every((region) => this.#isEmpty(region));
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
    const errors = this.#regions.map((region) => this.#parts.catalog.region(region).error);
    const [first] = errors;
    if (first === undefined || failureState(first.code) === 'ready') return undefined;
    return errors.every((error) => error?.code === first.code) ? first : undefined;
  }

  #isEmpty(region: string): boolean {
    const { state, keys, unusedServiceAliases } = this.#parts.catalog.region(region);
    return state === 'loaded' && keys.length === 0 && unusedServiceAliases.length === 0;
  }

  /** The rows that are in are drawn at once; an empty group waits, so that VS Code shows that it is loading. */
  async #awaitFirstKeys(region: string): Promise<void> {
    const { state, keys } = this.#parts.catalog.region(region);
    if (state === 'idle' || (state === 'loading' && keys.length === 0)) await this.#parts.catalog.load(region);
  }

  #facts(node: KeyTreeNode): RowFacts {
    const none = { count: undefined, state: 'loaded' as const, expanded: false };
    if (node.kind === 'key') return { ...none, pinned: this.#parts.shelves.isPinned(node.key.arn), uses: this.#parts.uses.countOf(node.key) };
    if (node.kind !== 'group') return { ...none, pinned: false };
    const count = this.#model.keysOf(node, this.#regions).length;
    const state = this.#stateOf(node);
    const store = node.dimension === 'store' ? this.#parts.stores.find(node.value) : undefined;
    return { count: state === 'idle' ? undefined : count, state, expanded: this.#startsExpanded(node), pinned: false, store };
  }

  #stateOf(node: GroupNode): RegionKeys['state'] {
    for (let each: GroupNode | undefined = node; each !== undefined; each = each.parent) {
      if (each.dimension === 'region') return this.#parts.catalog.region(each.value).state;
      if (each.dimension === 'shelf') return 'loaded';
    }
    const states = this.#regions.map((region) => this.#parts.catalog.region(region).state);
    return states.find((state) => state === 'loading') ?? (states.every((state) => state === 'failed') ? 'failed' : 'loaded');
  }

  /** Customer managed keys of the first Region are what people come for; a filter opens whatever has matches. */
  #startsExpanded({ dimension, value, parent }: GroupNode): boolean {
    if (this.filter !== '') return true;
    if (dimension === 'type') return value === 'customer';
    if (dimension === 'region') return value === this.#regions[0] && (parent === undefined || parent.value === 'customer');
    return dimension === 'shelf' && value === 'pinned';
  }
}
