import { html, type TemplateResult } from 'lit';
import type { AliasListEntry } from '../../../src/core/kms/keyMetadata.ts';
import { formTexts } from '../../shared/forms.ts';
import type { KeyPanelModel } from '../model.ts';
import { valueOf } from '../../shared/remote.ts';
import { remoteView } from '../../shared/remoteView.ts';

/** The names of the key: to read, to add and to delete. */
export function aliasesView(model: KeyPanelModel): TemplateResult {
  const { aliases, metadata } = model.state;
  const editable = valueOf(metadata)?.keyManager === 'CUSTOMER';
  return html`<section aria-label="Aliases">
    <h2>Aliases</h2>
    <p class="intro">
      An alias is a friendly name that applications use instead of the key id. It belongs to one account and Region, and can
      be moved to another key without changing them.
    </p>
    ${remoteView(aliases, 'the aliases', () => void model.load('aliases'), (entries) => aliasTable(model, entries, editable))}
    ${editable ? aliasForm(model) : null}
  </section>`;
}

function aliasTable(model: KeyPanelModel, aliases: readonly AliasListEntry[], editable: boolean): TemplateResult {
  if (aliases.length === 0) return html`<p class="empty">The key has no alias: it can be named by its id or ARN only.</p>`;
  const remove = (aliasName: string) => () =>
    void model.change({ kind: 'deleteAlias', aliasName }, `${aliasName} is deleted. The key itself is as it was.`, ['aliases']);
  return html`<table>
    <thead>
      <tr><th scope="col">Alias</th><th scope="col">ARN</th>${editable ? html`<th scope="col">Change</th>` : null}</tr>
    </thead>
    <tbody>
      ${aliases.map(
        ({ aliasName, aliasArn }) => html`<tr>
          <th scope="row">${aliasName}</th>
          <td><code>${aliasArn}</code></td>
          ${editable ? html`<td><button type="button" class="link" aria-label="Delete ${aliasName}" @click=${remove(aliasName)}>Delete</button></td>` : null}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function aliasForm(model: KeyPanelModel): TemplateResult {
  const add = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const form = event.target;
    const name = formTexts(form)('alias');
    const aliasName = name.startsWith('alias/') ? name : `alias/${name}`;
    void model.change({ kind: 'createAlias', aliasName }, `${aliasName} now stands for this key.`, ['aliases']).then((done) => {
      if (done) form.reset();
    });
  };
  return html`<form class="row" @submit=${add}>
    <label>New alias <input name="alias" required maxlength="256" pattern="[a-zA-Z0-9:/_\\-]+" placeholder="alias/orders/config" /></label>
    <button type="submit">Add Alias</button>
  </form>`;
}
