import { html, render, type TemplateResult } from 'lit';
import type { DecryptedEditorEvent, DecryptedEditorMethods, DecryptedText } from '../../src/protocol/decryptedEditor.ts';
import { RpcClient, type RpcResponse } from '../../src/protocol/rpc.ts';
import { failureText } from '../shared/remoteView.ts';
import { vscodeApi } from '../shared/vscodeApi.ts';
import './decryptedEditor.css';
import { DecryptedModel } from './model.ts';
import { SecretEditor } from './secretEditor.ts';

/** Draws the editor and listens to its host. */
function start(root: HTMLElement): void {
  const client = new RpcClient<DecryptedEditorMethods>((request) => {
    vscodeApi.postMessage(request);
  });
  const editor = new SecretEditor();
  const model = new DecryptedModel(client, editor, () => {
    render(editorView(model, editor), root);
  });
  editor.onEdit = (changes) => void model.edit(changes);
  window.addEventListener('message', ({ data }: MessageEvent<RpcResponse | DecryptedEditorEvent>) => {
    if (data.kind === 'event') void model.open();
    else client.receive(data);
  });
  window.addEventListener('focus', () => {
    editor.focus();
  });
  void model.open();
  render(editorView(model, editor), root);
}

function editorView(model: DecryptedModel, editor: SecretEditor): TemplateResult {
  const { file, problem, refusal } = model.state;
  return html`${file.state === 'ready' ? heading(model, file.value) : html`<p class="loading" role="status">Decrypting…</p>`}
    ${refusal === undefined ? null : html`<div class="notice error" role="alert"><div>${failureText(refusal)}</div></div>`}
    ${editor}
    ${problem === undefined
      ? null
      : html`<button class="problem error" @click=${() => { editor.goTo(problem.offset); }}>
          <span class="codicon codicon-error" aria-hidden="true"></span><span role="status">${problem.message} It is not saved before this is mended.</span>
        </button>`}`;
}

function heading(model: DecryptedModel, { failure, readOnly, conflict }: DecryptedText): TemplateResult {
  return html`<header>
      <span class="codicon codicon-${failure === null ? 'unlock' : 'lock'}" aria-hidden="true"></span>
      <span>${failure === null ? 'Decrypted here alone. What is saved is encrypted again, where it changed.' : 'The encrypted file, as it is on the disk.'}</span>
      <button class="link" @click=${() => { model.openAsText(); }}>Open the encrypted text</button>
    </header>
    ${failure === null
      ? null
      : html`<div class="notice error" role="alert">
          <span class="codicon codicon-error" aria-hidden="true"></span>
          <div><h2>The file cannot be decrypted</h2>
            ${failureText(failure)}
            <vscode-button @click=${() => void model.open('retry')}>Try Again</vscode-button></div>
        </div>`}
    ${readOnly === null ? null : html`<div class="notice" role="status"><span class="codicon codicon-lock" aria-hidden="true"></span><p>${readOnly}</p></div>`}
    ${conflict ? conflictBanner(model) : null}`;
}

function conflictBanner(model: DecryptedModel): TemplateResult {
  return html`<div class="notice" role="alert">
    <span class="codicon codicon-warning" aria-hidden="true"></span>
    <div>
      <h2>The file changed on the disk</h2>
      <p>There are unsaved changes here. Nothing is saved until you choose: your text replaces what is in the file now, or the file is loaded and your changes are lost.</p>
      <vscode-button @click=${() => void model.resolve('edits')}>Keep My Text</vscode-button>
      <vscode-button secondary @click=${() => void model.resolve('file')}>Load the File</vscode-button>
    </div>
  </div>`;
}

const root = document.getElementById('panel');
if (root !== null) start(root);
