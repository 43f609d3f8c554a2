import { html, type TemplateResult } from 'lit';
import { utcMinute } from '../../../src/core/kms/explain/dateWords.ts';
import type { KeyMetadata } from '../../../src/core/kms/keyMetadata.ts';
import type { RotationEntry } from '../../../src/core/kms/service/keyReading.ts';
import type { ImportKind } from '../../../src/protocol/keyPanel.ts';
import { remoteView } from '../../shared/remoteView.ts';
import type { KeyPanelModel } from '../model.ts';
import { factList } from './overviewView.ts';

/** The imported material of a key: what is there, until when, and the ways to import and to delete it. */
export function materialView(model: KeyPanelModel): TemplateResult {
  const { metadata, materials } = model.state;
  return html`<section aria-label="Key material">
    <h2>Key material</h2>
    <p class="intro">
      You bring the material of this key yourself, and only you have a copy. It is wrapped on this machine before it goes to KMS; this
      panel never sees it. Material that expires or is deleted can be imported again, if it is the very same.
    </p>
    ${remoteView(metadata, 'the metadata', () => void model.load('metadata'), (known) =>
      remoteView(materials, 'the key materials', () => void model.load('materials'), (answer) =>
        answer.listed ? severalMaterials(model, known, answer.materials) : oneMaterial(model, known),
      ),
    )}
  </section>`;
}

function isDying({ keyState }: KeyMetadata): boolean {
  return keyState === 'PendingDeletion' || keyState === 'PendingReplicaDeletion';
}

function importButton(model: KeyPanelModel, kind: ImportKind, label: string): TemplateResult {
  return html`<button type="button" ?disabled=${model.state.backendChanged} @click=${() => void model.importMaterial(kind)}>${label}</button>`;
}

const inWords = (name: string | undefined): string => (name ?? '').toLowerCase().replaceAll('_', ' ');
const expiryWords = (validTo: number | undefined): string => (validTo === undefined ? 'never' : utcMinute(validTo));

/** HMAC and asymmetric keys have one material, and KMS tells of it in the metadata alone. */
function oneMaterial(model: KeyPanelModel, metadata: KeyMetadata): TemplateResult {
  const waits = metadata.keyState === 'PendingImport';
  return html`${factList([
    { label: 'Material', value: waits ? 'not there' : 'imported', explanation: waits ? 'The key cannot be used until its material is imported.' : 'The key works with the material that was imported.' },
    ...(waits ? [] : [{ label: 'Expires', value: expiryWords(metadata.validTo), explanation: 'KMS deletes the material then, and the key waits for it again.' }]),
  ])}
  ${isDying(metadata)
    ? null
    : html`<p class="row">
        ${importButton(model, 'first', waits ? 'Import Material…' : 'Import Again…')}
        ${waits ? null : html`<button type="button" class="secondary" @click=${() => void model.deleteMaterial(null)}>Delete Material…</button>`}
      </p>`}`;
}

function severalMaterials(model: KeyPanelModel, metadata: KeyMetadata, materials: readonly RotationEntry[]): TemplateResult {
  const isReplica = metadata.multiRegionConfiguration?.multiRegionKeyType === 'REPLICA';
  return html`${materials.length === 0 ? html`<p class="empty">No material was imported yet: the key cannot be used.</p>` : materialTable(model, metadata, materials)}
  ${isDying(metadata)
    ? null
    : html`<p class="row">
        ${materials.length === 0 ? importButton(model, 'first', 'Import Material…') : isReplica ? null : importButton(model, 'new', 'Import New Material…')}
        ${materials.length === 0 ? null : html`<span class="hint">${isReplica ? 'New material is imported into the primary key first.' : 'New material waits until the key is rotated on demand.'}</span>`}
      </p>`}`;
}

function materialTable(model: KeyPanelModel, metadata: KeyMetadata, materials: readonly RotationEntry[]): TemplateResult {
  return html`<table>
    <thead>
      <tr><th scope="col">Material id</th><th scope="col">Description</th><th scope="col">State</th><th scope="col">Import</th><th scope="col">Expires</th><th scope="col">Change</th></tr>
    </thead>
    <tbody>
      ${materials.map(
        (row) => html`<tr>
          <th scope="row"><code>${row.keyMaterialId ?? ''}</code></th>
          <td>${row.keyMaterialDescription ?? ''}</td>
          <td>${inWords(row.keyMaterialState)}</td>
          <td>${inWords(row.importState)}</td>
          <td>${row.importState === 'IMPORTED' ? expiryWords(row.validTo) : ''}</td>
          <td>${isDying(metadata) ? null : rowButtons(model, row)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function rowButtons(model: KeyPanelModel, { keyMaterialId: id = '', importState }: RotationEntry): TemplateResult {
  const short = id.slice(0, 8);
  return html`<button type="button" class="link" aria-label="Import material ${short} again" @click=${() => void model.importMaterial('again')}>Import Again…</button>
    ${importState === 'IMPORTED' ? html`<button type="button" class="link" aria-label="Delete material ${short}" @click=${() => void model.deleteMaterial(id)}>Delete…</button>` : null}`;
}
