import { html, type TemplateResult } from 'lit';
import type { KeyPanelModel } from './model.ts';
import { failureText } from '../shared/remoteView.ts';

/** Says what became of the last change, where screen readers hear it. */
export function changeView({ state: { change } }: KeyPanelModel): TemplateResult {
  if (change === undefined) return html`<p class="status" role="status"></p>`;
  if (change.state === 'failed' && change.failure !== undefined) {
    return html`<div class="notice error" role="alert">
      <span class="codicon codicon-error" aria-hidden="true"></span>
      <div>
        <h3>Nothing was changed.</h3>
        ${failureText(change.failure)}
      </div>
    </div>`;
  }
  const text = change.state === 'running' ? 'Asking KMS…' : change.done;
  return html`<p class="status" role="status"><span class="codicon codicon-${change.state === 'running' ? 'sync' : 'pass-filled'}" aria-hidden="true"></span>${text}</p>`;
}
