import { html, type TemplateResult } from 'lit';
import { utcMinute } from '../../../src/core/kms/explain/dateWords.ts';
import { explainRotation } from '../../../src/core/kms/explain/explainRotation.ts';
import type { KeyMetadata, KeyRotationStatus } from '../../../src/core/kms/keyMetadata.ts';
import type { RotationEntry } from '../../../src/core/kms/service/keyReading.ts';
import { formTexts } from '../../shared/forms.ts';
import type { KeyPanelModel } from '../model.ts';
import { remoteView } from '../../shared/remoteView.ts';
import { factList } from './overviewView.ts';

const usualPeriod = 365;

/** How the key material is renewed. Why a key cannot rotate is in its metadata, so both have to be here. */
export function rotationView(model: KeyPanelModel): TemplateResult {
  const { metadata, rotation } = model.state;
  return html`<section aria-label="Rotation">
    ${remoteView(metadata, 'the metadata', () => void model.load('metadata'), (known) =>
      remoteView(rotation, 'the rotation', () => void model.load('rotation'), (answer) => {
        const words = explainRotation(known, answer.supported ? answer.status : undefined, Date.now());
        return html`<h2>${words.title}</h2>
          <p class="intro">${words.explanation}</p>
          ${factList(words.facts)} ${answer.supported && known.keyManager === 'CUSTOMER' ? controls(model, known, answer.status) : null}
          ${answer.supported ? history(answer.rotations) : null}`;
      }),
    )}
  </section>`;
}

function controls(model: KeyPanelModel, metadata: KeyMetadata, status: KeyRotationStatus): TemplateResult | null {
  if (metadata.keySpec !== 'SYMMETRIC_DEFAULT' || metadata.customKeyStoreId !== undefined) return null;
  const isReplica = metadata.multiRegionConfiguration?.multiRegionKeyType === 'REPLICA';
  if (isReplica) return html`<p class="empty">Rotation is set on the primary key, and this replica follows it.</p>`;
  return html`${metadata.origin === 'AWS_KMS' ? periodForm(model, status) : null}
    <p class="row">
      <button type="button" class="secondary" @click=${() => void model.change({ kind: 'rotateNow' }, 'KMS rotates the key: it encrypts with new material, and the old one still decrypts.', ['rotation', 'metadata'])}>
        Rotate Now
      </button>
      <span class="hint">A key can be rotated on demand 25 times. The automatic schedule stays as it is.</span>
    </p>`;
}

function periodForm(model: KeyPanelModel, status: KeyRotationStatus): TemplateResult {
  const save = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const periodInDays = Number(formTexts(event.target)('period'));
    void model.change({ kind: 'enableRotation', periodInDays }, `KMS now rotates the key every ${periodInDays} days.`, ['rotation']);
  };
  const off = (): void => {
    void model.change({ kind: 'disableRotation' }, 'Automatic rotation is off. All material is kept.', ['rotation']);
  };
  return html`<form class="row" @submit=${save}>
    <label>Rotation period in days <input name="period" type="number" required min="90" max="2560" .value=${String(status.rotationPeriodInDays ?? usualPeriod)} /></label>
    <button type="submit">${status.keyRotationEnabled ? 'Change Period' : 'Turn On'}</button>
    ${status.keyRotationEnabled ? html`<button type="button" class="secondary" @click=${off}>Turn Off</button>` : null}
  </form>`;
}

function history(rotations: readonly RotationEntry[]): TemplateResult | null {
  if (rotations.length === 0) return null;
  const dated = (time: number | undefined): string => (time === undefined ? '' : utcMinute(time));
  return html`<h2>Key materials</h2>
    <p class="intro">Each rotation adds a material. The current one encrypts; all of them decrypt what they encrypted.</p>
    <table>
      <thead>
        <tr><th scope="col">Material id</th><th scope="col">State</th><th scope="col">Rotated</th><th scope="col">How</th></tr>
      </thead>
      <tbody>
        ${rotations.map(
          (row) => html`<tr>
            <td><code>${row.keyMaterialId ?? ''}</code></td>
            <td>${(row.keyMaterialState ?? '').toLowerCase().replaceAll('_', ' ')}</td>
            <td>${dated(row.rotationDate)}</td>
            <td>${(row.rotationType ?? '').toLowerCase().replaceAll('_', ' ')}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
}
