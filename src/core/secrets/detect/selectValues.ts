import { recogniseCiphertext, type CiphertextToken } from '../ciphertextToken.ts';
import type { ValueEntry } from '../codec.ts';
import type { CustomMarker } from '../tokens/wrappers.ts';

/**
 * The values at a key path and under it. A format with flat names has its dots count as levels, so that
 * `spring.datasource` in Java properties takes in `spring.datasource.password`.
 */
export function valuesUnder(entries: readonly ValueEntry[], path: ValueEntry['keyPath']): readonly ValueEntry[] {
  return entries.filter(({ keyPath }) => {
    const [name, ...rest] = keyPath;
    if (rest.length === 0 && path.length === 1 && String(name).startsWith(`${String(path[0])}.`)) return true;
    return path.length <= keyPath.length && path.every((part, index) => part === keyPath[index]);
  });
}

/** A value that KMS can decrypt by itself. */
export interface EncryptedValue {
  readonly entry: ValueEntry;
  readonly token: CiphertextToken;
}

/** All values that KMS has the key of, as ciphertexts or messages of the AWS Encryption SDK, and that can be replaced. */
export function encryptedValues(
  entries: readonly ValueEntry[],
  markers: readonly CustomMarker[] = [],
): readonly EncryptedValue[] {
  return entries
    .filter(({ refusal }) => refusal === undefined)
    .flatMap((entry) => {
      const token = recogniseCiphertext(entry.value, markers);
      return token === undefined ? [] : [{ entry, token }];
    });
}
