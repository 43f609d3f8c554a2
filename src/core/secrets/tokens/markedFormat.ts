import { replaceValue } from '../transform.ts';
import type { CustomMarker } from './wrappers.ts';
import type { WriteFormat } from './writeFormat.ts';

/** Writes ciphertexts between a prefix and a suffix of the user's own; the context is known to who reads them. */
export function markedFormat({ prefix, suffix = '' }: CustomMarker): WriteFormat {
  return {
    name: prefix + suffix,
    reader: 'the program that knows this marker',
    carriesContext: false,
    edit: (_file, entry, base64) => replaceValue(entry, prefix + base64 + suffix),
  };
}
