import { html, type TemplateResult } from 'lit';
import { isChinaRegion } from '../../../src/core/kms/arn.ts';
import { dataKeyPairSpecs, dataKeySpecs, isDataKeyPairSpec, isDataKeySpec } from '../../../src/core/kms/dataKeySpecs.ts';
import type { KeyMetadata } from '../../../src/core/kms/keyMetadata.ts';
import type { DataKey } from '../../../src/protocol/keyPanel.ts';
import { formTexts, readPairs } from '../../shared/forms.ts';
import { remoteView } from '../../shared/remoteView.ts';
import type { KeyPanelModel } from '../model.ts';

/** Makes a data key or a pair: in the open to work with, and wrapped to keep beside the data. */
export function dataKeyView(model: KeyPanelModel, metadata: KeyMetadata): TemplateResult {
  return html`${dataKeyForm(model, metadata)} ${resultView(model)}`;
}

/** A key in a custom key store makes data keys, and no pairs. */
function pairsOf({ customKeyStoreId }: KeyMetadata, region: string): readonly string[] {
  return customKeyStoreId === undefined ? dataKeyPairSpecs.filter((spec) => spec !== 'SM2' || isChinaRegion(region)) : [];
}

function dataKeyForm(model: KeyPanelModel, metadata: KeyMetadata): TemplateResult {
  const pairs = pairsOf(metadata, model.state.opening?.region ?? '');
  const generate = (event: SubmitEvent): void => {
    event.preventDefault();
    if (event.target instanceof HTMLFormElement) generateFrom(model, event.target);
  };
  return html`<form class="stack" aria-label="Generate a data key" @submit=${generate}>
    <h3>Generate a data key</h3>
    <p class="intro">Encrypt with the data key on your side, keep its encrypted form beside the data, and forget the key itself. KMS decrypts it when it is needed again. Of a key pair, the private key is kept so.</p>
    <label
      >Data key
      <select name="dataKeySpec">
        <optgroup label="Symmetric key">
          ${dataKeySpecs.map((spec) => html`<option>${spec}</option>`)}
        </optgroup>
        ${pairs.length === 0 ? null : html`<optgroup label="Key pair">${pairs.map((spec) => html`<option>${spec}</option>`)}</optgroup>`}
      </select></label
    >
    <label class="check"><input type="checkbox" name="wrappedOnly" />Only the encrypted form, for a program that decrypts it later</label>
    <label>Encryption context, a name=value pair on each line <textarea name="context" rows="2"></textarea></label>
    <p><button type="submit">Generate Data Key</button></p>
  </form>`;
}

function generateFrom(model: KeyPanelModel, form: HTMLFormElement): void {
  const text = formTexts(form);
  const pairs = readPairs(text('context'));
  const field = form.elements.namedItem('context');
  if (field instanceof HTMLTextAreaElement) {
    field.setCustomValidity(pairs === undefined ? 'Write a name=value pair on each line.' : '');
    if (!field.reportValidity()) return;
  }
  const keySpec = text('dataKeySpec');
  if (!isDataKeySpec(keySpec) && !isDataKeyPairSpec(keySpec)) return;
  const wrappedOnly = form.elements.namedItem('wrappedOnly');
  const withPlaintext = !(wrappedOnly instanceof HTMLInputElement && wrappedOnly.checked);
  void model.generateDataKey({ keySpec, withPlaintext, encryptionContext: pairs ?? {} });
}

function resultView(model: KeyPanelModel): TemplateResult {
  const { dataKey } = model.state;
  if (dataKey === undefined) return html`<div role="status"></div>`;
  const forget = (): void => {
    model.forgetDataKey();
  };
  return html`<div role="status" class="result">${remoteView(dataKey, 'the data key', forget, (known) => keyView(model, known, forget))}</div>`;
}

function keyView(model: KeyPanelModel, { plaintext, ciphertext, publicKey }: DataKey, forget: () => void): TemplateResult {
  const name = publicKey === null ? 'data key' : 'private key';
  return html`${publicKey === null ? null : publicKeyView(model, publicKey)} ${plaintext === null ? null : plaintextView(model, plaintext, name)}
    <h3>Encrypted ${name}</h3>
    <pre tabindex="0" role="region" aria-label="Encrypted ${name} as base64">${ciphertext}</pre>
    <p class="row">
      <button type="button" class="secondary" @click=${() => void model.saveDataKey()}>Save Encrypted ${capital(name)}…</button>
      <button type="button" class="secondary" @click=${forget}>Forget ${capital(name)}</button>
    </p>`;
}

function plaintextView(model: KeyPanelModel, plaintext: string, name: string): TemplateResult {
  const form = name === 'data key' ? 'base64' : 'PKCS #8 in base64';
  return html`<h3>${name.charAt(0).toUpperCase()}${name.slice(1)}</h3>
    <pre tabindex="0" role="region" aria-label="${name.charAt(0).toUpperCase()}${name.slice(1)} as ${form}">${plaintext}</pre>
    <p class="row">
      <button type="button" class="secondary" @click=${() => void model.copyDataKey()}>${model.state.copied === 'dataKey' ? 'Copied' : `Copy ${capital(name)}`}</button>
      <span class="hint">${name === 'data key' ? '' : 'It is copied as PEM. '}It is taken off the clipboard after 45 seconds.</span>
    </p>`;
}

function publicKeyView(model: KeyPanelModel, publicKey: string): TemplateResult {
  return html`<h3>Public key</h3>
    <pre tabindex="0" role="region" aria-label="Public key as SubjectPublicKeyInfo in base64">${publicKey}</pre>
    <p class="row">
      <button type="button" class="secondary" @click=${() => void model.takeDataPublicKey('copy')}>${model.state.copied === 'dataPublicKey' ? 'Copied' : 'Copy Public Key as PEM'}</button>
      <button type="button" class="secondary" @click=${() => void model.takeDataPublicKey('save')}>Save Public Key…</button>
    </p>`;
}

/** A name as a button says it. */
function capital(name: string): string {
  return name.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
}
