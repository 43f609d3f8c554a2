import type * as vscode from 'vscode';
import type { Connection } from '../connection.ts';
import type { KeyCatalogPort } from '../keyCatalogPort.ts';
import type { Log } from '../log.ts';

/** What encrypting and decrypting text needs from the rest of the extension. */
export interface SecretParts {
  readonly connection: Connection;
  readonly catalog: KeyCatalogPort;
  readonly log: Log;
  /** Keeps the ARNs of keys, by use and by the hash that their ciphertexts show, and what the user was told once. */
  readonly state: vscode.Memento;
}
