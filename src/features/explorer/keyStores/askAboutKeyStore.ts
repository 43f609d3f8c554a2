import * as vscode from 'vscode';
import { changeObstacle, changesOf, type KeyStoreChange } from '../../../core/kms/keyStores/keyStoreChange.ts';
import type { CustomKeyStore } from '../../../core/kms/service/customKeyStores.ts';
import type { Log } from '../../shared/log.ts';
import { describeForLog } from '../../shared/showError.ts';
import { withProgress } from '../../shared/withProgress.ts';
import { askKeyStoreField } from './askKeyStoreField.ts';
import type { KeyStoreQuestions } from './keyStoreQuestions.ts';

const { l10n, window } = vscode;

/** Asks in quick picks, input boxes and modal dialogs. `title` stands above each; a refusal is logged without what was answered. */
export function askAboutKeyStore(title: string, log: Log): KeyStoreQuestions {
  return {
    region: async (choices) => window.showQuickPick(choices, { title, placeHolder: l10n.t('The Region of the key store; a CloudHSM cluster has to be in the same one'), ignoreFocusOut: true }),
    type: async () => askType(title),
    field: async (question) => askKeyStoreField(title, question),
    change: async (store) => askChange(title, store),
    confirmChange: async ({ name }, lines) => {
      const go = l10n.t('Change');
      const warning = l10n.t('Make sure that it leads to the same keys as before: what is encrypted under keys that KMS no longer reaches cannot be decrypted.');
      const detail = [...lines, warning].join('\n\n');
      return (await window.showWarningMessage(l10n.t('Change the key store {0}?', name), { modal: true, detail }, go)) === go;
    },
    confirmDeletion: async ({ name, type }) => {
      const go = l10n.t('Delete Key Store');
      const detail = type === 'AWS_CLOUDHSM' ? l10n.t('The CloudHSM cluster stays as it is, with its backups.') : l10n.t('The external key store proxy and its key manager stay as they are.');
      return (await window.showWarningMessage(l10n.t('Delete the key store {0}?', name), { modal: true, detail }, go)) === go;
    },
    tryAgain: async (refusal) => {
      log.error(describeForLog(refusal));
      const again = l10n.t('Change and Try Again');
      return (await window.showErrorMessage(refusal.message, { modal: true }, again)) === again;
    },
    whileWaiting: (act, task) => withProgress(progressTitles[act], task),
  };
}

const progressTitles = {
  create: l10n.t('KMS: Creating Key Store'),
  update: l10n.t('KMS: Changing Key Store'),
  delete: l10n.t('KMS: Deleting Key Store'),
};

async function askType(title: string): Promise<CustomKeyStore['type'] | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly type: CustomKeyStore['type'] })[] = [
    { type: 'AWS_CLOUDHSM', label: l10n.t('CloudHSM key store'), detail: l10n.t('Keys in an AWS CloudHSM cluster of your own, which has to be active.') },
    {
      type: 'EXTERNAL_KEY_STORE',
      label: l10n.t('External key store'),
      detail: l10n.t('Keys in a key manager outside of AWS, behind an external key store proxy (XKS). You answer for its availability.'),
    },
  ];
  return (await window.showQuickPick(items, { title, placeHolder: l10n.t('Where do the keys live? This cannot be changed later.'), ignoreFocusOut: true }))?.type;
}

async function askChange(title: string, store: CustomKeyStore): Promise<KeyStoreChange | undefined> {
  const items = changesOf(store).map((change) => {
    const obstacle = changeObstacle(change, store);
    return { label: `${obstacle === undefined ? '' : '$(lock) '}${change.label}`, detail: obstacle ?? change.detail, change };
  });
  return (await window.showQuickPick(items, { title, placeHolder: l10n.t('What changes in {0}?', store.name), ignoreFocusOut: true }))?.change;
}
