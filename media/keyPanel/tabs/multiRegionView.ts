import { html, type TemplateResult } from 'lit';
import type { KeyMetadata, MultiRegionConfiguration } from '../../../src/core/kms/keyMetadata.ts';
import { formTexts } from '../../shared/forms.ts';
import type { KeyPanelModel } from '../model.ts';
import { valueOf } from '../../shared/remote.ts';
import { remoteView } from '../../shared/remoteView.ts';

/** The copies of the key in other Regions. */
export function multiRegionView(model: KeyPanelModel): TemplateResult {
  return html`<section aria-label="Regions">
    ${remoteView(model.state.metadata, 'the metadata', () => void model.load('metadata'), (metadata) => {
      const { multiRegionConfiguration: configuration } = metadata;
      return configuration === undefined ? singleRegion(metadata) : copies(model, metadata, configuration);
    })}
  </section>`;
}

function singleRegion({ region }: KeyMetadata): TemplateResult {
  return html`<h2>A single-Region key</h2>
    <p class="intro">
      The key lives in ${region} and its material never leaves it. It cannot be made multi-Region later: where data has to be
      decrypted in several Regions, create a multi-Region key and encrypt the data again.
    </p>`;
}

function copies(model: KeyPanelModel, metadata: KeyMetadata, configuration: MultiRegionConfiguration): TemplateResult {
  const isPrimary = configuration.multiRegionKeyType === 'PRIMARY';
  const rows = [{ ...configuration.primaryKey, role: 'Primary' }, ...configuration.replicaKeys.map((replica) => ({ ...replica, role: 'Replica' }))];
  const promote = (region: string) => () =>
    void model.change({ kind: 'promote', region }, `${region} becomes the primary. Both keys are updating for a moment.`, ['metadata', 'rotation']);
  return html`<h2>${isPrimary ? 'The primary key' : `A replica of the key in ${configuration.primaryKey.region}`}</h2>
    <p class="intro">
      All copies have the same id and material, so each decrypts what the others encrypted. Key policy, grants, aliases, tags and
      whether it is enabled are set for each on its own; rotation is set on the primary.
    </p>
    <table>
      <thead>
        <tr><th scope="col">Region</th><th scope="col">Role</th><th scope="col">ARN</th>${isPrimary ? html`<th scope="col">Change</th>` : null}</tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ region, role, arn }) => html`<tr>
            <th scope="row">${region}${region === metadata.region ? ' (this one)' : ''}</th>
            <td>${role}</td>
            <td><code>${arn}</code></td>
            ${isPrimary
              ? html`<td>${role === 'Replica' ? html`<button type="button" class="link" aria-label="Make ${region} the primary" @click=${promote(region)}>Make Primary</button>` : null}</td>`
              : null}
          </tr>`,
        )}
      </tbody>
    </table>
    ${isPrimary ? replicaForm(model, rows.map(({ region }) => region)) : html`<p class="empty">New replicas are made, and the primary is changed, from the primary key.</p>`}`;
}

function replicaForm(model: KeyPanelModel, taken: readonly string[]): TemplateResult {
  const free = (valueOf(model.state.regions) ?? []).filter((region) => !taken.includes(region));
  const replicate = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const region = formTexts(event.target)('region');
    void model.change({ kind: 'replicate', region }, `KMS makes a replica in ${region}, with the default key policy.`, ['metadata']);
  };
  return html`<form class="row" @submit=${replicate}>
    <label>New replica in <select name="region" required>${free.map((region) => html`<option>${region}</option>`)}</select></label>
    <button type="submit">Replicate</button>
  </form>`;
}
