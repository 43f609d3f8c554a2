/** What a name says that its value is, as a noun phrase. */
export type SecretNoun = 'a password' | 'a token' | 'a key' | 'a secret' | 'credentials';

/** Ends of names without their separators: `db_password`, `dbPassword` and `dbpassword` end alike. */
const endings: readonly (readonly [ending: RegExp, noun: SecretNoun])[] = [
  [/(?:password|passwd|passphrase|passcode)$/, 'a password'],
  [/(?:private|secret|signing|encryption|master|access|account|auth|shared|session|storage|service|app|api)key(?:base)?$/, 'a key'],
  [/secrets?$/, 'a secret'],
  [/(?:token|authorization)$/, 'a token'],
  [/credentials?$/, 'credentials'],
];

/** Short words that count only when they stand by themselves, because they end other words. */
const words: Readonly<Record<string, SecretNoun>> = {
  pass: 'a password',
  pwd: 'a password',
  pw: 'a password',
  psk: 'a key',
};

/** What may follow without changing the meaning: a stage, a form, a generation. */
const tails = new Set(
  'prod production dev development staging stage test qa uat local live value plain plaintext current old new previous primary secondary default base64 b64 pem'.split(' '),
);

/** Words that make a name one of something else: a switch, a limit, a reference, a mark of a tokeniser, a page. */
const otherwise = new Set(
  'public existing max min num count use allow reset forgot enable enabled has is require required show next page continuation cancellation bos eos pad unk mask stop'.split(' '),
);

/** Something that every such name has in it, so that most names meet one expression only. */
const anyNoun = /pass|pw|psk|secret|token|authorization|key|credential/i;

/** What a name promises, by its last words; undefined for names of something else, such as `token_url` or `secretName`. */
export function nounOf(name: string): SecretNoun | undefined {
  if (!anyNoun.test(name)) return undefined;
  const parts = wordsOf(name);
  while (parts.length > 1 && isTail(parts.at(-1) ?? '')) parts.pop();
  if (parts.some((part) => otherwise.has(part))) return undefined;
  const joined = parts.join('');
  return words[parts.at(-1) ?? ''] ?? endings.find(([ending]) => ending.test(joined))?.[1];
}

function isTail(word: string): boolean {
  return tails.has(word) || /^\d+$/.test(word);
}

/** The words of a name in snake, kebab, dotted or camel case. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/([a-zA-Z])(\d+)$/, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
