import * as vscode from 'vscode';
import type { KeyMetadata } from '../../../core/kms/keyMetadata.ts';

/** RSA keys encrypt as well, but their ciphertext does not name its key, so it could not be decrypted in place. */
export function canEncryptEver(metadata: KeyMetadata | undefined): boolean {
  return metadata === undefined || metadata.keySpec === 'SYMMETRIC_DEFAULT';
}

/** Why a key cannot be used. */
export interface Obstacle {
  readonly code: 'DISABLED' | 'INVALID_STATE' | 'INVALID_KEY_USAGE';
  /** A word or two for a list. */
  readonly short: string;
  /** A sentence for a message, with the name of the key. */
  message(label: string): string;
}

/** Why a key cannot encrypt text in place now (AWS KMS developer guide, "Key states of AWS KMS keys"). */
export function obstacleOf(metadata: KeyMetadata): Obstacle | undefined {
  if (!canEncryptEver(metadata)) {
    return {
      code: 'INVALID_KEY_USAGE',
      short: vscode.l10n.t('not for text'),
      message: (label) =>
        vscode.l10n.t(
          'The key {0} has the key spec {1}. Text is encrypted in place under symmetric keys only; choose one with the key spec SYMMETRIC_DEFAULT.',
          label,
          metadata.keySpec,
        ),
    };
  }
  if (metadata.keyState === 'Disabled') {
    return {
      code: 'DISABLED',
      short: vscode.l10n.t('disabled'),
      message: (label) => vscode.l10n.t('The key {0} is disabled. Enable it or choose another key.', label),
    };
  }
  if (metadata.keyState === 'Enabled' || metadata.keyState === 'Updating') return undefined;
  return {
    code: 'INVALID_STATE',
    short: metadata.keyState,
    message: (label) =>
      vscode.l10n.t('The key {0} cannot encrypt: its state is {1}. Choose another key.', label, metadata.keyState),
  };
}
