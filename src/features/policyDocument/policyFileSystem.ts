import * as vscode from 'vscode';
import { KmsExplorerError } from '../../core/kms/errorCode.ts';
import type { KeyReference } from '../../core/kms/service/keyReference.ts';
import type { KeyService } from '../../core/kms/service/keyService.ts';
import type { LintFacts } from '../../core/policy/lint/diagnostic.ts';
import type { Connection } from '../shared/connection.ts';
import type { Log } from '../shared/log.ts';
import { describeForLog, toKmsExplorerError } from '../shared/showError.ts';
import { accessReadings } from './save/accessReadings.ts';
import { openPolicy, policyStat, type OpenedPolicy } from './openedPolicy.ts';
import { policyEngine } from './policyEngine.ts';
import { keyOfPolicyUri, policyName } from './policyUri.ts';
import { confirmChanges, confirmErrors, confirmLockout, refuseBroken, type SaveQuestions } from './save/saveChecks.ts';

export interface PolicyFileSystemParts {
  readonly connection: Pick<Connection, 'keyService'>;
  readonly log: Log;
  readonly questions: SaveQuestions;
  /** The stored policy is no longer the one that the document began with, and nothing was saved. */
  readonly onConflict: (uri: vscode.Uri) => void;
  readonly now: () => number;
}

/** A list of completions does not wait longer for the users and roles of the account, in milliseconds. */
const completionPatience = 3_000;

const types = { file: vscode.FileType.File, readOnly: vscode.FilePermission.Readonly };

/** Key policies as files: reading asks KMS, saving replaces the policy of the key. There is nothing else in it. */
export class PolicyFileSystem implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #parts: PolicyFileSystemParts;
  readonly #opened = new Map<string, OpenedPolicy>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #read = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChangeFile = this.#changed.event;
  /** Fires when more is known of the key of a document. */
  readonly onDidRead = this.#read.event;
  /** Documents whose next save was not asked for by hand. */
  readonly #savedByItself = new Set<string>();

  constructor(parts: PolicyFileSystemParts) {
    this.#parts = parts;
  }

  /** What is known of the key of a document; nothing before it was read. */
  facts(uri: vscode.Uri): LintFacts {
    return this.#opened.get(uri.toString())?.facts ?? {};
  }

  /** Asks IAM for the users and roles of the account once, and gives what is known of a document then; undefined when there is no such document. */
  async askPrincipals(uri: vscode.Uri): Promise<LintFacts | undefined> {
    const opened = this.#opened.get(uri.toString());
    if (opened === undefined || opened.facts.principals !== undefined) return opened?.facts;
    const service = await this.#parts.connection.keyService();
    const principals = await service.listIdentityPolicies(AbortSignal.timeout(completionPatience)).catch(() => []);
    const { knownPrincipals } = await policyEngine();
    const facts = { ...opened.facts, ...knownPrincipals(principals.map(({ arn }) => arn)) };
    this.#opened.set(uri.toString(), { ...opened, facts });
    this.#read.fire(uri);
    return facts;
  }

  /** Remembers whether the save that comes now was asked for by hand. */
  willSave(uri: vscode.Uri, reason: vscode.TextDocumentSaveReason): void {
    if (reason === vscode.TextDocumentSaveReason.Manual) this.#savedByItself.delete(uri.toString());
    else this.#savedByItself.add(uri.toString());
  }

  /** Lets the document go on from the policy that is stored now, once the user has seen it. */
  rebase(uri: vscode.Uri, stored: string): void {
    const opened = this.#opened.get(uri.toString());
    if (opened !== undefined) this.#opened.set(uri.toString(), { ...opened, base: stored });
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    return policyStat(this.#opened.get(uri.toString()) ?? (await this.#open(uri)), types);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return (await this.#open(uri)).content;
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    if (this.#savedByItself.delete(uri.toString())) {
      throw vscode.FileSystemError.Unavailable(vscode.l10n.t('A key policy is not saved by itself. Save it by hand when it is ready.'));
    }
    const opened = this.#opened.get(uri.toString()) ?? (await this.#open(uri));
    const text = new TextDecoder().decode(content);
    if (opened.metadata.keyManager === 'AWS') throw vscode.FileSystemError.NoPermissions(vscode.l10n.t('AWS writes the policy of an AWS managed key; nobody else can change it.'));
    await refuseBroken(text, opened.facts);
    const { service, key } = await this.#reach(uri);
    const base = await this.#asFile(() => this.#replace(uri, service, key, opened, text));
    this.#opened.set(uri.toString(), { ...opened, base, content, mtime: Math.max(this.#parts.now(), opened.mtime + 1) });
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#changed.dispose();
    this.#read.dispose();
  }

  /** Puts the policy, unless somebody changed it or the user thinks better of it, and gives what KMS holds then. */
  async #replace(uri: vscode.Uri, service: KeyService, key: KeyReference, opened: OpenedPolicy, text: string): Promise<string> {
    const { signal } = new AbortController();
    const stored = await service.getKeyPolicy(key, signal);
    if (stored !== opened.base) {
      this.#parts.onConflict(uri);
      throw vscode.FileSystemError.Unavailable(vscode.l10n.t('Someone changed this key policy since it was opened, and nothing was saved. Compare your text with the live policy, then save again.'));
    }
    const { questions } = this.#parts;
    if (!(await confirmErrors(text, opened.facts, policyName(uri), questions))) throw notSaved();
    const { keyFacts, nothingRead, reviewPolicy } = await policyEngine();
    const { grants, identityPolicies } = await accessReadings(service, key);
    const review = reviewPolicy(stored, text, keyFacts(opened.metadata, stored, { ...nothingRead, grants }), opened.caller, identityPolicies);
    if (!(await confirmChanges(review, policyName(uri), questions))) throw notSaved();
    await this.#put(uri, service, key, opened, text, review.isLockout);
    // The new policy may not even let its writer read it.
    return service.getKeyPolicy(key, signal).catch(() => text);
  }

  /** What the engine could not know of the caller, KMS does: it may find a lockout of its own. */
  async #put(uri: vscode.Uri, service: KeyService, key: KeyReference, opened: OpenedPolicy, text: string, isLockout: boolean): Promise<void> {
    const { signal } = new AbortController();
    if (isLockout && !(await confirmLockout(policyName(uri), opened.caller?.arn, this.#parts.questions))) throw notSaved();
    try {
      await service.putKeyPolicy(key, text, signal, isLockout || undefined);
    } catch (error) {
      const isRefused = !isLockout && error instanceof KmsExplorerError && error.message.includes('will not allow you to update the key policy');
      if (!isRefused) throw error;
      await this.#put(uri, service, key, opened, text, true);
    }
  }

  async #open(uri: vscode.Uri): Promise<OpenedPolicy> {
    const { service, key } = await this.#reach(uri);
    const opened = await this.#asFile(() => openPolicy(service, key, this.#opened.get(uri.toString()), this.#parts.now()));
    this.#opened.set(uri.toString(), opened);
    this.#read.fire(uri);
    return opened;
  }

  async #reach(uri: vscode.Uri): Promise<{ service: KeyService; key: KeyReference }> {
    const key = keyOfPolicyUri(uri);
    if (key === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    // The ARN and not the id: a backend of another account then refuses instead of answering for a key of the same id.
    return { service: await this.#asFile(() => this.#parts.connection.keyService()), key: { region: key.region, keyId: key.arn } };
  }

  /** Failures of KMS as VS Code expects them of a file system. */
  async #asFile<Value>(task: () => Promise<Value>): Promise<Value> {
    try {
      return await task();
    } catch (error) {
      if (error instanceof vscode.FileSystemError) throw error;
      const known = toKmsExplorerError(error);
      this.#parts.log.error(describeForLog(known));
      const { message } = known;
      if (known.code === 'NOT_FOUND') throw vscode.FileSystemError.FileNotFound(message);
      throw known.code === 'ACCESS_DENIED' ? vscode.FileSystemError.NoPermissions(message) : vscode.FileSystemError.Unavailable(message);
    }
  }
}

function notSaved(): vscode.FileSystemError {
  return vscode.FileSystemError.Unavailable(vscode.l10n.t('Nothing was saved.'));
}
