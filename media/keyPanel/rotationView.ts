import { html, type TemplateResult } from 'lit';
import { explainRotation } from '../../src/core/kms/explain/explainRotation.ts';
import type { KeyPanelModel } from './model.ts';
import { factList } from './overviewView.ts';
import { remoteView } from './remoteView.ts';

/** How the key material is renewed. Why a key cannot rotate is in its metadata, so both have to be here. */
export function rotationView(model: KeyPanelModel): TemplateResult {
  const { metadata, rotation } = model.state;
  return html`<section aria-label="Rotation">
    ${remoteView(metadata, 'the metadata', () => void model.load('metadata'), (known) =>
      remoteView(rotation, 'the rotation', () => void model.load('rotation'), (answer) => {
        const words = explainRotation(known, answer.supported ? answer.status : undefined, Date.now());
        return html`<h2>${words.title}</h2>
          <p class="intro">${words.explanation}</p>
          ${factList(words.facts)}`;
      }),
    )}
  </section>`;
}
