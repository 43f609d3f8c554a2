import * as vscode from 'vscode';
import { withProgress } from '../../shared/withProgress.ts';
import { mostDays, readExpiry } from './expiry.ts';
import type { MaterialQuestions, MaterialSource } from './materialQuestions.ts';
import type { Wrapping } from './wrappings.ts';

const { l10n, window } = vscode;
const title = l10n.t('KMS: Import Key Material');
const day = 86_400_000;

/** Asks in quick picks, password boxes and modal dialogs. Leaving the window for another one does not end a question. */
export const askInWindow: MaterialQuestions = {
  source: askSource,
  wrapping: askWrapping,
  expiry: askExpiry,
  description: async () =>
    window.showInputBox({
      title,
      prompt: l10n.t('Description of the material, if it is to have one. It is not secret.'),
      ignoreFocusOut: true,
      validateInput: (text) => (text.length <= 256 ? undefined : l10n.t('A description has at most 256 characters.')),
    }),
  async file() {
    const [file] = (await window.showOpenDialog({ canSelectMany: false, title, openLabel: l10n.t('Import') })) ?? [];
    return file === undefined ? undefined : Buffer.from(await vscode.workspace.fs.readFile(file));
  },
  text: async (problemOf) =>
    window.showInputBox({
      title,
      prompt: l10n.t('Key material in hexadecimal or base64. It is wrapped here and goes to KMS and nowhere else.'),
      password: true,
      ignoreFocusOut: true,
      validateInput: (typed) => (typed === '' ? undefined : problemOf(typed)),
    }),
  wantsCopy: askCopy,
  async showOnce(base64) {
    const prompt = l10n.t('The material in base64, shown once. Put it in a safe place, then press Enter to import it.');
    return (await window.showInputBox({ title, prompt, value: base64, valueSelection: [0, base64.length], ignoreFocusOut: true })) !== undefined;
  },
  async confirmDeletion(what) {
    const remove = l10n.t('Delete Material');
    const detail = l10n.t('Nothing can be decrypted with it until the very same material is imported again. KMS keeps no copy.');
    return (await window.showWarningMessage(l10n.t('Delete {0}?', what), { modal: true, detail }, remove)) === remove;
  },
  whileWaiting: (task) => withProgress(l10n.t('KMS: Importing Key Material'), task),
};

async function askSource(choices: readonly MaterialSource[]): Promise<MaterialSource | undefined> {
  const words: Readonly<Record<MaterialSource, vscode.QuickPickItem>> = {
    generate: { label: l10n.t('Generate it here'), detail: l10n.t('Random material of the right kind, made on this machine.') },
    file: { label: l10n.t('From a file'), detail: l10n.t('Bytes, hexadecimal or base64 for symmetric and HMAC keys; PEM or PKCS #8 for private keys.') },
    text: { label: l10n.t('Type or paste it'), detail: l10n.t('Hexadecimal or base64, in a password box.') },
  };
  const items = choices.map((source) => ({ ...words[source], source }));
  return (await window.showQuickPick(items, { title, placeHolder: l10n.t('Where does the material come from?'), ignoreFocusOut: true }))?.source;
}

async function askWrapping(choices: readonly Wrapping[]): Promise<Wrapping | undefined> {
  const items = choices.map((wrapping, index) => ({
    label: `${wrapping.algorithm} · ${wrapping.wrappingKeySpec}`,
    ...(index === 0 ? { description: l10n.t('recommended') } : {}),
    wrapping,
  }));
  return (await window.showQuickPick(items, { title, placeHolder: l10n.t('How is it wrapped on its way to KMS?'), ignoreFocusOut: true }))?.wrapping;
}

async function askExpiry(): Promise<number | null | undefined> {
  const days = [30, 90, mostDays];
  const items: readonly (vscode.QuickPickItem & { readonly choice: number | 'never' | 'date' })[] = [
    { label: l10n.t('It does not expire'), choice: 'never' },
    ...days.map((count) => ({ label: l10n.t('It expires in {0} days', count), choice: count })),
    { label: l10n.t('It expires on a date'), choice: 'date' },
  ];
  const placeHolder = l10n.t('When material expires, KMS deletes it, and the key cannot be used until it is imported again.');
  const picked = await window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true });
  if (picked === undefined) return undefined;
  if (picked.choice === 'never') return null;
  // A little less than the maximum, which is counted from when KMS gets it.
  return picked.choice === 'date' ? askDate() : Date.now() + picked.choice * day - 60_000;
}

async function askDate(): Promise<number | undefined> {
  const typed = await window.showInputBox({
    title,
    prompt: l10n.t('Date, or date and time, in UTC'),
    placeHolder: '2027-01-31 12:00',
    ignoreFocusOut: true,
    validateInput: (text) => {
      const answer = readExpiry(text, Date.now());
      return 'problem' in answer ? answer.problem : undefined;
    },
  });
  const answer = typed === undefined ? undefined : readExpiry(typed, Date.now());
  return answer !== undefined && 'time' in answer ? answer.time : undefined;
}

async function askCopy(): Promise<boolean | undefined> {
  const [show, skip] = [l10n.t('Show Once'), l10n.t('Import Without a Copy')];
  const detail = l10n.t('KMS never gives key material back. When it expires or is deleted and you have no copy, everything encrypted under the key is lost.');
  const answer = await window.showWarningMessage(l10n.t('Show the generated material once, so that you can keep a copy?'), { modal: true, detail }, show, skip);
  return answer === undefined ? undefined : answer === show;
}
