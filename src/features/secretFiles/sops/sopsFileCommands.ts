import * as vscode from 'vscode';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import type { EncryptionPlan } from '../../../core/secrets/sops/encryptFile.ts';
import { plaintextText } from '../../../core/secrets/transform.ts';
import { announceDecrypted, tellOnceWherePlaintextStays } from '../../shared/secrets/announce.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { withProgress } from '../../shared/withProgress.ts';
import type { ReadOnlyDocuments } from '../readOnlyDocuments.ts';
import { activeDocument, fileNameOf } from '../values/secretFile.ts';
import { changeSopsFile, openSopsSource, tellDone, type SopsSource } from './changeSopsFile.ts';
import { findSopsConfig } from './findSopsConfig.ts';
import { pickKeyUse } from './pickKeyUse.ts';
import { loadSops, sopsFormat } from './sopsDocument.ts';
import { sopsToolsOn } from './sopsKeys.ts';

/** Asks before something that cannot be taken back easily; true when the user wants it. */
export type Confirm = (question: string, detail: string, action: string) => Promise<boolean>;

export const confirmModally: Confirm = async (question, detail, action) =>
  (await vscode.window.showWarningMessage(question, { modal: true, detail }, action)) === action;

/** Encrypts the active editor's file as a whole, for the keys of `.sops.yaml` or one that the user picks. */
export async function encryptSopsFile(parts: SecretParts): Promise<void> {
  const source = await openSopsSource(parts, activeDocument());
  const { sops, text, format } = source;
  const plan = await choosePlan(parts, source);
  await changeSopsFile(source, vscode.l10n.t('KMS: Encrypting With SOPS'), (tools) => sops.encryptFile(text, format, plan, tools));
  const count = plan.groups.flatMap(({ kms }) => kms).length;
  tellDone(count === 1 ? vscode.l10n.t('$(lock) Encrypted by SOPS for 1 key') : vscode.l10n.t('$(lock) Encrypted by SOPS for {0} keys', count));
  tellOnceWherePlaintextStays(parts.state);
}

/** Which keys a workspace names is shown before they are used: whoever wrote `.sops.yaml` decides who can read the file. */
async function choosePlan(parts: SecretParts, { sops, document: { uri } }: SopsSource): Promise<EncryptionPlan> {
  const found = await findSopsConfig(sops, uri);
  const rule = found && (await sops.creationRuleFor(found.config, found.path));
  const configured = found && rule && sops.planOf(rule, found.config.indent);
  const byHand = async (): Promise<EncryptionPlan> => {
    const { use } = await pickKeyUse(parts, sops, uri);
    return { ...configured, groups: [{ kms: [use] }], threshold: undefined };
  };
  if (configured === undefined) return byHand();
  const keys = configured.groups.flatMap(({ kms }) => kms.map(({ arn }) => arn));
  const rows = [
    { label: vscode.l10n.t('The keys of .sops.yaml'), description: String(keys.length), detail: keys.join(', '), plan: () => Promise.resolve(configured) },
    { label: vscode.l10n.t('Another key…'), detail: vscode.l10n.t('The rule of .sops.yaml still says which values are encrypted'), plan: byHand },
  ];
  const picked = await vscode.window.showQuickPick(rows, { title: vscode.l10n.t('KMS: Encrypt the File for'), ignoreFocusOut: true });
  if (picked === undefined) throw new KmsExplorerError('CANCELLED', 'No keys were chosen.');
  return picked.plan();
}

/** Decrypts the active editor's file in place and takes its sops part out, once the user confirmed it. */
export async function decryptSopsFile(parts: SecretParts, confirm: Confirm = confirmModally): Promise<void> {
  const source = await openSopsSource(parts, activeDocument());
  const question = vscode.l10n.t('Decrypt {0} in place?', fileNameOf(source.document));
  const detail = vscode.l10n.t(
    'The file will hold its plaintext, and its sops part with the keys and the rule is taken out. Once it is saved, git and the local history of VS Code may keep a copy; other extensions can read it at once. "KMS: Peek Decrypted File" and "KMS: Edit Value" write no plaintext.',
  );
  if (!(await confirm(question, detail, vscode.l10n.t('Decrypt in Place')))) return;
  const { sops, text, format } = source;
  await changeSopsFile(source, vscode.l10n.t('KMS: Decrypting'), (tools) => sops.decryptFile(text, format, tools));
  announceDecrypted(1);
}

/** Shows a file of SOPS decrypted in a read-only editor of which nothing is written. */
export async function peekSopsFile({ connection }: SecretParts, document: vscode.TextDocument, documents: ReadOnlyDocuments): Promise<void> {
  const [sops, service] = await Promise.all([loadSops(), connection.keyService()]);
  const format = sopsFormat(document);
  const plaintext = await withProgress(vscode.l10n.t('KMS: Decrypting'), async (signal) => {
    const tools = sopsToolsOn(service)(signal);
    if (format !== 'binary') return (await sops.decryptFile(document.getText(), format, tools)).text;
    return plaintextText(await sops.decryptBinary(document.getText(), tools), fileNameOf(document));
  });
  await documents.show(vscode.l10n.t('{0} (decrypted)', fileNameOf(document)), plaintext, document.languageId);
}
