import type { AliasListEntry, KeyMetadata, Tag } from '../../src/core/kms/keyMetadata.ts';
import { formatPolicy } from '../../src/core/policy/document.ts';
import type { KeyPanelMethods, PanelOpening, PolicyDraft, RotationAnswer } from '../../src/protocol/keyPanel.ts';
import { RpcError, type RpcClient, type RpcFailure } from '../../src/protocol/rpc.ts';
import { draftOf, startEdit, withText, type PolicyEdit } from './policyEdit.ts';
import { loading, type Remote } from './remote.ts';

/** Everything the panel shows. */
export interface PanelState {
  readonly opening: PanelOpening | undefined;
  readonly backendChanged: boolean;
  readonly metadata: Remote<KeyMetadata>;
  readonly aliases: Remote<readonly AliasListEntry[]>;
  readonly tags: Remote<readonly Tag[]>;
  readonly rotation: Remote<RotationAnswer>;
  readonly policy: Remote<PolicyEdit>;
  readonly copied: 'arn' | 'keyId' | undefined;
}

/** The sections that are asked for on their own, each with the question that fills it. */
const questions = { metadata: 'describeKey', aliases: 'listAliases', tags: 'listTags', rotation: 'getRotation' } as const;
export type SectionName = keyof typeof questions | 'policy';

/** How long typing rests before the host is given the edit to keep. */
const draftDelayMilliseconds = 250;
const copiedMilliseconds = 1500;

/** The panel's state and what the user can do with it. The view is drawn again after every change. */
export class KeyPanelModel {
  readonly #client: RpcClient<KeyPanelMethods>;
  readonly #onChange: () => void;
  #draftTimer: ReturnType<typeof setTimeout> | undefined;
  state: PanelState = {
    opening: undefined,
    backendChanged: false,
    metadata: loading,
    aliases: loading,
    tags: loading,
    rotation: loading,
    policy: loading,
    copied: undefined,
  };

  constructor(client: RpcClient<KeyPanelMethods>, onChange: () => void) {
    this.#client = client;
    this.#onChange = onChange;
  }

  async open(): Promise<void> {
    await this.#start(await this.#client.call('open', null));
  }

  /** Loads everything again from the backend that is current now; an edit that is not saved stays. */
  async reconnect(): Promise<void> {
    this.keepDraft();
    await this.#start(await this.#client.call('reconnect', null));
  }

  backendChanged(): void {
    this.#set({ backendChanged: true });
  }

  async load(section: SectionName): Promise<void> {
    if (section === 'policy') await this.#loadPolicy(null);
    else await this.#loadSection(section);
  }

  async copy(what: 'arn' | 'keyId'): Promise<void> {
    await this.#client.call('copy', what);
    this.#set({ copied: what });
    setTimeout(() => {
      this.#set({ copied: undefined });
    }, copiedMilliseconds);
  }

  edit(text: string): void {
    this.#changeEdit((edit) => withText(edit, text));
    clearTimeout(this.#draftTimer);
    this.#draftTimer = setTimeout(() => {
      this.keepDraft();
    }, draftDelayMilliseconds);
  }

  format(): void {
    const { policy } = this.state;
    if (policy.state === 'ready') this.edit(formatPolicy(policy.value.text));
  }

  discard(): void {
    this.#changeEdit((edit) => startEdit(edit.base, null));
    this.keepDraft();
  }

  review(): void {
    this.#changeEdit((edit) => ({ ...edit, step: 'reviewing', refusal: undefined, notice: undefined }));
  }

  goOnEditing(): void {
    this.#changeEdit((edit) => ({ ...edit, step: 'editing' }));
  }

  /** Sends the edit to KMS. A refusal is shown next to the edit, which stays as it is. */
  async save(): Promise<void> {
    const { policy } = this.state;
    if (policy.state !== 'ready') return;
    const { text, base } = policy.value;
    clearTimeout(this.#draftTimer);
    this.#changeEdit((edit) => ({ ...edit, step: 'saving', refusal: undefined }));
    try {
      await this.#client.call('savePolicy', { policy: text, expected: base });
    } catch (error) {
      this.#changeEdit((edit) => ({ ...edit, step: 'reviewing', refusal: failureOf(error) }));
      return;
    }
    await this.#showStored(null, 'KMS has stored the key policy. What you see is what it holds now.');
  }

  /** Takes the policy that is stored now as what the edit is compared with, and shows the difference. */
  async compareWithStored(): Promise<void> {
    const { policy } = this.state;
    if (policy.state !== 'ready') return;
    const { text } = policy.value;
    try {
      const base = await this.#client.call('getPolicy', null);
      this.#set({ policy: { state: 'ready', value: { ...startEdit(base, { text, base }), step: 'reviewing' } } });
      this.keepDraft();
    } catch (error) {
      this.#changeEdit((edit) => ({ ...edit, refusal: failureOf(error) }));
    }
  }

  /** Gives the host the edit at once, before the view may be hidden. */
  keepDraft(): void {
    clearTimeout(this.#draftTimer);
    const { policy } = this.state;
    if (policy.state === 'ready') void this.#client.call('keepDraft', draftOf(policy.value));
  }

  async #start(opening: PanelOpening): Promise<void> {
    this.#set({ opening, backendChanged: opening.backendChanged });
    await Promise.all([
      this.#loadSection('metadata'),
      this.#loadSection('aliases'),
      this.#loadSection('tags'),
      this.#loadSection('rotation'),
      this.#loadPolicy(opening.draft),
    ]);
  }

  async #loadSection(section: keyof typeof questions): Promise<void> {
    this.#set({ [section]: loading });
    this.#set({ [section]: await settled(this.#client.call(questions[section], null)) });
  }

  async #loadPolicy(draft: PolicyDraft | null): Promise<void> {
    this.#set({ policy: loading });
    await this.#showStored(draft);
  }

  async #showStored(draft: PolicyDraft | null, notice?: string): Promise<void> {
    const stored = await settled(this.#client.call('getPolicy', null));
    const policy: Remote<PolicyEdit> =
      stored.state === 'ready' ? { state: 'ready', value: startEdit(stored.value, draft, notice) } : stored;
    this.#set({ policy });
  }

  #changeEdit(change: (edit: PolicyEdit) => PolicyEdit): void {
    const { policy } = this.state;
    if (policy.state === 'ready') this.#set({ policy: { state: 'ready', value: change(policy.value) } });
  }

  #set(part: Partial<PanelState>): void {
    this.state = { ...this.state, ...part };
    this.#onChange();
  }
}

async function settled<Value>(answer: Promise<Value>): Promise<Remote<Value>> {
  try {
    return { state: 'ready', value: await answer };
  } catch (error) {
    return { state: 'failed', failure: failureOf(error) };
  }
}

function failureOf(error: unknown): RpcFailure {
  if (error instanceof RpcError) return error.failure;
  return { code: 'KMS_FAULT', message: 'Something unexpected went wrong in this panel. Close it and open the key again.' };
}
