import { html, type TemplateResult } from 'lit';
import type { UsesAnswer } from '../../../src/protocol/keyPanel.ts';
import type { KeyPanelModel } from '../model.ts';
import { remoteView } from '../../shared/remoteView.ts';

/** The encrypted values of the workspace that need the key. */
export function usesView(model: KeyPanelModel): TemplateResult {
  const search = html`<button type="button" @click=${() => void model.scanUses()}>Search Workspace</button>`;
  return html`<section aria-label="In this workspace">
    <h2>In this workspace</h2>
    <p class="intro">Encrypted values of this workspace that cannot be decrypted without this key. Its files are searched when you ask for it; KMS is not asked.</p>
    ${remoteView(model.state.uses, 'the uses', () => void model.retry('uses'), (answer) =>
      answer.read ? html`${usesTable(model, answer)} ${notes(answer)}` : html`<p class="empty">The workspace was not searched yet.</p>`,
    )}
    ${search}
  </section>`;
}

type Found = Extract<UsesAnswer, { readonly read: true }>;

function usesTable(model: KeyPanelModel, { uses }: Found): TemplateResult {
  if (uses.length === 0) return html`<p class="empty">No value of this workspace is known to be encrypted under this key.</p>`;
  return html`<table>
    <thead>
      <tr><th scope="col">Value</th><th scope="col">File</th></tr>
    </thead>
    <tbody>
      ${uses.map(
        ({ name, file, line }, index) => html`<tr>
          <th scope="row">${name ?? 'whole file, by SOPS'}</th>
          <td><button type="button" class="link" @click=${() => void model.openUse(index)}>${file}:${line}</button></td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function notes({ withOtherKeys, unnamed, isComplete }: Found): TemplateResult {
  return html`${withOtherKeys > 0 ? html`<p>${withOtherKeys} of them name other keys as well, which may still decrypt them.</p>` : null}
    ${unnamed > 0 ? html`<p>The keys of ${unnamed} other values are not known: they do not name them, and none of the same key was decrypted yet.</p>` : null}
    ${isComplete ? null : html`<p>The search was ended before all files were read.</p>`}`;
}
