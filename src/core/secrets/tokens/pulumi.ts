import type { EncryptionContext } from '../../kms/keyMetadata.ts';
import { fromBase64 } from '../base64.ts';
import type { ValueEntry } from '../codec.ts';

/** A secure value of a Pulumi stack: AES-256-GCM under the stack's own data key (sdk/go/common/resource/config/crypt.go). */
export interface PulumiValue {
  readonly nonce: Uint8Array;
  /** With its tag of 16 bytes. */
  readonly ciphertext: Uint8Array;
}

/** Reads `v1:NONCE:CIPHERTEXT`; undefined for any other text. */
export function readPulumiValue(token: string): PulumiValue | undefined {
  const [version, first = '', second = '', ...more] = token.split(':');
  if (version !== 'v1' || more.length > 0) return undefined;
  const [nonce, ciphertext] = [fromBase64(first), fromBase64(second)];
  const isValue = nonce?.length === 12 && ciphertext !== undefined && ciphertext.length >= 16;
  return isValue ? { nonce, ciphertext } : undefined;
}

/** How `Pulumi.STACK.yaml` says that a KMS key protects the stack. */
export interface PulumiStack {
  /** A key id, an ARN, or an alias with its prefix. */
  readonly keyId: string;
  readonly region: string | undefined;
  readonly profile: string | undefined;
  readonly encryptionContext: EncryptionContext;
  /** The stack's data key as KMS encrypted it, in base64; undefined when the file has none. */
  readonly encryptedKey: string | undefined;
}

/**
 * Reads `secretsprovider: awskms://alias/orders?region=eu-west-1&context_app=orders` and `encryptedkey` among a stack's
 * values. Undefined when the stack has no provider or one that is not KMS.
 */
export function pulumiStackOf(entries: readonly ValueEntry[]): PulumiStack | undefined {
  const valueOf = (key: string) => entries.find(({ keyPath }) => keyPath.length === 1 && keyPath[0] === key)?.value;
  const match = /^awskms:\/\/\/?(?<keyId>[^?]+)(?:\?(?<query>.*))?$/.exec(valueOf('secretsprovider') ?? '')?.groups;
  if (match === undefined) return undefined;
  const parameters = (match['query'] ?? '').split('&').map(readParameter);
  const parameter = (key: string) => parameters.find(([name]) => name === key)?.[1];
  const prefix = 'context_';
  const context = parameters.filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value] as const);
  return {
    keyId: match['keyId'] ?? '',
    region: parameter('region'),
    profile: parameter('profile'),
    encryptionContext: Object.fromEntries(context),
    encryptedKey: valueOf('encryptedkey'),
  };
}

/** One `name=value` of a query, with its percent escapes undone; as it stands when they are malformed. */
function readParameter(text: string): readonly [name: string, value: string] {
  const at = text.indexOf('=');
  const parts = at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
  try {
    const [name = '', value = ''] = parts.map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
    return [name, value];
  } catch {
    return [parts[0] ?? '', parts[1] ?? ''];
  }
}
