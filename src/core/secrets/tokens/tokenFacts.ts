import type { TokenDescription } from './describeToken.ts';

/** What an encrypted value shows of itself: a name and its value, both for people. */
export interface TokenFact {
  readonly name: string;
  readonly text: string;
}

const layouts = {
  current: 'the present one',
  former: 'the one before the present one',
  wrapped: 'the one that KMS wrote until 2016',
} as const;

/** The facts of a description in words, apart from its summary. None of them needs a call, none is secret. */
export function tokenFacts(description: TokenDescription): readonly TokenFact[] {
  const { ciphertext, message, keys, region, encryptionAlgorithm, encryptionContext, length } = description;
  const rows: readonly (readonly [name: string, text: string | undefined])[] = [
    ['Format', description.format],
    ['Decrypted by', description.reader],
    ['Length', length === undefined ? undefined : bytes(length)],
    ['Plaintext', ciphertext?.plaintextLength === undefined ? undefined : bytes(ciphertext.plaintextLength)],
    ['Layout', ciphertext && layouts[ciphertext.layout]],
    ['Hash of the key material', ciphertext?.keyHash],
    ['Message', message?.messageId],
    ...keys.map(({ keyId }) => ['Key', keyId] as const),
    ['Region', region],
    ['Encryption algorithm', encryptionAlgorithm],
    ['Encryption context', encryptionContext && pairs(encryptionContext)],
  ];
  return rows.flatMap(([name, text]) => (text === undefined ? [] : [{ name, text }]));
}

function bytes(count: number): string {
  return count === 1 ? '1 byte' : `${count} bytes`;
}

function pairs(context: Readonly<Record<string, string>>): string {
  const texts = Object.entries(context).map(([name, value]) => `${name}=${value}`);
  return texts.length === 0 ? 'none' : texts.join(', ');
}
