import * as vscode from 'vscode';
import { fieldProblem, keyStoreFields } from '../../../core/kms/keyStores/keyStoreField.ts';
import type { FieldAnswer, FieldQuestion } from './keyStoreQuestions.ts';

const { l10n, window } = vscode;

interface Choice extends vscode.QuickPickItem {
  readonly answer: string;
}

/** Asks for one field in the way that its kind needs, with a way back to the field before. */
export async function askKeyStoreField(title: string, question: FieldQuestion): Promise<FieldAnswer | undefined> {
  switch (keyStoreFields[question.id].kind) {
    case 'connectivity':
      return askConnectivity(title, question);
    case 'file':
      return askFile(title, question);
    case 'text':
    case 'secret':
      return askText(title, question);
  }
}

/** Waits for what the user does with a quick input, and takes it away. */
async function answerOf(
  input: vscode.QuickPick<Choice> | vscode.InputBox,
  title: string,
  { id, step, steps }: FieldQuestion,
  accepted: () => string | undefined,
): Promise<FieldAnswer | undefined> {
  input.title = `${title}: ${keyStoreFields[id].label}`;
  input.step = step;
  input.totalSteps = steps;
  input.ignoreFocusOut = true;
  if (step > 1) input.buttons = [vscode.QuickInputButtons.Back];
  try {
    return await new Promise((resolve) => {
      input.onDidTriggerButton(() => {
        resolve('back');
      });
      input.onDidHide(() => {
        resolve(undefined);
      });
      input.onDidAccept(() => {
        const text = accepted();
        if (text !== undefined) resolve({ text });
      });
      input.show();
    });
  } finally {
    input.dispose();
  }
}

async function askText(title: string, question: FieldQuestion): Promise<FieldAnswer | undefined> {
  const { prompt, placeHolder, kind } = keyStoreFields[question.id];
  const input = window.createInputBox();
  input.prompt = prompt;
  input.placeholder = placeHolder ?? '';
  input.password = kind === 'secret';
  input.value = question.value;
  const typed = (): string => (kind === 'secret' ? input.value : input.value.trim());
  // What is not typed yet is not called wrong before the user wants to go on.
  const check = (text: string): string | undefined => {
    const problem = fieldProblem(question.id, text, question.region);
    input.validationMessage = problem ?? '';
    return problem === undefined ? text : undefined;
  };
  input.onDidChangeValue(() => {
    if (typed() === '') input.validationMessage = '';
    else check(typed());
  });
  return answerOf(input, title, question, () => check(typed()));
}

async function askConnectivity(title: string, question: FieldQuestion): Promise<FieldAnswer | undefined> {
  const picker = window.createQuickPick<Choice>();
  picker.placeholder = keyStoreFields[question.id].prompt;
  picker.items = [
    { answer: 'PUBLIC_ENDPOINT', label: l10n.t('Public endpoint'), detail: l10n.t('KMS reaches the proxy over the internet. Simple to set up, and it can be slower.') },
    {
      answer: 'VPC_ENDPOINT_SERVICE',
      label: l10n.t('VPC endpoint service'),
      detail: l10n.t('The traffic stays within AWS, by way of a VPC endpoint service, a network load balancer and a private DNS name that is verified.'),
    },
  ];
  picker.activeItems = picker.items.filter(({ answer }) => answer === question.value);
  return answerOf(picker, title, question, () => picker.selectedItems[0]?.answer);
}

/** A file is chosen until one fits; its content is what is sent. */
async function askFile(title: string, question: FieldQuestion): Promise<FieldAnswer | undefined> {
  const { label, prompt } = keyStoreFields[question.id];
  const picker = window.createQuickPick<Choice>();
  const kept = question.value === '' ? [] : [{ answer: 'kept', label: l10n.t('Keep the certificate that was chosen before') }];
  picker.placeholder = prompt;
  picker.items = [...kept, { answer: 'choose', label: l10n.t('Choose the file…') }];
  const choice = await answerOf(picker, title, question, () => picker.selectedItems[0]?.answer);
  if (choice === undefined || choice === 'back') return choice;
  if (choice.text === 'kept') return { text: question.value };
  const [file] = (await window.showOpenDialog({ canSelectMany: false, title: label, openLabel: l10n.t('Choose') })) ?? [];
  if (file === undefined) return askFile(title, question);
  const text = await readText(file);
  const problem = fieldProblem(question.id, text, question.region);
  if (problem === undefined) return { text };
  await window.showErrorMessage(problem, { modal: true });
  return askFile(title, question);
}

/** The text of a file; a file that is far too long is not read, and stays too long for the check. */
async function readText(file: vscode.Uri): Promise<string> {
  const { size } = await vscode.workspace.fs.stat(file);
  return size > 100_000 ? ' '.repeat(size) : new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}
