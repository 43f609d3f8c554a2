import * as vscode from 'vscode';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import type { KmsKeyUse } from '../../../core/secrets/sops/sopsPorts.ts';
import { runCommand } from '../../shared/commands.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { activeDocument, fileNameOf } from '../values/secretFile.ts';
import { changeSopsFile, openSopsSource, tellDone, type SopsSource } from './changeSopsFile.ts';
import { findSopsConfig } from './findSopsConfig.ts';
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
    kms.map((use) => ({
      label: use.arn,
      description: metadata.groups.length === 1 ? '' : vscode.l10n.t('group {0}', group + 1),
      detail: describeUse(use),
      arn: use.arn,
      group,
    })),
  );
  const picked = await vscode.window.showQuickPick(rows, { title: vscode.l10n.t('KMS: Key to Remove From the File'), ignoreFocusOut: true });
  if (picked === undefined) return;
  await changeSopsFile(source, vscode.l10n.t('KMS: Removing a Key'), (tools) => sops.removeKey(text, format, picked.group, picked.arn, tools));
  offerRotation(picked.arn);
}

/**
 * Brings the keys of the file in line with `.sops.yaml`, as `sops updatekeys` does, once the user saw what that changes.
 * Rejects with SOPS_INVALID when there is no rule for the file.
 */
export async function updateSopsKeys(parts: SecretParts, confirm: Confirm = confirmModally): Promise<void> {
  const source = await openSopsSource(parts, activeDocument());
  const { sops, text, format, document } = source;
  const { metadata } = await sops.readSopsFile(text, format);
  const found = await findSopsConfig(sops, document.uri);
  const rule = found && (await sops.creationRuleFor(found.config, found.path));
  if (found === undefined || rule === undefined) {
    throw new KmsExplorerError('SOPS_INVALID', vscode.l10n.t('No .sops.yaml in the folder of {0} or above it has rules that could say which keys the file is to have.', fileNameOf(document)));
  }
  const { groups, threshold } = sops.planOf(rule, found.config.indent);
  const { added, removed, isRegrouped } = sops.keyChanges(metadata, groups, threshold);
  if (added.length + removed.length === 0 && !isRegrouped) {
    tellDone(vscode.l10n.t('$(check) The file has the keys of .sops.yaml already'));
    return;
  }
  const line = (sign: string) => (use: KmsKeyUse) => [sign, use.arn, describeUse(use)].join(' ').trim();
  const detail = [...added.map(line('+')), ...removed.map(line('−')), ...(isRegrouped ? [vscode.l10n.t('The key groups are made anew.')] : [])].join('\n');
  if (!(await confirm(vscode.l10n.t('Give {0} the keys of .sops.yaml?', fileNameOf(document)), detail, vscode.l10n.t('Update Keys')))) return;
  await changeSopsFile(source, vscode.l10n.t('KMS: Updating the Keys'), (tools) => sops.updateKeys(text, format, groups, threshold, tools));
  tellDone(vscode.l10n.t('$(key) The file has the keys of .sops.yaml now'));
  if (removed.length > 0) offerRotation(removed.map(({ arn }) => arn).join(', '));
}

/** What a file says about the use of a key besides its name, for people. */
function describeUse({ role, awsProfile, encryptionContext }: KmsKeyUse): string {
  const context = Object.entries(encryptionContext).map(([name, value]) => `${name}=${value}`);
  return [
    ...(role === undefined ? [] : [vscode.l10n.t('as {0}', role)]),
    ...(awsProfile === '' ? [] : [vscode.l10n.t('profile {0}', awsProfile)]),
    ...(context.length === 0 ? [] : [vscode.l10n.t('context {0}', context.join(', '))]),
  ].join(' · ');
}

/** Whoever had a key may have the data key, which taking the key out does not change. */
function offerRotation(removed: string): void {
  const rotate = vscode.l10n.t('Rotate Data Key');
  const message = vscode.l10n.t('{0} does not decrypt the file any more. Whoever used it may still have the data key; rotate it, and change the secrets themselves where it matters.', removed);
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
