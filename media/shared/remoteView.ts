import { html, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-ring/index.js';
import type { RpcFailure } from '../../src/protocol/rpc.ts';
import type { Remote } from './remote.ts';

/** Draws what is here; while it is on its way, or when it failed, says so with a way to try again. */
export function remoteView<Value>(
  remote: Remote<Value>,
  what: string,
  retry: () => void,
  ready: (value: Value) => TemplateResult,
): TemplateResult {
  switch (remote.state) {
    case 'loading':
      return html`<p class="loading" role="status">
        <vscode-progress-ring aria-hidden="true"></vscode-progress-ring>Loading ${what}…
      </p>`;
    case 'failed':
      return html`<div class="notice error" role="alert">
        <span class="codicon codicon-error" aria-hidden="true"></span>
        <div>
          <h3>KMS Explorer could not load ${what}.</h3>
          ${failureText(remote.failure)}
          <vscode-button secondary @click=${retry}>Retry</vscode-button>
        </div>
      </div>`;
    case 'ready':
      return ready(remote.value);
  }
}

/** A failure in its own words, with KMS's name for it. */
export function failureText({ message, serviceCode }: RpcFailure): TemplateResult {
  return html`<p>${message}</p>
    ${serviceCode === undefined ? null : html`<p class="code">${serviceCode}</p>`}`;
}
