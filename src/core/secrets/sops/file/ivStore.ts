import { unwrapDataKey } from '../keys/dataKey.ts';
import type { SopsMetadata } from '../metadata/sopsMetadata.ts';
import type { SopsFormat } from '../sopsFormat.ts';
import type { SopsTools } from '../sopsPorts.ts';
import { additionalDataOf, type DataKeyUse } from '../values/sealing.ts';
import { kindOf, type SopsValue } from '../values/sopsValue.ts';
import type { ValueToken } from '../values/valueToken.ts';
import { openValues, requireMac } from './openValues.ts';
import { readFile } from './sopsFile.ts';

/** What a file was encrypted with, to encrypt the same values in the same way. */
export interface IvStore {
  readonly metadata: SopsMetadata;
  readonly use: DataKeyUse;
  /**
   * The IV and the type with which the same value stood at the same path, or undefined. An IV must never serve two plaintexts;
   * the same plaintext with the same additional data gives the same ciphertext, which tells nobody anything new.
   */
  tokenFor(value: SopsValue, additionalData: string): SealedBefore | undefined;
}

export type SealedBefore = Pick<ValueToken, 'iv' | 'type'>;

/** Opens a file for its IVs. Rejects as reading it does, and with SOPS_MAC_MISMATCH. */
export async function sealedBefore(text: string, format: SopsFormat, { keys, crypto }: SopsTools): Promise<IvStore> {
  const file = await readFile(text, format);
  const use = { crypto, dataKey: await unwrapDataKey(file.metadata, keys) };
  const values = openValues(file, use);
  requireMac(file, values, use);
  const tokens = new Map<string, SealedBefore[]>();
  const keyOf = ({ type, text: plain }: SopsValue, additionalData: string) => JSON.stringify([additionalData, kindOf(type, format), plain]);
  for (const { leaf, value, token, selected } of values) {
    if (!selected || token === undefined) continue;
    const key = keyOf(value, additionalDataOf(leaf.path));
    tokens.set(key, [...(tokens.get(key) ?? []), token]);
  }
  return {
    metadata: file.metadata,
    use,
    tokenFor(value, additionalData) {
      // Equal items of a list take the IVs in their order, the last one for all that are left.
      const known = tokens.get(keyOf(value, additionalData));
      return known !== undefined && known.length > 1 ? known.shift() : known?.[0];
    },
  };
}
