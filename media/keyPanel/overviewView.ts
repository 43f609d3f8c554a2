import { html, type TemplateResult } from 'lit';
import { explainMetadata, factGroups, type MetadataFact } from '../../src/core/kms/explain/explainMetadata.ts';
import type { KeyMetadata } from '../../src/core/kms/keyMetadata.ts';

/** Every field of the metadata under its heading: name, value, and what the value means. */
export function overviewView(metadata: KeyMetadata): TemplateResult {
  const facts = explainMetadata(metadata, Date.now());
  return html`${factGroups.map(
    (group) => html`<section aria-label=${group}>
      <h2>${group}</h2>
      ${factList(facts.filter((fact) => fact.group === group))}
    </section>`,
  )}`;
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
