import * as vscode from 'vscode';
import type { KeyTarget } from '../../core/kms/keyTarget.ts';
import type { Connection } from '../shared/connection.ts';
import { policyEngine } from './policyEngine.ts';
import { livePolicyUri } from './policyUri.ts';

/** The policies that keys have at present, as one side of a diff. Each is as it was when it was last asked for. */
export class LivePolicies implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #connection: Pick<Connection, 'keyService'>;
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;

  constructor(connection: Pick<Connection, 'keyService'>) {
    this.#connection = connection;
  }

  /** Asks KMS for the policy of a key; gives it exactly as stored, and the address of its formatted text. */
  async read(key: KeyTarget): Promise<{ stored: string; uri: vscode.Uri }> {
    const service = await this.#connection.keyService();
    const stored = await service.getKeyPolicy({ region: key.region, keyId: key.arn }, new AbortController().signal);
    const uri = livePolicyUri(key);
    const { formatPolicy } = await policyEngine();
    this.#texts.set(uri.toString(), formatPolicy(stored));
    this.#changed.fire(uri);
    return { stored, uri };
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
