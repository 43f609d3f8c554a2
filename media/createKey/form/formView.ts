import { html, type TemplateResult } from 'lit';
import { isChinaRegion } from '../../../src/core/kms/arn.ts';
import { isInStore, type KeyDraft, rotatesByItself } from '../../../src/core/kms/create/keyDraft.ts';
import { keySpecNames, keySpecOf } from '../../../src/core/kms/keySpecs.ts';
import type { KeyOrigin } from '../../../src/core/kms/keyMetadata.ts';
import type { CreateKeyOpening } from '../../../src/protocol/createKey.ts';
import { failureText } from '../../shared/remoteView.ts';
import { areaField, chooseField, textField } from './fields.ts';
import type { AdvisorModel } from '../model.ts';
import { policyFields } from './policyFields.ts';
import { storeFields } from './storeFields.ts';

const origins: readonly { readonly value: KeyOrigin; readonly label: string }[] = [
  { value: 'AWS_KMS', label: 'KMS makes it (AWS_KMS)' },
  { value: 'EXTERNAL', label: 'I import it (EXTERNAL)' },
  { value: 'AWS_CLOUDHSM', label: 'CloudHSM key store (AWS_CLOUDHSM)' },
  { value: 'EXTERNAL_KEY_STORE', label: 'External key store (EXTERNAL_KEY_STORE)' },
];

const usualPeriod = 365;

/** The key to create. It starts as the advice says, and every field can be changed. */
export function formView(model: AdvisorModel, opening: CreateKeyOpening): TemplateResult {
  const { form, busy, backendChanged } = model.state;
  const { draft, tagsText } = form;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void model.create();
  };
  return html`<section aria-label="The key">
    <h2>The key</h2>
    <p class="intro">Account ${opening.accountId}. The form follows the advice; change what you like.</p>
    <form class="stack" novalidate @submit=${submit}>
      ${nameFields(model, draft, tagsText)} ${chooseField('Region', draft.region, opening.regions, (region) => { model.edit({ region }); })}
      ${kindFields(model, draft)} ${isInStore(draft) ? storeFields(model, draft) : regionsField(model, draft)}
      ${rotatesByItself(draft) ? rotationFields(model, draft) : null} ${policyFields(model, draft)} ${problemsView(model)}
      <p><button type="submit" ?disabled=${busy || backendChanged}>${busy ? 'Creating…' : 'Create Key'}</button></p>
    </form>
  </section>`;
}

function nameFields(model: AdvisorModel, { aliasName, description }: KeyDraft, tagsText: string): TemplateResult {
  return html`${textField('Alias (optional)', aliasName, 'alias/orders/config', (value) => { model.edit({ aliasName: value }); })}
    ${textField('Description (optional)', description, '', (value) => { model.edit({ description: value }); })}
    ${areaField('Tags, a name=value pair on each line (optional)', tagsText, 'team=orders', (value) => { model.editTags(value); })}`;
}

function kindFields(model: AdvisorModel, { region, keySpec, keyUsage, origin }: KeyDraft): TemplateResult {
  const specs = keySpecNames.filter((name) => name !== 'SM2' || isChinaRegion(region));
  const usages = keySpecOf(keySpec)?.usages ?? [];
  return html`${chooseField('Key spec', keySpec, specs, (value) => { model.edit({ keySpec: value }); })}
    ${chooseField('Key usage', keyUsage, usages, (value) => { model.edit({ keyUsage: value }); })}
    ${chooseField('Key material', origin, origins, (value) => { model.edit({ origin: value }); })}`;
}

function regionsField(model: AdvisorModel, { multiRegion }: KeyDraft): TemplateResult {
  const toggle = (): void => {
    model.edit({ multiRegion: !multiRegion });
  };
  return html`<label class="check"><input type="checkbox" .checked=${multiRegion} @change=${toggle} />Multi-Region primary key, to be replicated in its panel</label>`;
}

function rotationFields(model: AdvisorModel, { rotationPeriodInDays: days }: KeyDraft): TemplateResult {
  const toggle = (): void => {
    model.edit({ rotationPeriodInDays: days === null ? usualPeriod : null });
  };
  const change = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) model.edit({ rotationPeriodInDays: Number(event.target.value) });
  };
  return html`<label class="check"><input type="checkbox" .checked=${days !== null} @change=${toggle} />Rotate the key material automatically</label>
    ${days === null ? null : html`<label>Rotation period in days, 90 to 2560 <input type="number" min="90" max="2560" .value=${String(days)} @change=${change} /></label>`}`;
}

/** What the form lacks, or KMS's own answer when it made nothing. */
function problemsView({ state: { problems, failure } }: AdvisorModel): TemplateResult {
  if (problems.length === 0 && failure === undefined) return html`<div role="alert"></div>`;
  return html`<div role="alert" class="notice error">
    <span class="codicon codicon-error" aria-hidden="true"></span>
    <div>
      <h3>No key was created.</h3>
      ${failure === undefined ? html`<ul class="points">${problems.map(({ message }) => html`<li>${message}</li>`)}</ul>` : failureText(failure)}
    </div>
  </div>`;
}
