import type { EncryptionContext } from '../kms/keyMetadata.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { isSymmetricCiphertext } from './ciphertextBlob.ts';
import type { TextRange } from './codec.ts';

/** A KMS ciphertext found in a text. */
export interface CiphertextToken {
  readonly ciphertext: Uint8Array;
  /** The name of the row of the wrapper table. */
  readonly wrapper: string;
  /** The token with its wrapper but without the white space around it, within the text that was given. */
  readonly range: TextRange;
  /** What the token itself says about how to decrypt it; most say nothing. */
  readonly encryptionContext: EncryptionContext | undefined;
  readonly region: string | undefined;
  /** The token with another ciphertext in the same wrapper. */
  wrap(ciphertext: Uint8Array): string;
}

/** How tools mark a ciphertext. `pattern` has the group `body` with the base64, and perhaps `context` and `region`. */
interface Wrapper {
  readonly name: string;
  readonly pattern: RegExp;
}

const wrappers: readonly Wrapper[] = [
  { name: 'decrypt-kms-env', pattern: /^secure:(?<body>[\s\S]+)$/ },
  {
    name: 'spring-cloud-config',
    pattern: /^\{cipher\}(?:\((?<context>[^()]*)\))?(?:\[[^[\]]*\])?(?<body>[\s\S]+)$/,
  },
  { name: 'kms+base64', pattern: /^kms\+base64:(?<body>[\s\S]+)$/ },
  { name: 'hiera-eyaml-kms', pattern: /^ENC\[KMS,(?<body>[\s\S]+)\]$/ },
  { name: 'runway', pattern: /^\$\{kms (?<body>[^:}]+?)(?:::region=(?<region>[a-z0-9-]+))?\}$/ },
  { name: 'bare', pattern: /^(?<body>[\s\S]+)$/ },
];

/**
 * Recognises a text that is one KMS ciphertext in base64: bare, or as one of the tools above marks it. White space
 * around and line breaks within the base64 do not matter. Undefined when the text is anything else.
 */
export function recogniseCiphertext(text: string): CiphertextToken | undefined {
  const token = text.trim();
  const range = { offset: text.indexOf(token), length: token.length };
  for (const { name, pattern } of wrappers) {
    const groups = pattern.exec(token)?.groups;
    const body = groups?.['body'];
    const ciphertext = body === undefined ? undefined : fromBase64(body);
    if (body === undefined || ciphertext === undefined || !isSymmetricCiphertext(ciphertext)) continue;
    const context = groups?.['context'];
    const encryptionContext = context === undefined ? undefined : readContext(context);
    const at = token.indexOf(body);
    const [before, after] = [token.slice(0, at), token.slice(at + body.length)];
    const wrap = (other: Uint8Array) => before + toBase64(other) + after;
    return { ciphertext, wrapper: name, range, encryptionContext, region: groups?.['region'], wrap };
  }
  return undefined;
}

/** Whether a text may hold a token at all; costs one pass, so that most files are never parsed. */
export function mayHoldCiphertext(text: string): boolean {
  return /AQ[EI][CD]AH|Ci[A-D][A-Za-z0-9+/]{40}/.test(text);
}

/** `name=base64,name=base64`, as the Spring libraries write the context into their token. Names stay as they are. */
function readContext(text: string): EncryptionContext {
  const pairs = text
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', value = ''] = splitAtFirst(pair, '=');
      const bytes = fromBase64(value);
      return [name.trim(), bytes === undefined ? value : new TextDecoder().decode(bytes)] as const;
    });
  return Object.fromEntries(pairs);
}

function splitAtFirst(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
