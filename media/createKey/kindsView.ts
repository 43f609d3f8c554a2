import { html, type TemplateResult } from 'lit';
import type { KeyKindName } from '../../src/core/kms/create/advice.ts';
import { keyKinds, kindQuestions } from '../../src/core/kms/create/keyKinds.ts';

/** The three kinds of KMS keys side by side, the recommended one marked. */
export function kindsView(recommended: KeyKindName): TemplateResult {
  return html`<section aria-label="The three kinds of KMS keys">
    <h2>The three kinds of KMS keys</h2>
    <p class="intro">KMS keys were called customer master keys (CMKs). Who makes one decides who can do what with it.</p>
    <table class="kinds">
      <thead>
        <tr>
          <td></td>
          ${keyKinds.map(({ kind, title }) => html`<th scope="col">${title}${kind === recommended ? ' (recommended)' : ''}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${kindQuestions.map(
          ({ member, label }) => html`<tr>
            <th scope="row">${label}</th>
            ${keyKinds.map((kind) => html`<td>${kind[member]}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}
