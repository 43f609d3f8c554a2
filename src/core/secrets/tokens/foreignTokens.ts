import { fromBase64 } from '../base64.ts';

/** Encrypted values of other tools, which one KMS call cannot decrypt: they are recognised so that they are left alone. */
export interface ForeignFormat {
  readonly name: string;
  /** What it is, as a noun phrase. */
  readonly label: string;
  readonly reader: string;
  /** Why the value stays as it is, and what to do instead. */
  readonly reason: string;
  readonly matches: (token: string, key: string | number | undefined) => boolean;
}

/** The first row that matches wins. Nothing here looks like a KMS ciphertext, which is looked for before. */
const formats: readonly ForeignFormat[] = [
  {
    name: 'sops',
    label: 'a value of SOPS',
    reader: 'sops, Flux, helm-secrets and others that know SOPS',
    reason: 'Its data key stands encrypted in the sops section of the same file, so the file is decrypted as a whole.',
    matches: (token) => /^ENC\[AES256_GCM,data:[^\]]*\]$/.test(token),
  },
  {
    name: 'dotenvx',
    label: 'a value of dotenvx',
    reader: 'dotenvx',
    reason: 'It is encrypted with a secp256k1 key pair and not with KMS. Decrypt it with dotenvx and its DOTENV_PRIVATE_KEY.',
    matches: (token) => hasBase64Between(token, 'encrypted:', ''),
  },
  {
    name: 'jasypt',
    label: 'a value of Jasypt',
    reader: 'Spring Boot with Jasypt',
    reason: 'It is encrypted with a password and not with KMS. Decrypt it with Jasypt.',
    matches: (token) => hasBase64Between(token, 'ENC(', ')'),
  },
  {
    name: 'hiera-eyaml',
    label: 'a value of hiera-eyaml',
    reader: 'Puppet with hiera-eyaml',
    reason: 'It is encrypted with an X.509 key pair and not with KMS. Decrypt it with eyaml.',
    matches: (token) => hasBase64Between(token, 'ENC[PKCS7,', ']'),
  },
  {
    name: 'secretary',
    label: 'a value of secretary',
    reader: 'secretary',
    reason: 'It holds a data key that KMS encrypted and a NaCl secret box, which only secretary opens. Decrypt it with secretary.',
    matches: (token) => hasBase64Between(token, 'ENC[KMS,', ']'),
  },
  {
    name: 'ejson-kms',
    label: 'a value of ejson-kms',
    reader: 'ejson-kms',
    reason: 'It holds a data key that KMS encrypted and a NaCl secret box, which only ejson-kms opens. Decrypt it with ejson-kms.',
    matches: (token) => /^EJK1;[A-Za-z0-9+/=]+;[A-Za-z0-9+/=]+$/.test(token),
  },
  {
    name: 'travis',
    label: 'a secure value of a CI service',
    reader: 'the CI service that made it (Travis CI, AppVeyor)',
    reason: 'It is encrypted for the CI service and not with KMS; only that service can decrypt it.',
    matches: (token, key) => key === 'secure' && token.length >= 20 && fromBase64(token) !== undefined,
  },
];

function hasBase64Between(token: string, prefix: string, suffix: string): boolean {
  return (
    token.startsWith(prefix) &&
    token.endsWith(suffix) &&
    fromBase64(token.slice(prefix.length, token.length - suffix.length)) !== undefined
  );
}

/** The tool that a value belongs to, from the value and the innermost key it stands under. */
export function recogniseForeign(token: string, key: string | number | undefined): ForeignFormat | undefined {
  return formats.find(({ matches }) => matches(token, key));
}
