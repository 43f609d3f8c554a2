import { html, type TemplateResult } from 'lit';
import type { Tag } from '../../../src/core/kms/keyMetadata.ts';
import { formTexts } from '../../shared/forms.ts';
import type { KeyPanelModel } from '../model.ts';
import { valueOf } from '../../shared/remote.ts';
import { remoteView } from '../../shared/remoteView.ts';

/** The tags of the key: to read, to put and to remove. */
export function tagsView(model: KeyPanelModel): TemplateResult {
  const { tags, metadata } = model.state;
  const editable = valueOf(metadata)?.keyManager === 'CUSTOMER';
  return html`<section aria-label="Tags">
    <h2>Tags</h2>
    <p class="intro">Tags sort keys and costs, and policies can allow or deny by them: a change of a tag may change who has access. They are not secret.</p>
    ${remoteView(tags, 'the tags', () => void model.retry('tags'), (entries) => tagTable(model, entries, editable))}
    ${editable ? tagForm(model, valueOf(tags) ?? []) : null}
  </section>`;
}

function tagTable(model: KeyPanelModel, tags: readonly Tag[], editable: boolean): TemplateResult {
  if (tags.length === 0) return html`<p class="empty">The key has no tags.</p>`;
  const remove = (tagKey: string) => () => void model.change({ kind: 'removeTag', tagKey }, `The tag ${tagKey} is removed.`, ['tags']);
  return html`<table>
    <thead>
      <tr><th scope="col">Key</th><th scope="col">Value</th>${editable ? html`<th scope="col">Change</th>` : null}</tr>
    </thead>
    <tbody>
      ${tags.map(
        ({ tagKey, tagValue }) => html`<tr>
          <th scope="row">${tagKey}</th>
          <td>${tagValue}</td>
          ${editable ? html`<td><button type="button" class="link" aria-label="Remove ${tagKey}" @click=${remove(tagKey)}>Remove</button></td>` : null}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function tagForm(model: KeyPanelModel, tags: readonly Tag[]): TemplateResult {
  const put = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const form = event.target;
    const text = formTexts(form);
    const tag = { tagKey: text('tagKey'), tagValue: text('tagValue') };
    const expected = tags.find(({ tagKey }) => tagKey === tag.tagKey)?.tagValue ?? null;
    void model.change({ kind: 'putTag', ...tag, expected }, `The key is tagged ${tag.tagKey}=${tag.tagValue}.`, ['tags']).then((done) => {
      if (done) form.reset();
    });
  };
  return html`<form class="row" @submit=${put}>
    <label>Tag key <input name="tagKey" required maxlength="128" /></label>
    <label>Tag value <input name="tagValue" maxlength="256" /></label>
    <button type="submit">Put Tag</button>
  </form>`;
}
