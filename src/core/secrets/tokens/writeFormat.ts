import type { EncryptionContext } from '../../kms/keyMetadata.ts';
import type { Edit, ValueEntry } from '../codec.ts';
import { replaceValue } from '../transform.ts';
import { fnoxEdit, isFnoxFile } from './fnox.ts';
import { bareWrapper, springWrapper } from './wrappers.ts';

/** A file's text with the values that its codec found in it. */
export interface ParsedText {
  readonly text: string;
  readonly entries: readonly ValueEntry[];
}

/** How a value is written when it is encrypted, so that what reads the file at run time decrypts it. */
export interface WriteFormat {
  readonly name: string;
  /** What decrypts it at run time, as a noun phrase. */
  readonly reader: string;
  /** Whether the token carries its encryption context; where it does not, the reader must know the context. */
  readonly carriesContext: boolean;
  /** Throws EDIT_REFUSED where the format cannot hold the context, or the file not the token. */
  readonly edit: (file: ParsedText, entry: ValueEntry, base64: string, encryptionContext: EncryptionContext) => Edit;
}

const bare: WriteFormat = {
  name: bareWrapper.name,
  reader: bareWrapper.reader,
  carriesContext: false,
  edit: (_file, entry, base64) => replaceValue(entry, base64),
};

const spring: WriteFormat = {
  name: springWrapper.name,
  reader: springWrapper.reader,
  carriesContext: true,
  edit: (_file, entry, base64, context) => replaceValue(entry, springWrapper.write(base64, context)),
};

const fnox: WriteFormat = {
  name: 'fnox',
  reader: 'fnox',
  carriesContext: false,
  edit: ({ text, entries }, entry, base64) => fnoxEdit(text, entries, entry, base64),
};

/**
 * The format for a file by its name without folders and the name of its file format (fileFormats.ts): `{cipher}` for Java
 * properties and Spring's `application*.yml`, fnox's tables for `fnox.toml`, and bare base64 for everything else.
 */
export function writeFormatFor(fileName: string, formatName: string): WriteFormat {
  if (formatName === 'Java properties') return spring;
  if (formatName === 'YAML' && /^(?:application|bootstrap)(?:-[\w-]+)?\.ya?ml$/.test(fileName)) return spring;
  return formatName === 'TOML' && isFnoxFile(fileName) ? fnox : bare;
}
