import { html, type TemplateResult } from 'lit';
import { keyText, textForms } from '../../src/core/kms/create/text/keyText.ts';
import { draftOf } from './draftOf.ts';
import { chooseField } from './form/fields.ts';
import type { AdvisorModel } from './model.ts';

const forms = textForms.map(({ form, label }) => ({ value: form, label }));

/** The same key as text for other tools. */
export function textView(model: AdvisorModel, accountId: string): TemplateResult {
  const { form, textForm, copied } = model.state;
  const draft = draftOf(form);
  const answer = draft === undefined ? { obstacle: 'Mend the tags of the form first.' } : keyText(textForm, draft, accountId);
  const label = textForms.find((each) => each.form === textForm)?.label ?? textForm;
  return html`<section aria-label="Copy as">
    <h2>Copy as</h2>
    <p class="intro">The key of the form, for your scripts and templates. Nothing is created by copying.</p>
    <p class="row">
      ${chooseField('Form', textForm, forms, (chosen) => { model.chooseText(chosen); })}
      <button type="button" class="secondary" ?disabled=${'obstacle' in answer} @click=${() => void model.copyText()}>Copy Text</button>
      <span class="copied" role="status">${copied ? 'Copied' : ''}</span>
    </p>
    ${'obstacle' in answer ? html`<p class="empty">${answer.obstacle}</p>` : html`<pre tabindex="0" role="region" aria-label="The key as ${label}">${answer.text}</pre>`}
  </section>`;
}
