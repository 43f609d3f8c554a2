import type { CliCall } from '../../../core/kms/cliCommand.ts';
import { createKeyStoreCall } from '../../../core/kms/keyStores/keyStoreCalls.ts';
import { fieldsOfStore } from '../../../core/kms/keyStores/keyStoreField.ts';
import type { KeyService } from '../../../core/kms/service/keyService.ts';
import { askUntilAccepted, left } from './askUntilAccepted.ts';
import type { KeyStoreQuestions } from './keyStoreQuestions.ts';

/** A store that was made, and how the AWS CLI would have made it. */
export interface CreatedKeyStore {
  readonly region: string;
  readonly name: string;
  readonly customKeyStoreId: string;
  readonly call: CliCall;
}

/** Asks for everything that a custom key store needs, and makes it in one of the Regions. Rejects with CANCELLED when the user leaves. */
export async function createKeyStore(service: KeyService, regions: readonly string[], ask: KeyStoreQuestions): Promise<CreatedKeyStore> {
  const region = regions.length === 1 ? regions[0] : await ask.region(regions);
  const type = region === undefined ? undefined : await ask.type();
  if (region === undefined || type === undefined) throw left();
  let customKeyStoreId = '';
  const settings = await askUntilAccepted(ask, {
    region,
    fields: (answers) => fieldsOfStore(type, answers),
    start: {},
    send: async (answers) => {
      customKeyStoreId = await ask.whileWaiting('create', (signal) => service.createCustomKeyStore(region, type, answers, signal));
    },
  });
  const secrets = type === 'AWS_CLOUDHSM' ? { keyStorePassword: 'from a file' } : {};
  return { region, name: settings.name ?? '', customKeyStoreId, call: createKeyStoreCall(region, type, { ...settings, ...secrets }) };
}
