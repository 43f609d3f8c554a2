import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { type KeyStoreFieldId, keyStoreFields, type KeyStoreSettings, secretFields, secretsOf } from '../../../core/kms/keyStores/keyStoreField.ts';
import type { KeyStoreQuestions } from './keyStoreQuestions.ts';

/** Fields to be asked for, and what is done with them. */
export interface KeyStoreForm {
  readonly region: string;
  /** The fields, which may depend on what was answered so far. */
  readonly fields: (answers: KeyStoreSettings) => readonly KeyStoreFieldId[];
  /** What the fields begin with. */
  readonly start: KeyStoreSettings;
  /** Sends the answers to KMS. */
  readonly send: (answers: KeyStoreSettings) => Promise<void>;
}

/** How a user who left a question ends the whole. */
export function left(): KmsExplorerError {
  return new KmsExplorerError('CANCELLED', 'The key store was left as it was.');
}

/**
 * Asks for the fields and sends them, again and again while KMS refuses and the user wants to change the answers. Gives
 * the answers without their secrets, which are asked for anew each time. Rejects with CANCELLED when the user leaves.
 */
export async function askUntilAccepted(ask: KeyStoreQuestions, form: KeyStoreForm): Promise<KeyStoreSettings> {
  let start = form.start;
  for (;;) {
    const answers = await askFields(ask, form, start);
    const kept = withoutSecrets(answers);
    try {
      await form.send(answers);
      return kept;
    } catch (error) {
      if (!(error instanceof KmsExplorerError) || error.code === 'CANCELLED') throw error;
      if (!(await ask.tryAgain(hideSecrets(error, answers)))) throw left();
    }
    start = { ...start, ...kept };
  }
}

async function askFields(ask: KeyStoreQuestions, { region, fields }: KeyStoreForm, start: KeyStoreSettings): Promise<KeyStoreSettings> {
  let answers: KeyStoreSettings = {};
  let index = 0;
  for (;;) {
    const ids = fields(answers);
    const id = ids[index];
    if (id === undefined) return only(answers, ids);
    const value = keyStoreFields[id].kind === 'secret' ? '' : (answers[id] ?? start[id] ?? keyStoreFields[id].initial ?? '');
    const answer = await ask.field({ id, value, region, step: index + 1, steps: ids.length });
    if (answer === undefined) throw left();
    if (answer === 'back') index = Math.max(0, index - 1);
    else {
      answers = { ...answers, [id]: answer.text };
      index += 1;
    }
  }
}

/** Going back and choosing otherwise can leave answers to fields that are no longer asked for. */
function only(answers: KeyStoreSettings, ids: readonly KeyStoreFieldId[]): KeyStoreSettings {
  return Object.fromEntries(ids.map((id) => [id, answers[id] ?? '']));
}

function withoutSecrets(answers: KeyStoreSettings): KeyStoreSettings {
  return Object.fromEntries(Object.entries(answers).filter(([id]) => !secretFields.includes(id)));
}

/** KMS may quote what it refuses; a secret is not shown and not logged. */
function hideSecrets(error: KmsExplorerError, answers: KeyStoreSettings): KmsExplorerError {
  const message = secretsOf(answers).reduce((text, secret) => text.replaceAll(secret, '…'), error.message);
  return new KmsExplorerError(error.code, message, error.serviceCode === undefined ? {} : { serviceCode: error.serviceCode });
}
