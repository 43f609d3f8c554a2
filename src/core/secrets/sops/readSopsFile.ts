import type { TextRange } from '../codec.ts';
import { isPlaintextByMistake, readFile } from './file/sopsFile.ts';
import type { SopsMetadata } from './metadata/sopsMetadata.ts';
import type { SopsFormat } from './sopsFormat.ts';
import { mayHoldValueToken } from './values/valueToken.ts';

/** A value of a file, as far as can be told without a key. */
export interface SopsEntry {
  readonly document: number;
  readonly keyPath: readonly (string | number)[];
  readonly range: TextRange;
  /**
   * `encrypted` and `plain` are as the file's rule has it. `exposed` is selected by the rule but stands there in the
   * clear, so that SOPS refuses the file. `empty` is null or an empty text, which SOPS never encrypts.
   */
  readonly state: 'encrypted' | 'plain' | 'exposed' | 'empty';
  /** The type that the token names; undefined unless the value is encrypted. */
  readonly type: string | undefined;
}

/** What a file says about itself to those who have no key. */
export interface SopsOverview {
  readonly metadata: SopsMetadata;
  readonly entries: readonly SopsEntry[];
  /** The kinds of keys other than AWS KMS that can decrypt the file, for instance `age`. They are kept as they are. */
  readonly otherKinds: readonly string[];
}

/** Whether a text may be a file of SOPS; costs one pass, so that other files are never parsed. */
export function maybeSopsFile(text: string): boolean {
  return mayHoldValueToken(text) && text.includes('sops');
}

/**
 * Reads a file without decrypting anything. Rejects with SOPS_INVALID when it has no `sops` part or a damaged one,
 * and with PARSE_ERROR.
 */
export async function readSopsFile(text: string, format: SopsFormat): Promise<SopsOverview> {
  const { metadata, values } = await readFile(text, format);
  const entries = values.map((each): SopsEntry => {
    const { leaf, selected, token } = each;
    const isEncrypted = selected && token !== undefined;
    const state = isEncrypted ? 'encrypted' : isPlaintextByMistake(each) ? 'exposed' : leaf.value.text === '' ? 'empty' : 'plain';
    return { document: leaf.document, keyPath: leaf.keyPath, range: leaf.range, state, type: isEncrypted ? token.type : undefined };
  });
  const kinds = metadata.groups.flatMap(({ others }) => others.map(({ kind }) => kind));
  return { metadata, entries, otherKinds: [...new Set(kinds)] };
}
