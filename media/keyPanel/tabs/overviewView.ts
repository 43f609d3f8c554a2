import { html, type TemplateResult } from 'lit';
import { utcMinute } from '../../../src/core/kms/explain/dateWords.ts';
import { explainMetadata, factGroups, type MetadataFact } from '../../../src/core/kms/explain/explainMetadata.ts';
import { healthHints } from '../../../src/core/kms/explain/healthHints.ts';
import type { KeyMetadata } from '../../../src/core/kms/keyMetadata.ts';
import { formTexts } from '../../shared/forms.ts';
import type { KeyPanelModel } from '../model.ts';
import { valueOf } from '../../shared/remote.ts';
import { remoteView } from '../../shared/remoteView.ts';

/** What deserves a look, and every field of the metadata under its heading: name, value, and what the value means. */
export function overviewView(model: KeyPanelModel): TemplateResult {
  return remoteView(model.state.metadata, 'the metadata', () => void model.retry('metadata'), (metadata) => {
    const facts = explainMetadata(metadata, Date.now());
    return html`${hints(model, metadata)}
    ${factGroups.map(
      (group) => html`<section aria-label=${group}>
        <h2>${group}</h2>
        ${factList(facts.filter((fact) => fact.group === group))}
        ${group === 'Identity' && metadata.keyManager === 'CUSTOMER' ? descriptionForm(model, metadata) : null}
        ${group === 'Use' ? lastUsage(model) : null}
      </section>`,
    )}`;
  });
}

function hints(model: KeyPanelModel, metadata: KeyMetadata): TemplateResult | null {
  const { rotation, lastUsage: usage, policy } = model.state;
  const answer = valueOf(rotation);
  const known = {
    metadata,
    rotation: answer?.supported === true ? answer.status : undefined,
    lastUsage: valueOf(usage),
    policy: valueOf(policy)?.base,
  };
  const found = healthHints(known, Date.now());
  if (found.length === 0) return null;
  return html`<section aria-label="Hints">
    ${found.map(
      ({ severity, title, text }) => html`<div class="notice ${severity}">
        <span class="codicon codicon-${severity === 'warning' ? 'warning' : 'info'}" aria-hidden="true"></span>
        <div>
          <h2>${title}</h2>
          <p>${text}</p>
        </div>
      </div>`,
    )}
  </section>`;
}

/** KMS may not tell the last usage; the rest of the panel does not depend on it. */
function lastUsage(model: KeyPanelModel): TemplateResult {
  return remoteView(model.state.lastUsage, 'the last usage', () => void model.retry('lastUsage'), ({ operation, timestamp, trackingStartDate }) =>
    factList([
      {
        label: 'Last used',
        value: operation === undefined || timestamp === undefined ? 'not since tracking began' : `${operation}, ${utcMinute(timestamp)}`,
        explanation: `The last cryptographic operation that succeeded with the key in this Region${trackingStartDate === undefined ? '' : `, as recorded since ${utcMinute(trackingStartDate)}`}.`,
      },
    ]),
  );
}

function descriptionForm(model: KeyPanelModel, metadata: KeyMetadata): TemplateResult {
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    void model.change({ kind: 'description', description: formTexts(event.target)('description'), expected: metadata.description }, 'The description is changed.', ['metadata']);
  };
  return html`<form class="row" @submit=${save}>
    <label>Description <input name="description" maxlength="8192" .value=${metadata.description} /></label>
    <button type="submit" class="secondary">Change</button>
  </form>`;
}

/** A list of facts as a definition list, which a screen reader reads as pairs. */
export function factList(facts: readonly Pick<MetadataFact, 'label' | 'value' | 'explanation'>[]): TemplateResult {
  return html`<dl class="facts">
    ${facts.map(
      ({ label, value, explanation }) => html`<div class="fact">
        <dt>${label}</dt>
        <dd class="value">${value}</dd>
        <dd class="explanation">${explanation}</dd>
      </div>`,
    )}
  </dl>`;
}
