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

/**
 * Writes a token with what is given of context and options; an empty context is left out. Throws EDIT_REFUSED for a
 * context with a name that the token cannot hold or with an empty value, and for an option that would end its list.
 */
export function writeSpringToken(base64: string, parts: Partial<Omit<SpringToken, 'body'>>): string {
  const context = Object.entries(parts.encryptionContext ?? {}).map(([name, value]) => {
    if (value === '' || name === '' || name !== name.trim() || /[=,()]/.test(name)) {
      throw refuse('encryption context: a name holds one of = , ( ) or outer spaces, or a name or a value is empty');
    }
    return `${name}=${toBase64(new TextEncoder().encode(value))}`;
  });
  const options = (['output', 'encryptionAlgorithm', 'keyId'] as const).flatMap((name) => {
    const value = parts[name];
    if (value !== undefined && !/^[^\s,[\]]+$/.test(value)) throw refuse(`${name}: it is empty or holds a comma, a bracket or a space`);
    return value === undefined ? [] : [`${name}=${value}`];
  });
  const contextPart = context.length === 0 ? '' : `(${context.join(',')})`;
  return `{cipher}${contextPart}${options.length === 0 ? '' : `[${options.join(',')}]`}${base64}`;
}

function refuse(problem: string): KmsExplorerError {
  return new KmsExplorerError('EDIT_REFUSED', `A {cipher} token cannot hold this ${problem}.`);
}
