import type { Advice } from '../../src/core/kms/create/advice.ts';
import { advise } from '../../src/core/kms/create/advise.ts';
import type { Answers } from '../../src/core/kms/create/answers.ts';
import { type DraftProblem, draftProblems } from '../../src/core/kms/create/draftProblems.ts';
import { emptyDraft, fitted, isInStore, type KeyDraft, withRecommendation } from '../../src/core/kms/create/keyDraft.ts';
import type { TextForm } from '../../src/core/kms/create/text/keyText.ts';
import type { CreateKeyForm, CreateKeyMethods, CreateKeyOpening, CreationReport, KeyStoreChoice } from '../../src/protocol/createKey.ts';
import { RpcError, type RpcClient, type RpcFailure } from '../../src/protocol/rpc.ts';
import { loading, type Remote } from '../shared/remote.ts';
import { aliasOf, draftOf } from './draftOf.ts';

export interface AdvisorState {
  readonly opening: Remote<CreateKeyOpening>;
  readonly form: CreateKeyForm;
  readonly advice: Advice;
  readonly textForm: TextForm;
  /** What the form lacks; shown once the user asked for the key. */
  readonly problems: readonly DraftProblem[];
  readonly busy: boolean;
  /** Why nothing was made, or why the last question failed. */
  readonly failure: RpcFailure | undefined;
  /** A key that was made and is not finished. */
  readonly unfinished: CreationReport | null;
  /** The custom key stores of the draft's Region, once the key is to live in one. */
  readonly keyStores: Remote<readonly KeyStoreChoice[]> | undefined;
  readonly copied: boolean;
  readonly backendChanged: boolean;
}

const firstAnswers: Answers = { purpose: 'encryptData', needs: [] };
/** How long typing rests before the host is given the form to keep, in milliseconds. */
const keepDelay = 250;
const copiedMilliseconds = 1500;
const badTags: DraftProblem = { field: 'tags', message: 'Write each tag as a name=value pair on a line of its own.' };

/** The advisor's state and what the user can do with it. The view is drawn again after every change. */
export class AdvisorModel {
  readonly #client: RpcClient<CreateKeyMethods>;
  readonly #onChange: () => void;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #keyStoreRegion: string | undefined;
  state: AdvisorState = {
    opening: loading,
    form: formFor(firstAnswers, emptyDraft(''), ''),
    advice: advise(firstAnswers),
    textForm: 'cli',
    problems: [],
    busy: false,
    failure: undefined,
    unfinished: null,
    keyStores: undefined,
    copied: false,
    backendChanged: false,
  };

  constructor(client: RpcClient<CreateKeyMethods>, onChange: () => void) {
    this.#client = client;
    this.#onChange = onChange;
  }

  /** Loads what the form needs; with `reconnect` from the backend that is current now. */
  async open(how: 'open' | 'reconnect' = 'open'): Promise<void> {
    this.#set({ opening: loading, backendChanged: false, failure: undefined });
    try {
      const opening = await this.#client.call(how, null);
      const { draft } = this.state.form;
      const region = opening.regions.includes(draft.region) ? draft.region : opening.region;
      const form = opening.form ?? { ...this.state.form, draft: { ...draft, region } };
      this.#set({ opening: { state: 'ready', value: opening }, form, advice: advise(form.answers), unfinished: opening.unfinished });
      this.#keyStoreRegion = undefined;
      void this.#loadKeyStores(form.draft);
    } catch (error) {
      this.#set({ opening: { state: 'failed', failure: failureOf(error) } });
    }
  }

  backendChanged(): void {
    this.#set({ backendChanged: true });
  }

  /** New answers bring new advice, and the form follows it. */
  answer(answers: Answers): void {
    const { draft, tagsText } = this.state.form;
    this.#setForm(formFor(answers, draft, tagsText));
    this.#set({ advice: advise(answers) });
  }

  /** Changes a part of the form; what does not go with it any more is taken back. */
  edit(part: Partial<KeyDraft>): void {
    const { form } = this.state;
    this.#setForm({ ...form, draft: fitted({ ...form.draft, ...part }) });
  }

  editTags(tagsText: string): void {
    this.#setForm({ ...this.state.form, tagsText });
  }

  chooseText(textForm: TextForm): void {
    this.#set({ textForm });
  }

  async create(): Promise<void> {
    const draft = draftOf(this.state.form);
    const problems = draft === undefined ? [badTags] : draftProblems(draft);
    this.#set({ problems });
    if (draft !== undefined && problems.length === 0) await this.#make(this.#client.call('create', draft));
  }

  /** Tries again what the unfinished key lacks. */
  async finish(typedAlias: string): Promise<void> {
    await this.#make(this.#client.call('finish', { aliasName: aliasOf(typedAlias) }));
  }

  async scheduleDeletion(): Promise<void> {
    await this.#make(this.#client.call('scheduleDeletion', null));
  }

  async openKey(): Promise<void> {
    await this.#client.call('openKey', null);
  }

  async startOver(): Promise<void> {
    await this.#client.call('startOver', null);
    this.#set({ unfinished: null, failure: undefined });
  }

  async copyText(): Promise<void> {
    const draft = draftOf(this.state.form);
    if (draft === undefined) return;
    try {
      await this.#client.call('copyAs', { form: this.state.textForm, draft });
    } catch (error) {
      this.#set({ failure: failureOf(error) });
      return;
    }
    this.#set({ copied: true });
    setTimeout(() => {
      this.#set({ copied: false });
    }, copiedMilliseconds);
  }

  /** Gives the host the form at once, before the view may be hidden. */
  keepForm(): void {
    clearTimeout(this.#keepTimer);
    if (this.state.opening.state === 'ready') void this.#client.call('keepForm', this.state.form);
  }

  async #make(answer: Promise<CreationReport>): Promise<void> {
    this.#set({ busy: true, failure: undefined });
    try {
      this.#set({ busy: false, unfinished: await answer });
    } catch (error) {
      this.#set({ busy: false, failure: failureOf(error) });
    }
  }

  /** Lists the stores of the Region when the key is to live in one; a Region is asked once. */
  async #loadKeyStores(draft: KeyDraft): Promise<void> {
    const { region } = draft;
    if (!isInStore(draft) || region === this.#keyStoreRegion) return;
    this.#keyStoreRegion = region;
    this.#set({ keyStores: loading });
    const keyStores = await this.#client.call('listKeyStores', region).then(
      (value): Remote<readonly KeyStoreChoice[]> => ({ state: 'ready', value }),
      (error: unknown): Remote<readonly KeyStoreChoice[]> => ({ state: 'failed', failure: failureOf(error) }),
    );
    if (region === this.#keyStoreRegion) this.#set({ keyStores });
  }

  #setForm(form: CreateKeyForm): void {
    this.#set({ form, problems: [] });
    void this.#loadKeyStores(form.draft);
    clearTimeout(this.#keepTimer);
    this.#keepTimer = setTimeout(() => {
      this.keepForm();
    }, keepDelay);
  }

  #set(part: Partial<AdvisorState>): void {
    this.state = { ...this.state, ...part };
    this.#onChange();
  }
}

function formFor(answers: Answers, draft: KeyDraft, tagsText: string): CreateKeyForm {
  return { answers, draft: fitted(withRecommendation(draft, advise(answers).key)), tagsText };
}

function failureOf(error: unknown): RpcFailure {
  if (error instanceof RpcError) return error.failure;
  return { code: 'KMS_FAULT', message: 'Something unexpected went wrong in this panel. Close it and open it again.' };
}
