import { html, type TemplateResult } from 'lit';
import { needChoices, purposeChoices, type Need, type Purpose } from '../../src/core/kms/create/answers.ts';
import type { AdvisorModel } from './model.ts';

/** What the key is for, and what else is asked of it. */
export function questionsView(model: AdvisorModel): TemplateResult {
  const { answers } = model.state.form;
  const choose = (purpose: Purpose) => () => {
    model.answer({ ...answers, purpose });
  };
  const toggle = (need: Need) => () => {
    const needs = answers.needs.includes(need) ? answers.needs.filter((each) => each !== need) : [...answers.needs, need];
    model.answer({ ...answers, needs });
  };
  return html`<section aria-label="What the key is for">
    <fieldset class="choices">
      <legend>What is the key for?</legend>
      ${purposeChoices.map(
        ({ value, label, detail }) => html`<label class="choice">
          <input type="radio" name="purpose" .checked=${answers.purpose === value} @change=${choose(value)} aria-describedby="purpose-${value}" />
          <span class="choice-label">${label}</span>
          <span class="hint" id="purpose-${value}">${detail}</span>
        </label>`,
      )}
    </fieldset>
    <fieldset class="choices">
      <legend>What else do you need? (any number)</legend>
      ${needChoices.map(
        ({ value, label, detail }) => html`<label class="choice">
          <input type="checkbox" .checked=${answers.needs.includes(value)} @change=${toggle(value)} aria-describedby="need-${value}" />
          <span class="choice-label">${label}</span>
          <span class="hint" id="need-${value}">${detail}</span>
        </label>`,
      )}
    </fieldset>
  </section>`;
}
