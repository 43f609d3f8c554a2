import * as vscode from 'vscode';
import type { KeySummary } from '../../../core/kms/catalog/keySummary.ts';
import { parseKmsArn } from '../../../core/kms/arn.ts';
import { keyLabel } from '../../../core/kms/keyLabels.ts';
import type { ValueEntry } from '../../../core/secrets/codec.ts';
import { mayHoldEncrypted } from '../../../core/secrets/detect/findEncrypted.ts';
import { mayHoldValueToken } from '../../../core/secrets/sops/values/valueToken.ts';
import { describeToken } from '../../../core/secrets/tokens/describeToken.ts';
import { ciphertextMarkers } from '../../shared/secrets/ciphertextMarkers.ts';
import { learnedKey } from '../../shared/secrets/learnedKeys.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { fileNameOf } from '../values/secretFile.ts';

/** Why a value cannot be decrypted, or soon will not be. */
export interface KeyTrouble {
  readonly entry: ValueEntry;
  readonly kind: 'disabled' | 'pending-deletion' | 'gone';
  /** As the value names it, or as KMS named it before. */
  readonly keyId: string;
  /** Undefined when the key is gone. */
  readonly key: KeySummary | undefined;
  /** The entry names one of the keys of a file of SOPS, and is no value itself. */
  readonly isRecipient: boolean;
  /** The value names its key in a mark of its own, so that it cannot be re-encrypted in place. */
  readonly namesKey: boolean;
}

type TroubleOfKey = Pick<KeyTrouble, 'kind' | 'keyId' | 'key'>;

/**
 * The values of a document whose key is disabled, pending deletion or gone, as far as the keys are loaded: KMS is not
 * asked. A value that names several keys is in trouble when all of them are.
 */
export function keyTroubles({ catalog, state }: SecretParts, document: vscode.TextDocument, entries: readonly ValueEntry[]): readonly KeyTrouble[] {
  const text = document.getText();
  if (entries.length === 0 || !mayHoldEncrypted(text)) return [];
  const known = new Map<string, TroubleOfKey | undefined>();
  const troubleOf = (keyId: string) => {
    if (!known.has(keyId)) known.set(keyId, look(catalog, keyId));
    return known.get(keyId);
  };
  const isSops = mayHoldValueToken(text);
  const [fileName, markers] = [fileNameOf(document), ciphertextMarkers(document.uri)];
  return entries.flatMap((entry) => {
    const isRecipient = isSops && /^sops(?:_|$)/.test(String(entry.keyPath[0]));
    const { keyIds, namesKey } = isRecipient ? { keyIds: [entry.value].filter(isArn), namesKey: true } : keysOf(entry);
    const troubles = keyIds.map(troubleOf);
    const [first] = troubles;
    return first === undefined || troubles.includes(undefined) ? [] : [{ ...first, entry, isRecipient, namesKey }];
  });

  function keysOf({ value, keyPath }: ValueEntry): { readonly keyIds: readonly string[]; readonly namesKey: boolean } {
    const description = describeToken(value, { fileName, keyPath }, markers);
    if (description === undefined || description.leftAlone !== undefined) return { keyIds: [], namesKey: false };
    const learned = learnedKey(state, description.ciphertext?.keyHash);
    const named = description.keys.map(({ keyId }) => keyId);
    return { keyIds: learned === undefined ? named : [learned], namesKey: description.kind === 'kmsCiphertext' && named.length > 0 };
  }
}

function isArn(text: string): boolean {
  return parseKmsArn(text) !== undefined;
}

function look(catalog: SecretParts['catalog'], keyId: string): TroubleOfKey | undefined {
  const key = catalog.knownKey(keyId);
  switch (key?.metadata?.keyState) {
    case 'Disabled':
      return { kind: 'disabled', keyId, key };
    case 'PendingDeletion':
    case 'PendingReplicaDeletion':
      return { kind: 'pending-deletion', keyId, key };
    case undefined:
      return key === undefined && catalog.isGone(keyId) ? { kind: 'gone', keyId, key: undefined } : undefined;
    default:
      return undefined;
  }
}

/** A sentence for the list of problems. */
export function troubleMessage({ kind, keyId, key, isRecipient }: KeyTrouble): string {
  const label = key === undefined ? (parseKmsArn(keyId)?.resource ?? keyId) : keyLabel(key);
  const what = isRecipient ? vscode.l10n.t('This file') : vscode.l10n.t('This value');
  if (kind === 'disabled') return vscode.l10n.t('{0} is encrypted under the key {1}, which is disabled: it cannot be decrypted with it until it is enabled.', what, label);
  if (kind === 'gone') {
    return vscode.l10n.t('{0} is encrypted under the key {1}, which its account does not have any more. If it was deleted, nothing can be decrypted with it again.', what, label);
  }
  const date = key?.metadata?.deletionDate;
  return date === undefined
    ? vscode.l10n.t('{0} is encrypted under the key {1}, which is pending deletion: after that nothing can be decrypted with it again.', what, label)
    : vscode.l10n.t('{0} is encrypted under the key {1}, which is deleted on {2}: after that nothing can be decrypted with it again.', what, label, new Date(date).toISOString().slice(0, 10));
}
