import type { ValueEntry } from '../codec.ts';
import { describeToken } from '../tokens/describeToken.ts';
import type { CustomMarker } from '../tokens/wrappers.ts';
import { isHarmless, kindOfFile } from './harmlessValues.ts';
import { looksRandom } from './randomness.ts';
import { nounOf, wordsOf } from './secretNames.ts';
import { connectionPassword, shapeOf } from './secretShapes.ts';

/** A value in clear text that looks like a secret. */
export interface Suspect {
  readonly entry: ValueEntry;
  /** A whole sentence; it may hold the name and never the value. */
  readonly reason: string;
  readonly confidence: 'high' | 'medium' | 'low';
}

type Finding = Omit<Suspect, 'entry'>;

/**
 * The values of a file that look like secrets and can be encrypted, in the order of the file: by the form of known
 * tokens, a password in a connection string, the name, or randomness. `fileName` has no folders. References, dummies,
 * switches, paths and values that are encrypted already are passed over, and names do not count in translations and
 * templates.
 */
export function suspects(
  entries: readonly ValueEntry[],
  fileName: string,
  markers: readonly CustomMarker[] = [],
): readonly Suspect[] {
  const kind = kindOfFile(fileName);
  if (kind === 'lock') return [];
  const siblings = namesOfPairs(entries);
  return entries.flatMap((entry) => {
    if (entry.refusal !== undefined || isToken(entry, markers)) return [];
    const finding = judge(entry, nameOf(entry, siblings), kind === 'ordinary');
    return finding === undefined ? [] : [{ entry, ...finding }];
  });
}

function judge({ keyPath, value }: ValueEntry, name: string, doNamesCount: boolean): Finding | undefined {
  const text = value.trim();
  if (isHarmless(text) || isEnvironmentItem(keyPath, text)) return undefined;
  const shape = shapeOf(text);
  if (shape !== undefined) return { reason: `The value has the form of ${shape.label}.`, confidence: shape.confidence };
  const password = connectionPassword(text);
  if (password !== undefined && !isHarmless(password)) {
    return { reason: 'The value holds a password within a connection string.', confidence: 'high' };
  }
  if (!doNamesCount) return undefined;
  const isRandom = looksRandom(text);
  const noun = nounOf(name);
  if (noun !== undefined && isPlausible(text, noun)) {
    const reason = `The name ${name} is that of ${noun}${isRandom ? ', and the value looks random' : ''}.`;
    return { reason, confidence: isRandom ? 'high' : 'medium' };
  }
  if (!isRandom || isIdentifier(name)) return undefined;
  return { reason: 'The value looks random, as generated keys do.', confidence: 'low' };
}

/** The innermost name; for `{ name: X, value: Y }` and for defaults that of the variable. */
function nameOf({ keyPath }: ValueEntry, siblings: ReadonlyMap<string, string>): string {
  const last = keyPath.findLast((part) => typeof part === 'string') ?? '';
  if (last !== 'value' && last !== 'default') return last;
  const parents = keyPath.slice(0, keyPath.lastIndexOf(last));
  return siblings.get(keyOf(parents)) ?? parents.findLast((part) => typeof part === 'string') ?? last;
}

/** Of every object the text under `name`, as lists of environment variables have it. */
function namesOfPairs(entries: readonly ValueEntry[]): ReadonlyMap<string, string> {
  const named = entries.filter(({ keyPath }) => /^(?:name|key)$/i.test(String(keyPath.at(-1))));
  return new Map(named.map(({ keyPath, value }) => [keyOf(keyPath.slice(0, -1)), value]));
}

function keyOf(path: ValueEntry['keyPath']): string {
  return path.join('\n');
}

/** `NAME=value` as an item of a list: encrypting it would hide the name as well. */
function isEnvironmentItem(keyPath: ValueEntry['keyPath'], text: string): boolean {
  return typeof keyPath.at(-1) === 'number' && /^[A-Za-z_]\w*=/.test(text);
}

/** Starts of encrypted values; only texts with one of them are worth decoding. */
const tokenStart = /^(?:AQ[EI][CD]AH|Ci[A-D]|Ag[VR]4|AYA|ENC[[(]|encrypted:|secure:|decrypt:|kms\+base64:|\{cipher\}|EJK1;|v1:)/;

function isToken({ keyPath, value }: ValueEntry, markers: readonly CustomMarker[]): boolean {
  const text = value.trim();
  const isLikely = tokenStart.test(text) || keyPath.at(-1) === 'secure' || markers.some(({ prefix }) => text.startsWith(prefix));
  return isLikely && describeToken(text, { keyPath }, markers) !== undefined;
}

/** A number is no token, a sentence no key, and an address without a password no secret. */
function isPlausible(text: string, noun: string): boolean {
  const words = text.split(/\s+/, 7).length;
  if (noun === 'a password') return words <= 6;
  return words <= 3 && !/^-?[\d.]+$/.test(text) && !/^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

/** Digests and identifiers are random, too, but public. */
const identifiers = new Set(
  'id ids uuid guid hash sha sha1 sha256 sha512 md5 digest checksum integrity commit rev revision ref etag fingerprint thumbprint version resolved image tag public certificate cert nonce'.split(' '),
);

function isIdentifier(name: string): boolean {
  return wordsOf(name).some((word) => identifiers.has(word));
}
