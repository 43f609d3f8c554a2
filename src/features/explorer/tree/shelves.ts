import * as vscode from 'vscode';
import type { BackendIdentity } from '../../../core/kms/service/keyService.ts';
import type { KeyTarget } from '../../../core/kms/keyTarget.ts';
import type { Shelf } from './keyTreeModel.ts';

const stateKeys: Readonly<Record<Shelf, string>> = { pinned: 'pinnedKeys', recent: 'openedKeys' };
const mostRecent = 5;

type Stored = Readonly<Record<string, readonly KeyTarget[]>>;

/** The keys that the user pinned and those opened last, by account and endpoint. They hold names of keys and nothing else. */
export class Shelves implements vscode.Disposable {
  readonly #state: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<void>();
  #owner: string | undefined;
  readonly onDidChange = this.#changed.event;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  /** Shows the shelves of this account; none while it is not known who answers. */
  show(identity: BackendIdentity | undefined): void {
    this.#owner = identity && `${identity.accountId} ${identity.endpoint}`;
    this.#changed.fire();
  }

  keys(shelf: Shelf): readonly KeyTarget[] {
    return this.#owner === undefined ? [] : (this.#state.get<Stored>(stateKeys[shelf], {})[this.#owner] ?? []);
  }

  isPinned(arn: string): boolean {
    return this.keys('pinned').some((key) => key.arn === arn);
  }

  async pin(keys: readonly KeyTarget[]): Promise<void> {
    const added = keys.filter(({ arn }) => !this.isPinned(arn)).map(targetOf);
    await this.#write('pinned', [...this.keys('pinned'), ...added]);
  }

  async unpin(keys: readonly KeyTarget[]): Promise<void> {
    const gone = new Set(keys.map(({ arn }) => arn));
    await this.#write('pinned', this.keys('pinned').filter(({ arn }) => !gone.has(arn)));
  }

  /** Puts a key that was opened at the head of its shelf. */
  async remember(key: KeyTarget): Promise<void> {
    const others = this.keys('recent').filter(({ arn }) => arn !== key.arn);
    await this.#write('recent', [targetOf(key), ...others].slice(0, mostRecent));
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #write(shelf: Shelf, keys: readonly KeyTarget[]): Promise<void> {
    if (this.#owner === undefined) return;
    await this.#state.update(stateKeys[shelf], { ...this.#state.get<Stored>(stateKeys[shelf], {}), [this.#owner]: keys });
    this.#changed.fire();
  }
}

/** The names alone, whatever else the row knows. */
function targetOf({ region, keyId, arn, aliasName }: KeyTarget): KeyTarget {
  return { region, keyId, arn, aliasName };
}
