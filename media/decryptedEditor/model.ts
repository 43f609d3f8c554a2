import type { DecryptedEditorMethods, DecryptedText, TextChange } from '../../src/protocol/decryptedEditor.ts';
import { RpcError, type RpcClient, type RpcFailure } from '../../src/protocol/rpc.ts';
import { loading, type Remote } from '../shared/remote.ts';
import { checkSyntax, type SyntaxProblem } from './checkSyntax.ts';

export interface DecryptedState {
  readonly file: Remote<DecryptedText>;
  readonly problem: SyntaxProblem | undefined;
  /** Why the last question was not done. */
  readonly refusal: RpcFailure | undefined;
}

/** The text as the view has it. The host owns it; the view tells each change and takes what others change. */
export interface EditorPort {
  readonly text: string;
  show(file: DecryptedText): void;
  mark(problem: SyntaxProblem | undefined): void;
}

/** A pause in the typing after which the text is read, in milliseconds. */
const pause = 300;

export class DecryptedModel {
  readonly #client: RpcClient<DecryptedEditorMethods>;
  readonly #editor: EditorPort;
  readonly #changed: () => void;
  #revision = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  state: DecryptedState = { file: loading, problem: undefined, refusal: undefined };

  constructor(client: RpcClient<DecryptedEditorMethods>, editor: EditorPort, changed: () => void) {
    this.#client = client;
    this.#editor = editor;
    this.#changed = changed;
  }

  async open(method: 'open' | 'retry' = 'open'): Promise<void> {
    if (method === 'retry') this.#set({ file: loading });
    await this.#take(() => this.#client.call(method, null));
  }

  async resolve(keep: 'edits' | 'file'): Promise<void> {
    await this.#take(() => this.#client.call('resolve', { keep }));
  }

  openAsText(): void {
    void this.#client.call('openAsText', null);
  }

  /** Tells a change of the user's. The host counts each as one revision, so the next can be told before this is answered. */
  async edit(changes: readonly TextChange[]): Promise<void> {
    const revision = this.#revision;
    this.#revision += 1;
    this.#checkSoon();
    try {
      await this.#client.call('edit', { revision, changes });
    } catch {
      // The text here is not the host's any more; the host's counts.
      await this.open();
    }
  }

  async #take(ask: () => Promise<DecryptedText>): Promise<void> {
    try {
      const file = await ask();
      this.#revision = file.revision;
      this.#editor.show(file);
      this.#set({ file: { state: 'ready', value: file }, refusal: undefined });
      this.#checkSoon();
    } catch (error) {
      const refusal: RpcFailure = error instanceof RpcError ? error.failure : { code: 'VIEW_CLOSED', message: 'The editor could not reach its host.' };
      this.#set({ refusal });
    }
  }

  #checkSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(), pause);
  }

  async #check(): Promise<void> {
    const { file } = this.state;
    if (file.state !== 'ready' || file.value.failure !== null) return;
    const { text } = this.#editor;
    const problem = await checkSyntax(text, file.value.format);
    if (text !== this.#editor.text) return;
    this.#editor.mark(problem);
    this.#set({ problem });
  }

  #set(change: Partial<DecryptedState>): void {
    this.state = { ...this.state, ...change };
    this.#changed();
  }
}
