import * as vscode from 'vscode';
import { type CliCall, cliText } from '../../core/kms/cliCommand.ts';

/** Remembers as AWS CLI calls what was done last, so that it can be copied into a script. */
export class LastCliCall {
  #calls: readonly CliCall[] = [];

  /** The calls of one act, one line each; empty before anything was done. */
  get text(): string {
    return this.#calls.map(cliText).join('\n');
  }

  /** Remembers the calls of an act that says itself what it did. */
  remember(calls: readonly CliCall[]): void {
    this.#calls = calls;
  }

  /** Remembers the calls of an act and says what was done, with the offer to copy them. */
  tell(done: string, calls: readonly CliCall[]): void {
    this.remember(calls);
    const copy = vscode.l10n.t('Copy as CLI Command');
    void vscode.window.showInformationMessage(done, copy).then(async (picked) => {
      if (picked === copy) await vscode.env.clipboard.writeText(calls.map(cliText).join('\n'));
    });
  }
}
