import { KmsExplorerError } from '../../kms/errorCode.ts';
import type { EncryptionContext } from '../../kms/keyMetadata.ts';
import { fromBase64, toBase64 } from '../base64.ts';

/**
 * The token of spring-cloud-config-aws-kms: `{cipher}`, then in any order a context `(name=base64,...)` and options
 * `[output=base64,encryptionAlgorithm=RSAES_OAEP_SHA_256,keyId=...]`, both optional, then the ciphertext in base64.
 */
export interface SpringToken {
  readonly body: string;
  readonly encryptionContext: EncryptionContext | undefined;
  readonly keyId: string | undefined;
  readonly encryptionAlgorithm: string | undefined;
  /** How the application wants the plaintext: as text, or as base64 of its bytes. */
  readonly output: string | undefined;
}

const pattern = /^\{cipher\}(?<first>\([^()]*\)|\[[^[\]]*\])?(?<second>\([^()]*\)|\[[^[\]]*\])?(?<body>[^()[\]]+)$/;

/** Undefined when the text does not have this shape. */
export function readSpringToken(token: string): SpringToken | undefined {
  const groups = pattern.exec(token)?.groups;
  const parts = [groups?.['first'], groups?.['second']].filter((part) => part !== undefined);
  if (groups === undefined || (parts.length === 2 && parts[0]?.[0] === parts[1]?.[0])) return undefined;
  const context = parts.find((part) => part.startsWith('('));
  const options = new Map(pairsOf(parts.find((part) => part.startsWith('[')) ?? ''));
  return {
    body: groups['body'] ?? '',
    encryptionContext: context === undefined ? undefined : readContext(context),
    keyId: options.get('keyId'),
    encryptionAlgorithm: options.get('encryptionAlgorithm'),
    output: options.get('output'),
  };
}

/** Names stay as they are; a value that is no base64 stays, too. */
function readContext(text: string): EncryptionContext {
  return Object.fromEntries(
    pairsOf(text).map(([name, value]) => {
      const bytes = fromBase64(value);
      return [name, bytes === undefined ? value : new TextDecoder().decode(bytes)];
    }),
  );
}

/** The pairs of a part with its brackets around it. */
function pairsOf(part: string): readonly (readonly [name: string, value: string])[] {
  return part
    .slice(1, -1)
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at === -1 ? [pair, ''] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    });
}

/** Throws EDIT_REFUSED for a context with a name that the token cannot hold, or with an empty value. */
export function writeSpringToken(base64: string, encryptionContext: EncryptionContext): string {
  const pairs = Object.entries(encryptionContext).map(([name, value]) => {
    if (value !== '' && name !== '' && name === name.trim() && !/[=,()]/.test(name)) {
      return `${name}=${toBase64(new TextEncoder().encode(value))}`;
    }
    throw new KmsExplorerError(
      'EDIT_REFUSED',
      'A {cipher} token cannot hold this encryption context: a name holds one of = , ( ) or outer spaces, or a name or a value is empty.',
    );
  });
  return `{cipher}${pairs.length === 0 ? '' : `(${pairs.join(',')})`}${base64}`;
}
