import { unwrapDataKey } from '../keys/dataKey.ts';
import type { SopsMetadata } from '../metadata/sopsMetadata.ts';
import type { SopsFormat } from '../sopsFormat.ts';
import type { SopsTools } from '../sopsPorts.ts';
import { additionalDataOf, type DataKeyUse } from '../values/sealing.ts';
import type { SopsValue } from '../values/sopsValue.ts';
import { openValues, requireMac } from './openValues.ts';
import { readFile } from './sopsFile.ts';

/** What a file was encrypted with, to encrypt the same values in the same way. */
export interface IvStore {
  readonly metadata: SopsMetadata;
  readonly use: DataKeyUse;
  /**
   * The IV under which the same value stood at the same path, or undefined. An IV must never serve two plaintexts;
   * the same plaintext with the same additional data gives the same ciphertext, which tells nobody anything new.
   */
  ivFor(value: SopsValue, additionalData: string): Uint8Array | undefined;
}

/** Opens a file for its IVs. Rejects as reading it does, and with SOPS_MAC_MISMATCH. */
export async function sealedBefore(text: string, format: SopsFormat, { keys, crypto }: SopsTools): Promise<IvStore> {
  const file = await readFile(text, format);
  const use = { crypto, dataKey: await unwrapDataKey(file.metadata, keys) };
  const values = openValues(file, use);
  requireMac(file, values, use);
  const ivs = new Map<string, Uint8Array[]>();
  for (const { leaf, value, token, selected } of values) {
    if (!selected || token === undefined) continue;
    const key = keyOf(value, additionalDataOf(leaf.path));
    ivs.set(key, [...(ivs.get(key) ?? []), token.iv]);
  }
  return {
    metadata: file.metadata,
    use,
    ivFor(value, additionalData) {
      // Equal items of a list take the IVs in their order, the last one for all that are left.
      const known = ivs.get(keyOf(value, additionalData));
      return known !== undefined && known.length > 1 ? known.shift() : known?.[0];
    },
  };
}

function keyOf({ type, text }: SopsValue, additionalData: string): string {
  return JSON.stringify([additionalData, type, text]);
}
