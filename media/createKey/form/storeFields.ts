import { html, type TemplateResult } from 'lit';
import type { KeyDraft } from '../../../src/core/kms/create/keyDraft.ts';
import { chooseField, textField } from './fields.ts';
import type { AdvisorModel } from '../model.ts';

/** Where a key in a custom key store lives, and of an external one the key outside. */
export function storeFields(model: AdvisorModel, draft: KeyDraft): TemplateResult {
  return html`${storeField(model, draft)}
    ${draft.origin === 'EXTERNAL_KEY_STORE' ? textField('Key id in the external key manager', draft.xksKeyId, '', (value) => { model.edit({ xksKeyId: value }); }) : null}`;
}

/** A choice of the stores of the right type; the id is typed where none can be listed. */
function storeField(model: AdvisorModel, { origin, region, customKeyStoreId }: KeyDraft): TemplateResult {
  const { keyStores } = model.state;
  const change = (value: string): void => {
    model.edit({ customKeyStoreId: value });
  };
  const stores = keyStores?.state === 'ready' ? keyStores.value.filter(({ type }) => type === origin) : [];
  if (stores.length === 0) {
    const none = html`<p class="hint">${region} has no key store of this type. Make one with the command “KMS: Create Key Store...”.</p>`;
    return html`${textField('Custom key store id', customKeyStoreId, 'cks-1234567890abcdef0', change)} ${keyStores?.state === 'ready' ? none : null}`;
  }
  const options = stores.map((store) => ({ value: store.customKeyStoreId, label: `${store.name} (${store.customKeyStoreId}), ${store.connectionState.toLowerCase()}` }));
  return chooseField('Custom key store', customKeyStoreId, [{ value: '', label: 'Choose a key store' }, ...options], change);
}
