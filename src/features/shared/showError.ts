import * as vscode from 'vscode';
import { KmsExplorerError, type ErrorCode } from '../../core/kms/errorCode.ts';
import type { CommandId, SettingId } from '../../contributions.ts';
import type { Log } from './log.ts';

interface Remedy {
  readonly title: string;
  readonly command: CommandId | 'workbench.action.openSettings' | 'workbench.trust.manage';
  readonly setting?: SettingId;
}

const selectBackend: Remedy = { title: 'Select Backend', command: 'kmsExplorer.selectBackend' };
const restartEmulator: Remedy = { title: 'Restart Emulator', command: 'kmsExplorer.startEmulator' };
const showLog: Remedy = { title: 'Show Log', command: 'kmsExplorer.showLog' };

/** What the user can do at once about a failure; everything offers the log as well. */
const remedies: Partial<Record<ErrorCode, Remedy>> = {
  NO_BACKEND: selectBackend,
  NO_CREDENTIALS: selectBackend,
  EXPIRED_CREDENTIALS: selectBackend,
  INVALID_CREDENTIALS: selectBackend,
  NO_REGION: selectBackend,
  EMULATOR_NOT_STARTED: restartEmulator,
  EMULATOR_DIED: restartEmulator,
  EMULATOR_PORT_IN_USE: {
    title: 'Choose Another Port',
    command: 'workbench.action.openSettings',
    setting: 'kmsExplorer.emulator.port',
  },
  EMULATOR_DATA_CORRUPT: {
    title: 'Choose Another Folder',
    command: 'workbench.action.openSettings',
    setting: 'kmsExplorer.emulator.dataFolder',
  },
  UNTRUSTED_WORKSPACE: { title: 'Manage Workspace Trust', command: 'workbench.trust.manage' },
};

/** Turns whatever a command threw into an expected error; an unexpected one keeps its own text out of the message. */
export function toKmsExplorerError(error: unknown): KmsExplorerError {
  if (error instanceof KmsExplorerError) return error;
  return new KmsExplorerError('KMS_FAULT', 'Something unexpected went wrong. The log names the place.', { cause: error });
}

/** One line for the log: the code, KMS's own exception name, the sentence, and where an unexpected error came from. */
export function describeForLog(error: KmsExplorerError): string {
  const service = error.serviceCode === undefined ? '' : ` (${error.serviceCode})`;
  const cause = error.code === 'KMS_FAULT' && error.cause instanceof Error ? ` ${stackWithoutMessage(error.cause)}` : '';
  return `${error.code}${service}: ${error.message}${cause}`;
}

/** The message of an unknown error could quote the text it failed on, so only its name and frames are logged. */
function stackWithoutMessage(cause: Error): string {
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [cause.name, ...frames].join('\n');
}

/** Logs a failure and shows it with what can be done about it. Cancelling is no failure. */
export function showError(error: unknown, log: Log): void {
  const known = toKmsExplorerError(error);
  if (known.code === 'CANCELLED') return;
  log.error(describeForLog(known));
  const remedy = remedies[known.code];
  const actions = remedy === undefined ? [showLog] : [remedy, showLog];
  // The message stays until the user closes it; the command that failed does not wait for that.
  void vscode.window.showErrorMessage(known.message, ...actions.map(({ title }) => title)).then((picked) => {
    const action = actions.find(({ title }) => title === picked);
    return action === undefined ? undefined : vscode.commands.executeCommand(action.command, action.setting);
  });
}
