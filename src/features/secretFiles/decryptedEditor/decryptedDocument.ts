import * as vscode from 'vscode';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import type { DecryptedText, TextChange } from '../../../protocol/decryptedEditor.ts';
import type { RpcFailure } from '../../../protocol/rpc.ts';
import { rpcFailure } from '../../shared/panel/rpcFailure.ts';
import { assertWritable } from '../../shared/secrets/applyEdits.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { toKmsExplorerError } from '../../shared/showError.ts';
import { readBackup, writeBackup, type Backup } from './backup.ts';
import { nameOf, readText, watchFile, writeText } from './diskFile.ts';
import { EditGroups } from './editGroups.ts';
import { readLineBreaks, type LineBreaks } from './lineBreaks.ts';
import { applyChanges, redo, undo } from './replacement.ts';
import { sealedFile, type SealedFile } from './sealedFile.ts';

/** What an encrypted file holds, in memory alone. */
interface Opened {
  /** The encrypted text that the edit starts from. */
  readonly stored: string;
  readonly lineBreaks: LineBreaks;
  readonly readOnly: string | null;
}

export type DocumentEdit = Pick<vscode.CustomDocumentEditEvent, 'undo' | 'redo'>;

/**
 * A SOPS file that is edited as a whole. Its plaintext is in this object and in the view, and nowhere else: what goes
 * to the disk, as a save or as a backup, is encrypted.
 */
export class DecryptedDocument implements vscode.CustomDocument {
  readonly uri: vscode.Uri;
  readonly #parts: SecretParts;
  readonly #sealed: SealedFile;
  readonly #aborter = new AbortController();
  readonly #edited = new vscode.EventEmitter<DocumentEdit>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #groups = new EditGroups();
  readonly #watcher: vscode.Disposable;
  #backup: Backup | undefined;
  #opened: Opened | undefined;
  #failure: RpcFailure | undefined;
  #opening: Promise<void> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #text = '';
  #revision = 0;
  #conflict = false;
  /** The user changed something, which is a step of undo. */
  readonly onDidEdit = this.#edited.event;
  /** The text or what is said about it changed by something other than the view. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: SecretParts, uri: vscode.Uri, backup?: Uint8Array) {
    this.uri = uri;
    this.#parts = parts;
    this.#sealed = sealedFile(parts.connection, nameOf(uri), this.#aborter.signal);
    this.#backup = backup === undefined ? undefined : readBackup(backup);
    this.#watcher = watchFile(uri, () => void this.#lookAtDisk());
  }

  /** How the document stands; decrypts it first when that was not done yet. */
  async current(): Promise<DecryptedText> {
    if (this.#opened === undefined && this.#failure === undefined) {
      this.#opening ??= this.#open().finally(() => {
        this.#opening = undefined;
      });
      await this.#opening;
    }
    const { format } = this.#sealed;
    const [failure, readOnly] = [this.#failure ?? null, this.#opened?.readOnly ?? null];
    return { text: this.#text, revision: this.#revision, format, failure, readOnly, conflict: this.#conflict };
  }

  async retry(): Promise<DecryptedText> {
    if (this.#opened === undefined) this.#failure = undefined;
    return this.current();
  }

  /** Takes changes of the view. Throws DOCUMENT_CHANGED when they are of another text, READ_ONLY_DOCUMENT and EDIT_REFUSED. */
  edit(revision: number, changes: readonly TextChange[]): void {
    if (this.#opened === undefined || this.#opened.readOnly !== null) throw readOnlyError(this.#opened?.readOnly ?? this.#failure?.message);
    const after = revision === this.#revision ? applyChanges(this.#text, changes) : undefined;
    if (after === undefined) throw new KmsExplorerError('DOCUMENT_CHANGED', vscode.l10n.t('The text changed meanwhile. Do the last change again.'));
    const step = this.#groups.add(this.#text, after);
    this.#set(after);
    if (step === undefined) return;
    this.#edited.fire({
      undo: () => { this.#step(undo(this.#text, step.replacement)); },
      redo: () => { this.#step(redo(this.#text, step.replacement)); },
    });
  }

  /** Encrypts the text over the file. Rejects with DOCUMENT_CHANGED when the file on the disk is another one. */
  async save(): Promise<void> {
    const opened = this.#requireOpened();
    await assertWritable(this);
    this.#groups.close();
    const text = this.#text;
    const sealed = await this.#sealed.seal(opened.lineBreaks.restore(text), opened.stored);
    const write = async (): Promise<void> => {
      if ((await readText(this.uri).catch(missingAs(opened.stored))) !== opened.stored) {
        this.#tellConflict();
        throw new KmsExplorerError('DOCUMENT_CHANGED', vscode.l10n.t('{0} changed on the disk since it was opened. Nothing was written; choose in the editor which one to keep.', nameOf(this.uri)));
      }
      await writeText(this.uri, sealed);
      this.#opened = { ...opened, stored: sealed, lineBreaks: { ...opened.lineBreaks, text } };
    };
    await (this.#writing = write());
  }

  /** Encrypts the text into another file. Rejects with EDIT_REFUSED when SOPS would read that as another format. */
  async saveAs(target: vscode.Uri): Promise<void> {
    const { stored, lineBreaks } = this.#requireOpened();
    if (sealedFile(this.#parts.connection, nameOf(target), this.#aborter.signal).format !== this.#sealed.format) {
      throw new KmsExplorerError('EDIT_REFUSED', vscode.l10n.t('SOPS reads {0} as another format, by its name. Keep the ending of the name.', nameOf(target)));
    }
    await writeText(target, await this.#sealed.seal(lineBreaks.restore(this.#text), stored));
  }

  /** Throws the changes away and loads the file. */
  async revert(): Promise<void> {
    this.#backup = undefined;
    await this.#open();
    this.#changed.fire();
  }

  /** Takes the file on the disk as what the edit starts from, and keeps the edit. Rejects when it cannot be decrypted. */
  async keepEdits(): Promise<void> {
    const opened = this.#requireOpened();
    const stored = await readText(this.uri);
    const lineBreaks = readLineBreaks(await this.#sealed.open(stored));
    this.#opened = { ...opened, stored, lineBreaks };
    this.#conflict = false;
  }

  /** The unsaved changes, encrypted. What came from a backup and could not be opened stays as it is. */
  async backup(target: vscode.Uri): Promise<void> {
    const held = this.#backup ?? (await this.#makeBackup());
    await vscode.workspace.fs.writeFile(target, writeBackup(held));
  }

  dispose(): void {
    this.#aborter.abort();
    this.#text = '';
    this.#opened = undefined;
    vscode.Disposable.from(this.#watcher, this.#edited, this.#changed).dispose();
  }

  async #makeBackup(): Promise<Backup> {
    const { stored } = this.#requireOpened();
    return { stored, draft: await this.#sealed.sealDraft(this.#text, stored) };
  }

  async #open(): Promise<void> {
    this.#groups.close();
    let shown = '';
    try {
      const backup = this.#backup;
      const stored = backup?.stored ?? (await readText(this.uri));
      shown = stored;
      const lineBreaks = readLineBreaks(await this.#sealed.open(stored));
      const text = backup === undefined ? lineBreaks.text : await this.#sealed.openDraft(backup.draft, stored);
      this.#opened = { stored, lineBreaks, readOnly: await this.#readOnlyReason() };
      this.#failure = undefined;
      this.#conflict = backup !== undefined && (await readText(this.uri).catch(missingAs(stored))) !== stored;
      this.#backup = undefined;
      this.#set(text);
    } catch (error) {
      this.#opened = undefined;
      this.#failure = rpcFailure(error, this.#parts.log);
      this.#set(shown);
    }
  }

  async #readOnlyReason(): Promise<string | null> {
    try {
      await assertWritable(this);
      return null;
    } catch (error) {
      return toKmsExplorerError(error).message;
    }
  }

  /** The file of an open editor is followed: where nothing is unsaved it is loaded again, else the user is asked. */
  async #lookAtDisk(): Promise<void> {
    await this.#writing.catch(() => undefined);
    const opened = this.#opened;
    if (opened === undefined) return;
    const onDisk = await readText(this.uri).catch(missingAs(opened.stored));
    if (this.#opened !== opened) return;
    if (onDisk === opened.stored) {
      if (this.#conflict) {
        this.#conflict = false;
        this.#changed.fire();
      }
    } else if (this.#text === opened.lineBreaks.text) await this.revert();
    else this.#tellConflict();
  }

  #tellConflict(): void {
    this.#conflict = true;
    this.#changed.fire();
  }

  #step(text: string): void {
    this.#groups.close();
    this.#set(text);
    this.#changed.fire();
  }

  #set(text: string): void {
    this.#text = text;
    this.#revision += 1;
  }

  #requireOpened(): Opened {
    if (this.#opened !== undefined) return this.#opened;
    throw readOnlyError(this.#failure?.message);
  }
}

/** A file that was deleted meanwhile is no conflict: saving writes it again, as for any other document. */
function missingAs(stored: string): (error: unknown) => string {
  return (error) => {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return stored;
    throw error;
  };
}

function readOnlyError(reason = vscode.l10n.t('The file was not decrypted yet.')): KmsExplorerError {
  return new KmsExplorerError('READ_ONLY_DOCUMENT', reason);
}
