import type * as vscode from 'vscode';
import type { KeyService } from '../../core/kms/service/keyService.ts';
import type { SettingTypes } from '../../contributions.ts';

/** The one connection to KMS that all features share. They never know which backend answers. */
export interface Connection {
  readonly backend: SettingTypes['kmsExplorer.backend'];
  /** Fires when the backend, profile or emulator changed: whatever was cached is another account's now. */
  readonly onDidChange: vscode.Event<void>;
  /** Fires when the user chose other Regions of the same backend. */
  readonly onDidChangeRegions: vscode.Event<void>;
  /**
   * The connected service; connecting is done once and shared. Call it only for an act of the user.
   * Rejects with NO_BACKEND, UNTRUSTED_WORKSPACE, NO_REGION or an EMULATOR_ code.
   */
  keyService(): Promise<KeyService>;
  /** The Regions the user chose to see, or the backend's own. Rejects as keyService does. */
  regions(): Promise<readonly string[]>;
}
