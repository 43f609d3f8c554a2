import type { KeyMetadata, KeyUsage } from './keyMetadata.ts';
import type { KeyTarget } from './keyTarget.ts';

/** The name a key goes by on the screen: its first alias without the prefix, else its id. */
export function keyLabel(key: Pick<KeyTarget, 'aliasName' | 'keyId'>): string {
  return key.aliasName?.replace(/^alias\//, '') ?? key.keyId;
}

const usageWords: Readonly<Record<KeyUsage, string>> = {
  ENCRYPT_DECRYPT: 'encrypt and decrypt',
  SIGN_VERIFY: 'sign and verify',
  GENERATE_VERIFY_MAC: 'generate and verify MAC',
  KEY_AGREEMENT: 'key agreement',
  ENCAPSULATE_DECAPSULATE: 'encapsulate and decapsulate',
};

/** Key spec and key usage in one line; a state in which the key cannot be used comes first, for a narrow view cuts the end. */
export function keySummaryLine(metadata: KeyMetadata): string {
  const state = metadata.keyState === 'Enabled' ? [] : [stateWords(metadata.keyState)];
  return [...state, metadata.keySpec, usageWords[metadata.keyUsage]].join(' · ');
}

/** A key state as words: `PendingDeletion` reads "pending deletion". */
export function stateWords(state: KeyMetadata['keyState']): string {
  return state.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}
