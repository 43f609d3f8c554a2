import type { Codec } from './codec.ts';

/** A format of configuration files whose values can be encrypted in place. */
export interface FileFormat {
  readonly name: string;
  /** VS Code's language ids. */
  readonly languageIds: readonly string[];
  /** File names that decide whatever the language id says, as a glob of VS Code and as an expression. */
  readonly glob: string;
  readonly fileName: RegExp;
  /** The parser is loaded with the first file of its format. */
  load(): Promise<Codec>;
}

/** One row per format; the first row whose file name matches wins, then the first with the language id. */
export const fileFormats: readonly FileFormat[] = [
  {
    name: '.env',
    languageIds: ['dotenv'],
    glob: '**/{.env,.env.*,*.env}',
    fileName: /^\.env$|^\.env\.|\.env$/,
    load: async () => (await import('./codecs/dotenvCodec.ts')).dotenvCodec,
  },
  {
    name: 'JSON',
    languageIds: ['json', 'jsonc'],
    glob: '**/*.{json,jsonc}',
    fileName: /\.jsonc?$/i,
    load: async () => (await import('./codecs/jsonCodec.ts')).jsonCodec,
  },
  {
    name: 'YAML',
    languageIds: ['yaml', 'dockercompose'],
    glob: '**/*.{yaml,yml}',
    fileName: /\.ya?ml$/i,
    load: async () => (await import('./codecs/yamlCodec.ts')).yamlCodec,
  },
];

/** The format of a file, from its name without folders and its language id; undefined when no codec knows it. */
export function formatFor(fileName: string, languageId: string): FileFormat | undefined {
  return (
    fileFormats.find((format) => format.fileName.test(fileName)) ??
    fileFormats.find((format) => format.languageIds.includes(languageId))
  );
}
