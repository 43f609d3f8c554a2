import { html, type TemplateResult } from 'lit';
import type { DataKey } from '../../../src/protocol/keyPanel.ts';
import { formTexts, readPairs } from '../../shared/forms.ts';
import { remoteView } from '../../shared/remoteView.ts';
import type { KeyPanelModel } from '../model.ts';

/** Makes a data key: in the open to encrypt with, and wrapped to keep beside the data. */
export function dataKeyView(model: KeyPanelModel): TemplateResult {
  return html`${dataKeyForm(model)} ${resultView(model)}`;
}

function dataKeyForm(model: KeyPanelModel): TemplateResult {
  const generate = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const text = formTexts(event.target);
    const pairs = readPairs(text('context'));
    const field = event.target.elements.namedItem('context');
    if (field instanceof HTMLTextAreaElement) {
      field.setCustomValidity(pairs === undefined ? 'Write a name=value pair on each line.' : '');
      if (!field.reportValidity()) return;
    }
    void model.generateDataKey({ keySpec: text('dataKeySpec') === 'AES_128' ? 'AES_128' : 'AES_256', encryptionContext: pairs ?? {} });
  };
  return html`<form class="stack" aria-label="Generate a data key" @submit=${generate}>
    <h3>Generate a data key</h3>
    <p class="intro">Encrypt with the data key on your side, keep its encrypted form beside the data, and forget the key itself. KMS decrypts it when it is needed again.</p>
    <label>Data key <select name="dataKeySpec"><option>AES_256</option><option>AES_128</option></select></label>
    <label>Encryption context, a name=value pair on each line <textarea name="context" rows="2"></textarea></label>
    <p><button type="submit">Generate Data Key</button></p>
  </form>`;
}

function resultView(model: KeyPanelModel): TemplateResult {
  const { dataKey } = model.state;
  if (dataKey === undefined) return html`<div role="status"></div>`;
  const forget = (): void => {
    model.forgetDataKey();
  };
  return html`<div role="status" class="result">${remoteView(dataKey, 'the data key', forget, (known) => keyView(model, known, forget))}</div>`;
}

function keyView(model: KeyPanelModel, { plaintext, ciphertext }: DataKey, forget: () => void): TemplateResult {
  return html`<h3>Data key</h3>
    <pre tabindex="0" role="region" aria-label="Data key as base64">${plaintext}</pre>
    <p class="row">
      <button type="button" class="secondary" @click=${() => void model.copyDataKey()}>${model.state.copied === 'dataKey' ? 'Copied' : 'Copy Data Key'}</button>
      <span class="hint">It is taken off the clipboard after 45 seconds.</span>
    </p>
    <h3>Encrypted data key</h3>
    <pre tabindex="0" role="region" aria-label="Encrypted data key as base64">${ciphertext}</pre>
    <p class="row">
      <button type="button" class="secondary" @click=${() => void model.saveDataKey()}>Save Encrypted Data Key…</button>
      <button type="button" class="secondary" @click=${forget}>Forget Data Key</button>
    </p>`;
}
