import { readDotenvDocument } from './document/dotenvDocument.ts';
import type { SopsDocument } from './document/sopsDocument.ts';

/** The stores of SOPS. `binary` holds any bytes in a JSON envelope. */
export type SopsFormat = 'yaml' | 'json' | 'dotenv' | 'ini' | 'binary';

/** What a new `sops` part is indented with: spaces per level; -1 for tabs in JSON, as in `.sops.yaml`. */
export interface SopsIndent {
  readonly yaml?: number;
  readonly json?: number;
}

/**
 * The format that SOPS takes a file for, from the end of its name (getsops/sops, cmd/sops/formats/formats.go). So
 * `.env.local` is binary for SOPS unless it is called with `--input-type dotenv`.
 */
export function sopsFormatOf(fileName: string): SopsFormat {
  if (/\.ya?ml$/.test(fileName)) return 'yaml';
  if (fileName.endsWith('.json')) return 'json';
  if (fileName.endsWith('.env')) return 'dotenv';
  return fileName.endsWith('.ini') ? 'ini' : 'binary';
}

/**
 * Reads a file as the store of its format does; the parser is loaded with the first file of its format. The text must
 * be whole, with a byte order mark if the file has one, since SOPS takes it for a part of the first key of a .env file.
 * A document that was read `before` spares work where the texts are alike.
 * Throws PARSE_ERROR with line and column for what SOPS cannot read, and SOPS_UNSUPPORTED for what it cannot keep.
 */
export async function readSopsDocument(text: string, format: SopsFormat, indent: SopsIndent = {}, before?: SopsDocument): Promise<SopsDocument> {
  switch (format) {
    case 'yaml':
      return (await import('./document/yaml/yamlDocument.ts')).readYamlDocument(text, indent.yaml, before);
    case 'json':
    case 'binary': {
      const { readJsonDocument } = await import('./document/jsonDocument.ts');
      const width = indent.json ?? -1;
      return readJsonDocument(text, width < 0 ? '\t' : ' '.repeat(width));
    }
    case 'dotenv':
      return readDotenvDocument(text);
    case 'ini':
      return (await import('./document/ini/iniDocument.ts')).readIniDocument(text);
  }
}
