import { html, type TemplateResult } from 'lit';
import { stateTitle } from '../../src/core/kms/explain/explainMetadata.ts';
import type { CreationReport, CreationStep } from '../../src/protocol/createKey.ts';
import { formTexts } from '../shared/forms.ts';
import { failureText } from '../shared/remoteView.ts';
import type { AdvisorModel } from './model.ts';

const lacks: Readonly<Record<CreationStep, string>> = { alias: 'its alias', rotation: 'its automatic rotation' };

/** A key that exists and lacks something: what is there, what is not and why, and what can be done. */
export function outcomeView(model: AdvisorModel, report: CreationReport): TemplateResult {
  const { failures, keyId, region, keyState } = report;
  if (failures.length === 0) return html`<p role="status">The key ${keyId} was created in ${region}.</p>`;
  const dying = keyState === 'PendingDeletion';
  return html`<div class="notice warning" role="alert">
    <span class="codicon codicon-warning" aria-hidden="true"></span>
    <div>
      <h2>${dying ? 'The key will be deleted' : `The key was created without ${failures.map(({ step }) => lacks[step]).join(' and ')}`}</h2>
      <p>The key <code>${keyId}</code> exists in ${region}. Its state is: ${stateTitle(keyState).toLowerCase()}.</p>
      ${dying ? null : failures.map(({ failure }) => failureText(failure))}
    </div>
  </div>
  ${dying ? null : againForm(model, report)} ${otherWays(model, dying)} ${refusal(model)}`;
}

function againForm(model: AdvisorModel, { failures, aliasName }: CreationReport): TemplateResult {
  const again = (event: SubmitEvent): void => {
    event.preventDefault();
    if (event.target instanceof HTMLFormElement) void model.finish(formTexts(event.target)('alias'));
  };
  const wantsAlias = failures.some(({ step }) => step === 'alias');
  return html`<form class="row" @submit=${again}>
    ${wantsAlias
      ? html`<label>Alias, or nothing to go without <input name="alias" .value=${aliasName} /></label>`
      : html`<input type="hidden" name="alias" value=${aliasName} />`}
    <button type="submit" ?disabled=${model.state.busy}>Try Again</button>
  </form>`;
}

function otherWays(model: AdvisorModel, dying: boolean): TemplateResult {
  return html`<p class="row">
    <button type="button" class="secondary" @click=${() => void model.openKey()}>Open the Key</button>
    ${dying ? null : html`<button type="button" class="secondary" @click=${() => void model.scheduleDeletion()}>Schedule Deletion…</button>`}
    <button type="button" class="secondary" @click=${() => void model.startOver()}>${dying ? 'Create Another Key' : 'Leave It As It Is'}</button>
  </p>`;
}

function refusal({ state: { failure } }: AdvisorModel): TemplateResult | null {
  return failure === undefined ? null : html`<div role="alert" class="notice error"><span class="codicon codicon-error" aria-hidden="true"></span><div>${failureText(failure)}</div></div>`;
}
