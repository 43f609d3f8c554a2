import { html, type TemplateResult } from 'lit';
import type { AliasListEntry, Tag } from '../../src/core/kms/keyMetadata.ts';
import type { KeyPanelModel } from './model.ts';
import { remoteView } from './remoteView.ts';

/** The names and the tags of the key. */
export function labelsView(model: KeyPanelModel): TemplateResult {
  const { aliases, tags } = model.state;
  return html`<section aria-label="Aliases">
      <h2>Aliases</h2>
      <p class="intro">
        An alias is a friendly name that applications use instead of the key id. It belongs to one account and Region, and can
        be moved to another key without changing them.
      </p>
      ${remoteView(aliases, 'the aliases', () => void model.load('aliases'), aliasTable)}
    </section>
    <section aria-label="Tags">
      <h2>Tags</h2>
      <p class="intro">Tags sort keys and costs, and policies can allow or deny by them. They are not secret.</p>
      ${remoteView(tags, 'the tags', () => void model.load('tags'), tagTable)}
    </section>`;
}

function aliasTable(aliases: readonly AliasListEntry[]): TemplateResult {
  if (aliases.length === 0) return html`<p class="empty">The key has no alias: it can be named by its id or ARN only.</p>`;
  return html`<table>
    <thead>
      <tr><th scope="col">Alias</th><th scope="col">ARN</th></tr>
    </thead>
    <tbody>
      ${aliases.map(({ aliasName, aliasArn }) => html`<tr><th scope="row">${aliasName}</th><td><code>${aliasArn}</code></td></tr>`)}
    </tbody>
  </table>`;
}

function tagTable(tags: readonly Tag[]): TemplateResult {
  if (tags.length === 0) return html`<p class="empty">The key has no tags.</p>`;
  return html`<table>
    <thead>
      <tr><th scope="col">Key</th><th scope="col">Value</th></tr>
    </thead>
    <tbody>
      ${tags.map(({ tagKey, tagValue }) => html`<tr><th scope="row">${tagKey}</th><td>${tagValue}</td></tr>`)}
    </tbody>
  </table>`;
}
