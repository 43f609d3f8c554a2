import type * as vscode from 'vscode';
import type { EmulatorAddress } from '../../core/kms/service/keyServiceFactory.ts';

/** The local emulator as the connection and the status bar see it. */
export interface EmulatorPort {
  /** Where the emulator listens, while it runs as far as is known here. */
  readonly address: EmulatorAddress | undefined;
  /** Fires when it was started, attached to, stopped, or died. */
  readonly onDidChange: vscode.Event<void>;
  /** The running emulator's address; starts one, or attaches to the one that owns the data folder, when there is none. */
  start(): Promise<EmulatorAddress>;
}
