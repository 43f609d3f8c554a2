import { html, type TemplateResult } from 'lit';
import type { Advice, KeyKindName } from '../../src/core/kms/create/advice.ts';
import { policyKinds } from '../../src/core/kms/create/policyChoice.ts';
import { keySpecs } from '../../src/core/kms/keySpecs.ts';

const titles: Readonly<Record<KeyKindName, string>> = {
  awsOwned: 'Leave it to an AWS owned key',
  awsManaged: 'Take the AWS managed key of the service',
  customerManaged: 'Create a customer managed key',
};

/** The recommendation, what speaks for it, and what it costs. */
export function adviceView({ kind, key, reasons, effort, permanent, cautions }: Advice): TemplateResult {
  return html`<section aria-label="Advice" aria-live="polite">
    <h2>${titles[kind]}</h2>
    ${kind === 'customerManaged' ? recommended(key) : html`<p class="intro">You create nothing in KMS for that. The form below makes a key of your own if you want one all the same.</p>`}
    ${cautions.map(
      (text) => html`<div class="notice warning">
        <span class="codicon codicon-warning" aria-hidden="true"></span>
        <p>${text}</p>
      </div>`,
    )}
    <h3>Why</h3>
    <ul class="points">${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>
    <h3>Effort: ${effort.level}</h3>
    <p>${effort.text}</p>
    <h3>What cannot be changed later</h3>
    <ul class="points">${permanent.map((fact) => html`<li>${fact}</li>`)}</ul>
  </section>`;
}

function recommended({ keySpec, keyUsage, origin, multiRegion, rotationPeriodInDays: days, policy }: Advice['key']): TemplateResult {
  const { kind } = keySpecs[keySpec];
  const facts = [
    kind === 'symmetric' ? 'symmetric' : kind === 'hmac' ? 'HMAC' : 'asymmetric',
    keySpec,
    keyUsage,
    `origin ${origin}`,
    days === null ? 'no automatic rotation' : `rotated every ${days} days`,
    multiRegion ? 'multi-Region' : 'single-Region',
    `${(policyKinds.find((each) => each.kind === policy)?.label ?? policy).toLowerCase()} key policy`,
  ];
  return html`<ul class="badges" aria-label="The key">${facts.map((fact) => html`<li class="badge">${fact}</li>`)}</ul>`;
}
