import type * as vscode from 'vscode';
import { readCiphertext } from '../../../core/secrets/ciphertextBlob.ts';

const stateKey = 'keysByMaterial';
const limit = 500;
const nothingLearned: Readonly<Record<string, string>> = {};

/**
 * A ciphertext shows a hash of its key material and not its key. KMS names the key when it encrypts or decrypts, so
 * that one call tells the key of all other ciphertexts of the same material.
 */
export async function learnKey(state: vscode.Memento, ciphertext: Uint8Array, keyArn: string): Promise<void> {
  const hash = readCiphertext(ciphertext)?.keyHash;
  const learned = learnedKeys(state);
  if (hash === undefined || learned[hash] === keyArn) return;
  const others = Object.entries(learned).filter(([each]) => each !== hash);
  await state.update(stateKey, Object.fromEntries([...others, [hash, keyArn]].slice(-limit)));
}

/** The ARN of the key whose ciphertexts show this hash, when KMS named it before. No call is made. */
export function learnedKey(state: vscode.Memento, keyHash: string | undefined): string | undefined {
  return keyHash === undefined ? undefined : learnedKeys(state)[keyHash];
}

/** The ARNs by hash. The same object as long as nothing more was learned. */
export function learnedKeys(state: vscode.Memento): Readonly<Record<string, string>> {
  return state.get<Readonly<Record<string, string>>>(stateKey) ?? nothingLearned;
}
