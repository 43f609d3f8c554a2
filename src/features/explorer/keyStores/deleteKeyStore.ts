import type { CliCall } from '../../../core/kms/cliCommand.ts';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { keyStoreCall } from '../../../core/kms/keyStores/keyStoreCalls.ts';
import type { CustomKeyStore } from '../../../core/kms/service/customKeyStores.ts';
import type { KeyService } from '../../../core/kms/service/keyService.ts';
import { left } from './askUntilAccepted.ts';
import type { KeyStoreQuestions } from './keyStoreQuestions.ts';

/**
 * Deletes a custom key store after the user confirmed it. Gives how the AWS CLI would have done it. Rejects with
 * INVALID_STATE for a store that is not disconnected or is known to have keys, and CANCELLED when the user leaves; KMS
 * itself refuses for keys that are not known here. `knownKeys` counts the keys that are.
 */
export async function deleteKeyStore(service: KeyService, store: CustomKeyStore, knownKeys: number, ask: KeyStoreQuestions): Promise<CliCall> {
  const { region, customKeyStoreId, name, connectionState } = store;
  if (knownKeys > 0) {
    const keys = knownKeys === 1 ? 'a key' : `${knownKeys} keys`;
    throw new KmsExplorerError('INVALID_STATE', `${name} has ${keys}. Schedule the deletion of its keys, and delete the store when they are gone; keys that wait for their deletion still count.`);
  }
  if (connectionState !== 'DISCONNECTED') {
    throw new KmsExplorerError('INVALID_STATE', `${name} is ${connectionState.toLowerCase()}. Only a store that is disconnected can be deleted: disconnect it first.`);
  }
  if (!(await ask.confirmDeletion(store))) throw left();
  await ask.whileWaiting('delete', (signal) => service.deleteCustomKeyStore(region, customKeyStoreId, signal));
  return keyStoreCall('delete', store);
}
