import type { CliCall } from '../../../core/kms/cliCommand.ts';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { updateKeyStoreCall } from '../../../core/kms/keyStores/keyStoreCalls.ts';
import { changeLines, changeObstacle, settingsOf } from '../../../core/kms/keyStores/keyStoreChange.ts';
import type { CustomKeyStore } from '../../../core/kms/service/customKeyStores.ts';
import type { KeyService } from '../../../core/kms/service/keyService.ts';
import { askUntilAccepted, left } from './askUntilAccepted.ts';
import type { KeyStoreQuestions } from './keyStoreQuestions.ts';

/**
 * Asks what to change of a custom key store and changes it. Gives how the AWS CLI would have done it. Rejects with
 * INVALID_STATE for what cannot be changed in the state that the store is in, and CANCELLED when the user leaves.
 */
export async function updateKeyStore(service: KeyService, store: CustomKeyStore, ask: KeyStoreQuestions): Promise<CliCall> {
  const { region, customKeyStoreId } = store;
  const change = await ask.change(store);
  if (change === undefined) throw left();
  const obstacle = changeObstacle(change, store);
  if (obstacle !== undefined) throw new KmsExplorerError('INVALID_STATE', obstacle);
  const before = settingsOf(store);
  const settings = await askUntilAccepted(ask, {
    region,
    fields: change.fields,
    start: before,
    send: async (answers) => {
      if (change.leadsElsewhere && !(await ask.confirmChange(store, changeLines(before, answers)))) throw left();
      await ask.whileWaiting('update', (signal) => service.updateCustomKeyStore(region, customKeyStoreId, answers, signal));
    },
  });
  const secrets = change.fields(settings).includes('keyStorePassword') ? { keyStorePassword: 'from a file' } : {};
  return updateKeyStoreCall(region, customKeyStoreId, { ...settings, ...secrets });
}
