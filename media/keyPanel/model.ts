import { keyLabel } from '../../src/core/kms/keyLabels.ts';
import type { AliasListEntry, KeyMetadata, Tag } from '../../src/core/kms/keyMetadata.ts';
import type { GrantEntry } from '../../src/core/kms/service/grants.ts';
import type { KeyLastUsage } from '../../src/core/kms/service/keyReading.ts';
import type { PrincipalPolicies } from '../../src/core/kms/service/identityPolicies.ts';
import type { BackendIdentity } from '../../src/core/kms/service/keyService.ts';
import { formatPolicy } from '../../src/core/policy/formatPolicy.ts';
import type { DescribedRequest } from '../../src/core/policy/keyAccess/tryRequest.ts';
import { reviewPolicy } from '../../src/core/policy/review/reviewPolicy.ts';
import type {
  DataKey,
  DataKeyQuestion,
  KeyChange,
  KeyCommand,
  ImportKind,
  KeyPanelMethods,
  MaterialsAnswer,
  PanelOpening,
  PolicyDraft,
  PublicKeyForm,
  PublicKeyForms,
  RotationAnswer,
  Trial,
  TrialResult,
  UsesAnswer,
} from '../../src/protocol/keyPanel.ts';
import type { RpcClient, RpcFailure } from '../../src/protocol/rpc.ts';
import { askAnalyzer, type AnalyzerCheck } from './policy/askAnalyzer.ts';
import { draftOf, isLockout, startEdit, withAnswers, withFacts, withText, type PolicyEdit } from './policy/policyEdit.ts';
import { askingCaller, lintFacts, panelKeyFacts } from './policy/policyFacts.ts';
import { loading, valueOf, type Remote } from '../shared/remote.ts';
import { failureOf, settled } from './settled.ts';

/** Everything the panel shows. */
export interface PanelState {
  readonly opening: PanelOpening | undefined;
  readonly backendChanged: boolean;
  readonly metadata: Remote<KeyMetadata>;
  readonly aliases: Remote<readonly AliasListEntry[]>;
  readonly tags: Remote<readonly Tag[]>;
  readonly rotation: Remote<RotationAnswer>;
  readonly lastUsage: Remote<KeyLastUsage>;
  readonly grants: Remote<readonly GrantEntry[]>;
  readonly publicKey: Remote<PublicKeyForms>;
  readonly regions: Remote<readonly string[]>;
  readonly materials: Remote<MaterialsAnswer>;
  readonly identity: Remote<BackendIdentity>;
  readonly uses: Remote<UsesAnswer>;
  readonly identityPolicies: Remote<readonly PrincipalPolicies[]>;
  readonly policy: Remote<PolicyEdit>;
  readonly copied: 'arn' | 'keyId' | 'dataKey' | 'dataPublicKey' | PublicKeyForm | undefined;
  /** The last change that was asked for, as it stands. */
  readonly change: Change | undefined;
  /** The data key that was made last. */
  readonly dataKey: Remote<DataKey> | undefined;
  /** What came of the last trial. */
  readonly trial: Remote<TrialResult> | undefined;
  readonly access: AccessChoice;
}

/** What is looked at in the tab about access. */
export interface AccessChoice {
  readonly cell: { readonly arn: string; readonly operation: string } | undefined;
  readonly request: DescribedRequest | undefined;
}

/** A change of the key on its way, done, or refused. */
export interface Change {
  readonly state: 'running' | 'done' | 'failed';
  /** What it does, as a sentence for when it is done. */
  readonly done: string;
  readonly failure: RpcFailure | undefined;
}

/** The sections that are asked for on their own, each with the question that fills it. */
const questions = {
  metadata: 'describeKey',
  aliases: 'listAliases',
  tags: 'listTags',
  rotation: 'getRotation',
  lastUsage: 'getLastUsage',
  grants: 'listGrants',
  publicKey: 'getPublicKey',
  regions: 'listRegions',
  materials: 'listMaterials',
  identity: 'getIdentity',
  uses: 'listUses',
  identityPolicies: 'listIdentityPolicies',
} as const;
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
    lastUsage: loading,
    grants: loading,
    publicKey: loading,
    regions: loading,
    materials: loading,
    identity: loading,
    uses: loading,
    identityPolicies: loading,
    policy: loading,
    copied: undefined,
    change: undefined,
    trial: undefined,
    dataKey: undefined,
    access: { cell: undefined, request: undefined },
  };
  /** Sections that were asked for; the others are asked for when their tab is opened. */
  readonly #asked = new Set<SectionName>();

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

  /** Asks again for all that was asked for. An edit of the key policy that is not saved stays, with what it started from. */
  async refresh(): Promise<void> {
    const { policy } = this.state;
    this.#set({ change: undefined });
    const sections = [...this.#asked].filter((section) => section !== 'policy').map((section) => this.load(section));
    await Promise.all([...sections, this.#showStored(policy.state === 'ready' ? draftOf(policy.value) : null)]);
  }

  backendChanged(): void {
    this.#set({ backendChanged: true });
  }

  async load(section: SectionName): Promise<void> {
    if (section === 'policy') await this.#loadPolicy(null);
    else await this.#loadSection(section);
  }

  /** Loads a section that failed, and the others that failed too: what was in the way of one was so of all. */
  async retry(section: SectionName): Promise<void> {
    const names = [...(Object.keys(questions) as (keyof typeof questions)[]), 'policy'] as const;
    const failed = names.filter((name) => name !== section && this.state[name].state === 'failed');
    await Promise.all([section, ...failed].map((name) => this.load(name)));
  }

  /** Loads a section when it is first looked at. */
  async ensure(section: SectionName): Promise<void> {
    if (!this.#asked.has(section)) await this.load(section);
  }

  /** Makes a change and asks again for the sections that it shows in. */
  async change(change: KeyChange, done: string, sections: readonly SectionName[]): Promise<boolean> {
    this.#set({ change: { state: 'running', done, failure: undefined } });
    try {
      await this.#client.call('change', change);
    } catch (error) {
      this.#set({ change: { state: 'failed', done, failure: failureOf(error) } });
      return false;
    }
    this.#set({ change: { state: 'done', done, failure: undefined } });
    await Promise.all(sections.map((section) => this.load(section)));
    return true;
  }

  /** Imports material, for which the host asks the user. */
  async importMaterial(kind: ImportKind): Promise<void> {
    await this.#handleMaterial(this.#client.call('importMaterial', kind));
  }

  async deleteMaterial(materialId: string | null): Promise<void> {
    await this.#handleMaterial(this.#client.call('deleteMaterial', materialId));
  }

  async #handleMaterial(answer: Promise<string | null>): Promise<void> {
    this.#set({ change: undefined });
    const outcome = await settled(answer);
    if (outcome.state === 'failed') this.#set({ change: { state: 'failed', done: '', failure: outcome.failure } });
    if (outcome.state !== 'ready' || outcome.value === null) return;
    this.#set({ change: { state: 'done', done: outcome.value, failure: undefined } });
    await Promise.all((['materials', 'metadata', 'rotation'] as const).map((section) => this.load(section)));
  }

  /** Runs a command that asks the user itself, and shows what became of the key. */
  async run(command: KeyCommand): Promise<void> {
    await this.#client.call('run', command);
    await Promise.all([this.load('metadata'), this.load('rotation')]);
  }

  async tryOut(trial: Trial): Promise<void> {
    this.#set({ trial: loading });
    this.#set({ trial: await settled(this.#client.call('tryOut', trial)) });
  }

  chooseCell(cell: AccessChoice['cell']): void {
    this.#set({ access: { ...this.state.access, cell } });
  }

  /** Takes a request to decide on; KMS is not asked. */
  describeRequest(request: DescribedRequest): void {
    this.#set({ access: { ...this.state.access, request } });
  }

  async scanUses(): Promise<void> {
    this.#set({ uses: await settled(this.#client.call('scanUses', null)) });
  }

  async openUse(index: number): Promise<void> {
    await this.#client.call('openUse', index);
  }

  forgetTrial(): void {
    this.#set({ trial: undefined });
  }

  /** The bytes of a file that the user chooses, as base64; null when they choose none or it cannot be taken. */
  async readFile(): Promise<string | null> {
    try {
      return await this.#client.call('readFile', null);
    } catch (error) {
      this.#set({ trial: { state: 'failed', failure: failureOf(error) } });
      return null;
    }
  }

  async savePublicKey(form: PublicKeyForm): Promise<void> {
    await this.#client.call('savePublicKey', form);
  }

  async copy(what: 'arn' | 'keyId' | PublicKeyForm): Promise<void> {
    await this.#client.call('copy', what);
    this.#showCopied(what);
  }

  async generateDataKey(question: DataKeyQuestion): Promise<void> {
    this.#set({ dataKey: loading });
    this.#set({ dataKey: await settled(this.#client.call('generateDataKey', question)) });
  }

  async copyDataKey(): Promise<void> {
    const { dataKey } = this.state;
    if (dataKey?.state !== 'ready' || dataKey.value.plaintext === null) return;
    await this.#client.call('copyDataKey', dataKey.value.plaintext);
    this.#showCopied('dataKey');
  }

  /** Copies or saves the public key of a data key pair. */
  async takeDataPublicKey(act: 'copy' | 'save'): Promise<void> {
    const { dataKey } = this.state;
    if (dataKey?.state !== 'ready' || dataKey.value.publicKey === null) return;
    await this.#client.call('takeDataPublicKey', { act, publicKey: dataKey.value.publicKey });
    if (act === 'copy') this.#showCopied('dataPublicKey');
  }

  async saveDataKey(): Promise<void> {
    const { dataKey } = this.state;
    if (dataKey?.state === 'ready') await this.#client.call('saveDataKey', dataKey.value.ciphertext);
  }

  forgetDataKey(): void {
    this.#set({ dataKey: undefined });
  }

  #showCopied(what: PanelState['copied']): void {
    this.#set({ copied: what });
    setTimeout(() => {
      this.#set({ copied: undefined });
    }, copiedMilliseconds);
  }

  edit(text: string): void {
    this.#changeEdit((edit) => withText(edit, text, lintFacts(this.state)));
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
    this.#changeEdit((edit) => startEdit(edit.base, null, lintFacts(this.state)));
    this.keepDraft();
  }

  /** Shows what the edit changes. Who has access besides, by grants and IAM policies, is told when those are in. */
  async review(): Promise<void> {
    this.#changeEdit((edit) => ({ ...edit, ...this.#reviewing(edit), refusal: undefined, notice: undefined }));
    await Promise.all([this.ensure('grants'), this.ensure('identityPolicies')]);
    this.#changeEdit((edit) => (edit.step === 'reviewing' ? { ...edit, ...this.#reviewing(edit) } : edit));
  }

  /** Asks IAM Access Analyzer about the edit. */
  async analyze(check: AnalyzerCheck): Promise<void> {
    const { policy } = this.state;
    if (policy.state !== 'ready') return;
    const { text } = policy.value;
    this.#changeEdit((edit) => withAnswers(edit, text, { isAsking: true }, undefined, lintFacts(this.state)));
    const { answers, notice } = await askAnalyzer(this.#client, check, text);
    this.#changeEdit((edit) => withAnswers(edit, text, answers, notice, lintFacts(this.state)));
  }

  goOnEditing(): void {
    this.#changeEdit((edit) => ({ ...edit, step: 'editing', typedName: '' }));
  }

  /** Takes what was typed to confirm a lockout. */
  typeName(typedName: string): void {
    this.#changeEdit((edit) => ({ ...edit, typedName }));
  }

  /** Says something in the status line of the editor. */
  note(notice: string): void {
    this.#changeEdit((edit) => ({ ...edit, notice }));
  }

  async openDocument(): Promise<void> {
    await this.#client.call('run', 'openKeyPolicy');
  }

  /** Sends the edit to KMS. A refusal is shown next to the edit, which stays as it is. */
  async save(): Promise<void> {
    const { policy } = this.state;
    if (policy.state !== 'ready') return;
    const { text, base } = policy.value;
    const bypassLockoutCheck = isLockout(policy.value) && policy.value.typedName === keyNameOf(this.state);
    clearTimeout(this.#draftTimer);
    this.#changeEdit((edit) => ({ ...edit, step: 'saving', refusal: undefined }));
    try {
      await this.#client.call('savePolicy', { policy: text, expected: base, bypassLockoutCheck });
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
      const edit = startEdit(base, { text, base }, lintFacts(this.state));
      this.#set({ policy: { state: 'ready', value: { ...edit, ...this.#reviewing(edit) } } });
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
    this.#set({ opening, backendChanged: opening.backendChanged, change: undefined, trial: undefined, dataKey: undefined });
    const again = [...this.#asked].filter((section) => section !== 'policy');
    const first: readonly SectionName[] = ['metadata', 'identity', 'aliases', 'tags', 'rotation', 'lastUsage'];
    await Promise.all([...new Set([...first, ...again])].map((section) => this.load(section)).concat(this.#loadPolicy(opening.draft)));
  }

  async #loadSection(section: keyof typeof questions): Promise<void> {
    this.#asked.add(section);
    this.#set({ [section]: loading });
    this.#set({ [section]: await settled(this.#client.call(questions[section], null)) });
    if (section === 'metadata' || section === 'identity' || section === 'identityPolicies') this.#changeEdit((edit) => withFacts(edit, lintFacts(this.state)));
  }

  #reviewing({ base, text }: PolicyEdit): Pick<PolicyEdit, 'step' | 'review'> {
    const key = panelKeyFacts(this.state, base);
    return { step: 'reviewing', review: key === undefined ? undefined : reviewPolicy(base, text, key, askingCaller(this.state), valueOf(this.state.identityPolicies)) };
  }

  async #loadPolicy(draft: PolicyDraft | null): Promise<void> {
    this.#set({ policy: loading });
    await this.#showStored(draft);
  }

  async #showStored(draft: PolicyDraft | null, notice?: string): Promise<void> {
    const stored = await settled(this.#client.call('getPolicy', null));
    const policy: Remote<PolicyEdit> =
      stored.state === 'ready' ? { state: 'ready', value: startEdit(stored.value, draft, lintFacts(this.state), notice) } : stored;
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

/** What the user types to confirm something about the key: what they call it. */
export function keyNameOf({ opening }: PanelState): string {
  return opening === undefined ? '' : keyLabel({ keyId: opening.keyId, aliasName: opening.aliasName ?? undefined });
}
