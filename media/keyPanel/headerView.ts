import { html, type TemplateResult } from 'lit';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { KeyMetadata } from '../../src/core/kms/keyMetadata.ts';
import { explainMetadata, stateTitle } from '../../src/core/kms/explain/explainMetadata.ts';
import type { KeyCommand, PanelOpening } from '../../src/protocol/keyPanel.ts';
import type { KeyPanelModel } from './model.ts';
import { valueOf } from '../shared/remote.ts';

/** How a state is marked, beside its name: never by colour alone. */
const stateMarks: Readonly<Record<KeyMetadata['keyState'], { readonly icon: string; readonly tone: string }>> = {
  Enabled: { icon: 'pass-filled', tone: 'good' },
  Disabled: { icon: 'circle-slash', tone: 'muted' },
  PendingDeletion: { icon: 'trash', tone: 'bad' },
  PendingReplicaDeletion: { icon: 'trash', tone: 'bad' },
  PendingImport: { icon: 'cloud-upload', tone: 'warning' },
  Unavailable: { icon: 'debug-disconnect', tone: 'warning' },
  Creating: { icon: 'sync', tone: 'muted' },
  Updating: { icon: 'sync', tone: 'muted' },
};

/** The key's name, state and address, and what stands in the way of using it. */
export function headerView(model: KeyPanelModel, opening: PanelOpening): TemplateResult {
  const { state } = model;
  const metadata = valueOf(state.metadata);
  return html`<header>
    <div class="title">
      <span class="codicon codicon-key" aria-hidden="true"></span>
      <h1>${opening.aliasName ?? opening.keyId}</h1>
      ${metadata === undefined ? null : badges(metadata)}
      <button type="button" class="icon-button" aria-label="Refresh" title="Ask KMS again for what is shown" ?disabled=${state.backendChanged} @click=${() => void model.refresh()}>
        <span class="codicon codicon-refresh" aria-hidden="true"></span>
      </button>
    </div>
    ${metadata?.description ? html`<p class="description">${metadata.description}</p>` : null}
    <div class="address">
      ${addressLine('ARN', opening.arn, state.copied === 'arn', () => void model.copy('arn'))}
      ${addressLine('Key ID', opening.keyId, state.copied === 'keyId', () => void model.copy('keyId'))}
    </div>
    ${state.backendChanged ? backendBanner(model) : null} ${metadata === undefined ? null : stateBanner(metadata)}
    ${metadata?.keyManager === 'CUSTOMER' ? stateActions(model, metadata) : null}
  </header>`;
}

function badges({ keyState, keySpec, keyManager, region }: KeyMetadata): TemplateResult {
  const { icon, tone } = stateMarks[keyState];
  return html`<ul class="badges" aria-label="Summary">
    <li class="badge ${tone}"><span class="codicon codicon-${icon}" aria-hidden="true"></span>${stateTitle(keyState)}</li>
    <li class="badge">${keySpec}</li>
    <li class="badge">${keyManager === 'AWS' ? 'AWS managed' : 'Customer managed'}</li>
    <li class="badge"><span class="codicon codicon-globe" aria-hidden="true"></span>${region}</li>
  </ul>`;
}

/** What can be done about the state of the key; each asks before it does what cannot be undone. */
function stateActions(model: KeyPanelModel, { keyState }: KeyMetadata): TemplateResult {
  const button = (command: KeyCommand, label: string): TemplateResult =>
    html`<vscode-button secondary ?disabled=${model.state.backendChanged} @click=${() => void model.run(command)}>${label}</vscode-button>`;
  if (keyState === 'PendingDeletion' || keyState === 'PendingReplicaDeletion') {
    return html`<div class="actions">${button('cancelKeyDeletion', 'Cancel Deletion')}</div>`;
  }
  return html`<div class="actions">
    ${keyState === 'Disabled' ? button('enableKey', 'Enable') : null} ${keyState === 'Enabled' ? button('disableKey', 'Disable') : null}
    ${button('scheduleKeyDeletion', 'Schedule Deletion…')}
  </div>`;
}

function addressLine(label: string, value: string, copied: boolean, copy: () => void): TemplateResult {
  return html`<span class="address-label">${label}</span>
    <code>${value}</code>
    <button type="button" class="icon-button" aria-label="Copy ${label}" title="Copy ${label}" @click=${copy}>
      <span class="codicon codicon-${copied ? 'check' : 'copy'}" aria-hidden="true"></span>
    </button>
    <span class="copied" role="status">${copied ? 'Copied' : ''}</span>`;
}

function backendBanner(model: KeyPanelModel): TemplateResult {
  return html`<div class="notice warning" role="alert">
    <span class="codicon codicon-debug-disconnect" aria-hidden="true"></span>
    <div>
      <h2>The backend changed</h2>
      <p>What you see belongs to the backend this panel was opened with, and nothing can be saved from here. Load the key again to see it in the backend of now; an edit you have not saved stays.</p>
      <vscode-button @click=${() => void model.reconnect()}>Load Again</vscode-button>
    </div>
  </div>`;
}

/** A key that cannot be used says so at once, in the words of its facts. */
function stateBanner(metadata: KeyMetadata): TemplateResult | null {
  const { keyState } = metadata;
  const { icon, tone } = stateMarks[keyState];
  if (tone === 'good' || icon === 'sync') return null;
  const facts = explainMetadata(metadata, Date.now());
  const state = facts.find(({ field }) => field === 'keyState');
  const deletion = facts.find(({ field }) => field === 'deletionDate');
  return html`<div class="notice ${tone === 'bad' ? 'error' : 'warning'}">
    <span class="codicon codicon-${icon}" aria-hidden="true"></span>
    <div>
      <h2>${stateTitle(keyState)}${deletion === undefined ? '' : `: ${deletion.value}`}</h2>
      <p>${deletion === undefined ? '' : `${deletion.explanation} `}${state?.explanation}</p>
    </div>
  </div>`;
}
