import { html, render, type TemplateResult } from 'lit';
import type { CreateKeyEvent, CreateKeyMethods, CreateKeyOpening } from '../../src/protocol/createKey.ts';
import { RpcClient, type RpcResponse } from '../../src/protocol/rpc.ts';
import '../shared/panel.css';
import { remoteView } from '../shared/remoteView.ts';
import { vscodeApi } from '../shared/vscodeApi.ts';
import { adviceView } from './adviceView.ts';
import './createKey.css';
import { formView } from './form/formView.ts';
import { kindsView } from './kindsView.ts';
import { AdvisorModel } from './model.ts';
import { outcomeView } from './outcomeView.ts';
import { questionsView } from './questionsView.ts';
import { textView } from './textView.ts';

/** Draws the advisor and listens to its host. */
function start(root: HTMLElement): void {
  const client = new RpcClient<CreateKeyMethods>((request) => {
    vscodeApi.postMessage(request);
  });
  const model = new AdvisorModel(client, () => {
    render(advisorView(model), root);
  });
  window.addEventListener('message', ({ data }: MessageEvent<RpcResponse | CreateKeyEvent>) => {
    if (data.kind === 'event') model.backendChanged();
    else client.receive(data);
  });
  window.addEventListener('blur', () => {
    model.keepForm();
  });
  void model.open();
}

function advisorView(model: AdvisorModel): TemplateResult {
  const { opening, backendChanged } = model.state;
  return html`<header>
      <div class="title">
        <span class="codicon codicon-key" aria-hidden="true"></span>
        <h1>Create a KMS key</h1>
      </div>
      ${backendChanged ? backendBanner(model) : null}
    </header>
    ${remoteView(opening, 'the account and its Regions', () => void model.open(), (known) => advisor(model, known))}`;
}

/** While a key is unfinished nothing else is asked for, so that nobody makes a second one by mistake. */
function advisor(model: AdvisorModel, opening: CreateKeyOpening): TemplateResult {
  const { unfinished, advice } = model.state;
  if (unfinished !== null) return html`<section aria-label="The unfinished key">${outcomeView(model, unfinished)}</section>`;
  return html`<div class="advisor">${questionsView(model)} ${adviceView(advice)}</div>
    ${formView(model, opening)} ${textView(model, opening.accountId)} ${kindsView(advice.kind)}`;
}

function backendBanner(model: AdvisorModel): TemplateResult {
  return html`<div class="notice warning" role="alert">
    <span class="codicon codicon-debug-disconnect" aria-hidden="true"></span>
    <div>
      <h2>The backend changed</h2>
      <p>No key can be created until you go on with the backend of now. What you entered stays.</p>
      <vscode-button @click=${() => void model.open('reconnect')}>Go On</vscode-button>
    </div>
  </div>`;
}

const root = document.getElementById('panel');
if (root !== null) start(root);
