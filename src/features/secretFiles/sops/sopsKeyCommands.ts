import * as vscode from 'vscode';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { runCommand } from '../../shared/commands.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { activeDocument, fileNameOf } from '../values/secretFile.ts';
import { changeSopsFile, openSopsSource, tellDone, type SopsSource } from './changeSopsFile.ts';
import { pickKeyUse } from './pickKeyUse.ts';
import { confirmModally, type Confirm } from './sopsFileCommands.ts';

/** Encrypts the data key and every value of the active editor's file anew. */
export async function rotateSopsDataKey(parts: SecretParts): Promise<void> {
  const source = await openSopsSource(parts, activeDocument());
  const { sops, text, format } = source;
  await changeSopsFile(source, vscode.l10n.t('KMS: Rotating the Data Key'), (tools) => sops.rotateDataKey(text, format, tools));
  tellDone(vscode.l10n.t('$(sync) The file has a new data key'));
}

/** Lets one more KMS key decrypt the file. */
export async function addSopsKey(parts: SecretParts): Promise<void> {
  const source = await openSopsSource(parts, activeDocument());
  const { sops, text, format, document } = source;
  const group = await pickGroup(source);
  const { use, label } = await pickKeyUse(parts, sops, document.uri);
  await changeSopsFile(source, vscode.l10n.t('KMS: Adding a Key'), (tools) => sops.addKey(text, format, group, use, tools));
  tellDone(vscode.l10n.t('$(key) {0} decrypts the file, too', label));
}

/** Takes a KMS key out of the file, and offers to rotate the data key, which its users may have kept. */
export async function removeSopsKey(parts: SecretParts): Promise<void> {
  const source = await openSopsSource(parts, activeDocument());
  const { sops, text, format } = source;
  const { metadata } = await sops.readSopsFile(text, format);
  const rows = metadata.groups.flatMap(({ kms }, group) =>
    kms.map(({ arn }) => ({
      label: arn,
      description: metadata.groups.length === 1 ? '' : vscode.l10n.t('group {0}', group + 1),
      arn,
      group,
    })),
  );
  const picked = await vscode.window.showQuickPick(rows, { title: vscode.l10n.t('KMS: Key to Remove From the File'), ignoreFocusOut: true });
  if (picked === undefined) return;
  await changeSopsFile(source, vscode.l10n.t('KMS: Removing a Key'), (tools) => sops.removeKey(text, format, picked.group, picked.arn, tools));
  const rotate = vscode.l10n.t('Rotate Data Key');
  const message = vscode.l10n.t('{0} does not decrypt the file any more. Whoever used it may still have the data key; rotate it, and change the secrets themselves where it matters.', picked.arn);
  void vscode.window.showInformationMessage(message, rotate).then(async (answer) => {
    if (answer === rotate) await runCommand('kmsExplorer.sopsRotateDataKey');
  });
}

/** Makes the MAC anew after the user confirmed that the file is as it should be. */
export async function resealSopsFile(parts: SecretParts, confirm: Confirm = confirmModally): Promise<void> {
  const source = await openSopsSource(parts, activeDocument());
  const question = vscode.l10n.t('Seal {0} as it stands?', fileNameOf(source.document));
  const detail = vscode.l10n.t(
    'Its MAC is made anew without looking at the old one, and values written by hand are encrypted where the rule of the file says so. Do this only when you know who changed the file, as after a merge: values that somebody removed, moved or took from an older version are not noticed any more.',
  );
  if (!(await confirm(question, detail, vscode.l10n.t('Seal')))) return;
  const { sops, text, format } = source;
  await changeSopsFile(source, vscode.l10n.t('KMS: Sealing'), (tools) => sops.reseal(text, format, tools));
  tellDone(vscode.l10n.t('$(lock) The MAC fits the file again'));
}

async function pickGroup({ sops, text, format }: SopsSource): Promise<number> {
  const { groups } = (await sops.readSopsFile(text, format)).metadata;
  if (groups.length === 1) return 0;
  const rows = groups.map(({ kms }, group) => ({ label: vscode.l10n.t('Group {0}', group + 1), detail: kms.map(({ arn }) => arn).join(', '), group }));
  const picked = await vscode.window.showQuickPick(rows, { title: vscode.l10n.t('KMS: Key Group'), ignoreFocusOut: true });
  if (picked === undefined) throw new KmsExplorerError('CANCELLED', 'No key group was chosen.');
  return picked.group;
}
