import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { SignatureScope } from './authorizationHeader.ts';

/** Gives the key that signs requests of a scope. */
export type SigningKeys = (scope: Pick<SignatureScope, 'date' | 'region' | 'service'>) => KeyObject;

const mostKept = 64;

/** Derives signing keys (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html), each once. */
export function signingKeysOf(secretAccessKey: string): SigningKeys {
  const kept = new Map<string, KeyObject>();
  const derive = (elements: readonly string[]): KeyObject => {
    const start = createSecretKey(`AWS4${secretAccessKey}`, 'utf8');
    return elements.reduce((key, element) => createSecretKey(createHmac('sha256', key).update(element).digest()), start);
  };
  return ({ date, region, service }) => {
    const name = `${date}/${region}/${service}`;
    const known = kept.get(name);
    if (known) return known;
    const key = derive([date, region, service, 'aws4_request']);
    if (kept.size >= mostKept) kept.clear();
    kept.set(name, key);
    return key;
  };
}
