import * as vscode from 'vscode';
import type { CliCall } from '../../../core/kms/cliCommand.ts';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { keyLabel } from '../../../core/kms/keyLabels.ts';
import type { KeyTarget } from '../../../core/kms/keyTarget.ts';
import type { KeyReference } from '../../../core/kms/service/keyReference.ts';
import type { KeyService } from '../../../core/kms/service/keyService.ts';
import type { Connection } from '../../shared/connection.ts';
import type { LastCliCall } from '../../shared/lastCliCall.ts';
import type { KeyUses } from '../../shared/secrets/keyUses.ts';
import type { SharedKeyCatalog } from '../../shared/sharedKeyCatalog.ts';
import { toKmsExplorerError } from '../../shared/showError.ts';
import { withProgress } from '../../shared/withProgress.ts';

export interface KeyActionParts {
  readonly connection: Connection;
  readonly catalog: SharedKeyCatalog;
  readonly lastCliCall: LastCliCall;
  readonly uses: KeyUses;
}

/** Something to do with each of several keys. */
export interface KeyAction {
  /** What stands above the progress, for instance "KMS: Disabling keys". */
  readonly title: string;
  /** The sentence for when all went well. */
  readonly done: (keys: readonly KeyTarget[]) => string;
  readonly perform: (service: KeyService, key: KeyReference, signal: AbortSignal) => Promise<unknown>;
  readonly cli: (key: KeyTarget) => CliCall;
}

interface Failure {
  readonly key: KeyTarget;
  readonly error: KmsExplorerError;
}

/** Does the action for one key after the other, tells what was done, and rejects with what failed, key by key. */
export async function performOnKeys(parts: KeyActionParts, keys: readonly KeyTarget[], action: KeyAction): Promise<void> {
  const service = await parts.connection.keyService();
  const changed: KeyTarget[] = [];
  const failures: Failure[] = [];
  try {
    await withProgress(action.title, async (signal) => {
      for (const key of keys) {
        try {
          await action.perform(service, { region: key.region, keyId: key.arn }, signal);
          changed.push(key);
        } catch (error) {
          const known = toKmsExplorerError(error);
          if (known.code === 'CANCELLED') throw known;
          failures.push({ key, error: known });
        }
      }
    });
  } finally {
    await parts.catalog.renew(changed.map(({ region, keyId }) => ({ region, keyId })));
    if (changed.length > 0) parts.lastCliCall.tell(action.done(changed), changed.map(action.cli));
  }
  if (failures.length > 0) throw failureOf(failures, keys.length);
}

function failureOf(failures: readonly Failure[], total: number): KmsExplorerError {
  const [first] = failures;
  if (first === undefined || total === 1) return first?.error ?? new KmsExplorerError('KMS_FAULT', '');
  const reasons = failures.map(({ key, error }) => `${keyLabel(key)}: ${error.message}`).join(' ');
  return new KmsExplorerError(first.error.code, vscode.l10n.t('{0} of {1} keys were left as they are. {2}', failures.length, total, reasons), {
    cause: first.error,
  });
}

/** Names keys in a sentence: the name of one, the number of several. */
export function keyWords(keys: readonly KeyTarget[]): string {
  const [first] = keys;
  return keys.length === 1 && first !== undefined ? keyLabel(first) : vscode.l10n.t('{0} keys', keys.length);
}
