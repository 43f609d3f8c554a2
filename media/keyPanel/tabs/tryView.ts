import { html, type TemplateResult } from 'lit';
import type { KeyMetadata } from '../../../src/core/kms/keyMetadata.ts';
import type { Trial, TrialOperation, TrialResult } from '../../../src/protocol/keyPanel.ts';
import { base64ToText, formTexts, isBase64, readPairs, textToBase64 } from '../../shared/forms.ts';
import type { KeyPanelModel } from '../model.ts';
import { remoteView } from '../../shared/remoteView.ts';
import { dataKeyView } from './dataKeyView.ts';

interface OperationWords {
  readonly operation: TrialOperation;
  readonly title: string;
  /** What the first field holds; undefined when the operation takes nothing. */
  readonly input: string | undefined;
  /** The first field is bytes that came from KMS or a library, and no text of a person's. */
  readonly bytes: boolean;
  readonly proof?: string;
}

const byUsage: Readonly<Record<KeyMetadata['keyUsage'], readonly OperationWords[]>> = {
  ENCRYPT_DECRYPT: [
    { operation: 'encrypt', title: 'Encrypt', input: 'Plaintext', bytes: false },
    { operation: 'decrypt', title: 'Decrypt', input: 'Ciphertext', bytes: true },
  ],
  SIGN_VERIFY: [
    { operation: 'sign', title: 'Sign', input: 'Message', bytes: false },
    { operation: 'verify', title: 'Verify', input: 'Message', bytes: false, proof: 'Signature' },
  ],
  GENERATE_VERIFY_MAC: [
    { operation: 'generateMac', title: 'Generate MAC', input: 'Message', bytes: false },
    { operation: 'verifyMac', title: 'Verify MAC', input: 'Message', bytes: false, proof: 'MAC' },
  ],
  KEY_AGREEMENT: [{ operation: 'deriveSharedSecret', title: 'Derive Shared Secret', input: 'Public key of the other side (DER)', bytes: true }],
  ENCAPSULATE_DECAPSULATE: [
    { operation: 'encapsulate', title: 'Encapsulate', input: undefined, bytes: true },
    { operation: 'decapsulate', title: 'Decapsulate', input: 'Ciphertext', bytes: true },
  ],
};

function algorithmsOf(metadata: KeyMetadata): readonly string[] {
  if (metadata.keySpec === 'SYMMETRIC_DEFAULT') return [];
  return [...metadata.encryptionAlgorithms, ...metadata.signingAlgorithms, ...metadata.macAlgorithms];
}

/** Trying the key on a text, a file or bytes. Nothing of it is kept when the panel is closed. */
export function tryView(model: KeyPanelModel): TemplateResult {
  return html`<section aria-label="Try">
    <h2>Try the key</h2>
    <p class="intro">What you enter goes to KMS and nowhere else; what comes back is shown here once and kept nowhere.</p>
    ${remoteView(model.state.metadata, 'the metadata', () => void model.retry('metadata'), (metadata) =>
      metadata.keyManager === 'AWS'
        ? html`<p class="empty">Only its service can use an AWS managed key.</p>`
        : html`${byUsage[metadata.keyUsage].map((words) => trialForm(model, metadata, words))} ${resultView(model)}
        ${metadata.keySpec === 'SYMMETRIC_DEFAULT' ? dataKeyView(model, metadata) : null}`,
    )}
  </section>`;
}

/** The fields as bytes in base64. Undefined, with the reason on the field, when one is not what it says. */
function readTrial(form: HTMLFormElement, words: OperationWords): Trial | undefined {
  const text = formTexts(form);
  const complain = (name: string, message: string): boolean => {
    const field = form.elements.namedItem(name);
    if (!(field instanceof HTMLTextAreaElement)) return true;
    field.setCustomValidity(message);
    return field.reportValidity();
  };
  const raw = words.bytes || text('coding') === 'base64';
  const pairs = readPairs(text('context'));
  const fits =
    complain('input', words.input === undefined || !raw || isBase64(text('input')) ? '' : 'This is no base64.') &&
    complain('proof', words.proof === undefined || isBase64(text('proof')) ? '' : 'This is no base64.') &&
    complain('context', pairs === undefined ? 'Write a name=value pair on each line.' : '');
  if (!fits) return undefined;
  const messageType = text('messageType');
  return {
    operation: words.operation,
    input: raw ? text('input').replaceAll(/\s+/g, '') : textToBase64(text('input')),
    proof: text('proof').replaceAll(/\s+/g, ''),
    algorithm: text('algorithm'),
    messageType: messageType === 'DIGEST' || messageType === 'EXTERNAL_MU' ? messageType : 'RAW',
    encryptionContext: pairs ?? {},
  };
}

function trialForm(model: KeyPanelModel, metadata: KeyMetadata, words: OperationWords): TemplateResult {
  const algorithms = algorithmsOf(metadata);
  const perform = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const trial = readTrial(event.target, words);
    if (trial !== undefined) void model.tryOut(trial);
  };
  const signs = words.operation === 'sign' || words.operation === 'verify';
  return html`<form class="stack" aria-label=${words.title} @submit=${perform}>
    <h3>${words.title}</h3>
    ${words.input === undefined ? null : inputFields(model, words.input, words.bytes)}
    ${words.proof === undefined ? null : html`<label>${words.proof}, base64 <textarea name="proof" rows="2" required></textarea></label>`}
    ${algorithms.length === 0 ? null : html`<label>Algorithm <select name="algorithm">${algorithms.map((name) => html`<option>${name}</option>`)}</select></label>`}
    ${signs ? html`<label>The message is <select name="messageType"><option value="RAW">the message itself</option><option value="DIGEST">its digest</option><option value="EXTERNAL_MU">an external mu (ML-DSA)</option></select></label>` : null}
    ${metadata.keySpec === 'SYMMETRIC_DEFAULT' ? html`<label>Encryption context, a name=value pair on each line <textarea name="context" rows="2"></textarea></label>` : null}
    <p><button type="submit">${words.title}</button></p>
  </form>`;
}

function inputFields(model: KeyPanelModel, label: string, bytes: boolean): TemplateResult {
  const takeFile = (event: Event): void => {
    const form = event.currentTarget instanceof HTMLButtonElement ? event.currentTarget.form : null;
    void model.readFile().then((base64) => {
      const [input, coding] = [form?.elements.namedItem('input'), form?.elements.namedItem('coding')];
      if (base64 !== null && input instanceof HTMLTextAreaElement) input.value = base64;
      if (base64 !== null && coding instanceof HTMLSelectElement) coding.value = 'base64';
    });
  };
  const correct = (event: Event): void => {
    if (event.target instanceof HTMLTextAreaElement) event.target.setCustomValidity('');
  };
  return html`<label>${label}${bytes ? ', base64' : ''} <textarea name="input" rows="3" required @input=${correct}></textarea></label>
    ${bytes ? null : html`<label>It is <select name="coding"><option value="text">text</option><option value="base64">base64</option></select></label>`}
    <p><button type="button" class="secondary" @click=${takeFile}>From a File…</button></p>`;
}

function resultView(model: KeyPanelModel): TemplateResult {
  const { trial } = model.state;
  if (trial === undefined) return html`<div role="status"></div>`;
  return html`<div role="status" class="result">
    ${remoteView(trial, 'the answer', () => { model.forgetTrial(); }, (result) => html`${verdict(result)}${result.values.map(valueView)}
      <p><button type="button" class="secondary" @click=${() => { model.forgetTrial(); }}>Forget</button></p>`)}
  </div>`;
}

function verdict({ valid }: TrialResult): TemplateResult | null {
  if (valid === null) return null;
  return html`<p class="verdict"><span class="codicon codicon-${valid ? 'pass-filled' : 'error'}" aria-hidden="true"></span>${valid ? 'It is valid.' : 'It does not fit: the message, the key or the proof is another one.'}</p>`;
}

function valueView({ name, base64 }: TrialResult['values'][number]): TemplateResult {
  const text = name === 'Plaintext' ? base64ToText(base64) : undefined;
  return html`<h3>${name}</h3>
    ${text === undefined ? null : html`<pre tabindex="0" aria-label="${name} as text">${text}</pre>`}
    <pre tabindex="0" aria-label="${name} as base64">${base64}</pre>`;
}
