import * as vscode from 'vscode';
import { decryptedEditorViewType } from '../../../contributions.ts';
import type { DecryptedEditorEvent } from '../../../protocol/decryptedEditor.ts';
import { answerRequest } from '../../../protocol/rpc.ts';
import { panelHtml } from '../../shared/panel/panelHtml.ts';
import { rpcFailure } from '../../shared/panel/rpcFailure.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { DecryptedDocument } from './decryptedDocument.ts';
import { editorHandlers } from './editorHandlers.ts';

/** The editor for a whole SOPS file. VS Code keeps its undo steps and its dirty state; the text is the document's. */
export class DecryptedEditorProvider implements vscode.CustomEditorProvider<DecryptedDocument>, vscode.Disposable {
  readonly #parts: SecretParts;
  readonly #distUri: vscode.Uri;
  readonly #changed = new vscode.EventEmitter<vscode.CustomDocumentEditEvent<DecryptedDocument>>();
  readonly #registration: vscode.Disposable;
  readonly onDidChangeCustomDocument = this.#changed.event;

  constructor(parts: SecretParts, extensionUri: vscode.Uri) {
    this.#parts = parts;
    this.#distUri = vscode.Uri.joinPath(extensionUri, 'dist');
    this.#registration = vscode.window.registerCustomEditorProvider(decryptedEditorViewType, this, {
      supportsMultipleEditorsPerDocument: false,
      // The place in the text stays while another tab is in front; the frame is memory, never a file.
      webviewOptions: { retainContextWhenHidden: true },
    });
  }

  async openCustomDocument(uri: vscode.Uri, { backupId }: vscode.CustomDocumentOpenContext): Promise<DecryptedDocument> {
    const backup = backupId === undefined ? undefined : await vscode.workspace.fs.readFile(vscode.Uri.parse(backupId, true));
    const document = new DecryptedDocument(this.#parts, uri, backup);
    document.onDidEdit((edit) => {
      this.#changed.fire({ document, ...edit });
    });
    return document;
  }

  resolveCustomEditor(document: DecryptedDocument, { webview, onDidDispose }: vscode.WebviewPanel): void {
    webview.options = { enableScripts: true, localResourceRoots: [this.#distUri] };
    // Its own command tells VS Code that nothing is unsaved any more.
    const revert = async () => {
      await vscode.commands.executeCommand('workbench.action.files.revert');
      if ((await document.current()).conflict) await document.revert();
    };
    const handlers = editorHandlers(document, revert);
    const subscription = vscode.Disposable.from(
      webview.onDidReceiveMessage(async (message: unknown) => {
        const response = await answerRequest(message, handlers, (error) => rpcFailure(error, this.#parts.log));
        if (response === undefined) this.#parts.log.warn('The editor of a decrypted file sent something that is no request.');
        else await webview.postMessage(response);
      }),
      document.onDidChange(() => {
        const event: DecryptedEditorEvent = { kind: 'event', name: 'textChanged' };
        void webview.postMessage(event);
      }),
    );
    onDidDispose(() => {
      subscription.dispose();
    });
    webview.html = panelHtml(webview, this.#distUri, 'decryptedEditor', 'Decrypted file');
  }

  async saveCustomDocument(document: DecryptedDocument): Promise<void> {
    await document.save();
  }

  async saveCustomDocumentAs(document: DecryptedDocument, target: vscode.Uri): Promise<void> {
    await document.saveAs(target);
  }

  async revertCustomDocument(document: DecryptedDocument): Promise<void> {
    await document.revert();
  }

  async backupCustomDocument(document: DecryptedDocument, { destination }: vscode.CustomDocumentBackupContext): Promise<vscode.CustomDocumentBackup> {
    await document.backup(destination);
    return { id: destination.toString(), delete: () => void vscode.workspace.fs.delete(destination).then(undefined, () => undefined) };
  }

  dispose(): void {
    vscode.Disposable.from(this.#registration, this.#changed).dispose();
  }
}
