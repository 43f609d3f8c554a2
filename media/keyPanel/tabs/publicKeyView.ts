import { html, type TemplateResult } from 'lit';
import type { PublicKeyForm, PublicKeyForms } from '../../../src/protocol/keyPanel.ts';
import type { KeyPanelModel } from '../model.ts';
import { remoteView } from '../../shared/remoteView.ts';

const names: Readonly<Record<PublicKeyForm, string>> = { pem: 'PEM', jwk: 'JSON Web Key', ssh: 'SSH' };
const forms: readonly PublicKeyForm[] = ['pem', 'jwk', 'ssh'];

/** The public key in the forms that programs take. */
export function publicKeyView(model: KeyPanelModel): TemplateResult {
  return html`<section aria-label="Public key">
    <h2>Public key</h2>
    <p class="intro">Whoever has it can encrypt for this key, or verify its signatures, without calling KMS. It is not secret.</p>
    ${remoteView(model.state.publicKey, 'the public key', () => void model.load('publicKey'), (known) => html`${forms.map((form) => formView(model, known, form))}`)}
  </section>`;
}

function formView(model: KeyPanelModel, known: PublicKeyForms, form: PublicKeyForm): TemplateResult | null {
  const text = known[form];
  if (text === null) return null;
  return html`<h3>${names[form]}</h3>
    <pre tabindex="0" aria-label="Public key as ${names[form]}">${text}</pre>
    <p class="row">
      <button type="button" class="secondary" aria-label="Copy ${names[form]}" @click=${() => void model.copy(form)}>${model.state.copied === form ? 'Copied' : 'Copy'}</button>
      <button type="button" class="secondary" aria-label="Save ${names[form]}" @click=${() => void model.savePublicKey(form)}>Save…</button>
    </p>`;
}
