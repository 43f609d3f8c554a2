import * as vscode from 'vscode';
import { KmsExplorerError } from '../../core/kms/errorCode.ts';

/**
 * Runs a task behind a notification that can cancel it. Rejects with CANCELLED as soon as the user cancels, whether
 * or not the task notices.
 */
export async function withProgress<Result>(title: string, task: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (_progress, token) => {
      const controller = new AbortController();
      const cancelled = new Promise<never>((_resolve, reject) => {
        token.onCancellationRequested(() => {
          controller.abort();
          reject(new KmsExplorerError('CANCELLED', 'The operation was cancelled.'));
        });
      });
      return Promise.race([task(controller.signal), cancelled]);
    },
  );
}
