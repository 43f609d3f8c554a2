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
  {
    name: 'TOML',
    languageIds: ['toml'],
    glob: '**/*.toml',
    fileName: /\.toml$/i,
    load: async () => (await import('./codecs/tomlCodec.ts')).tomlCodec,
  },
  {
    // VS Code's own language "properties" takes in nginx.conf and .gitconfig, so the file name decides.
    name: 'Java properties',
    languageIds: ['java-properties', 'spring-boot-properties'],
    glob: '**/*.properties',
    fileName: /\.properties$/i,
    load: async () => (await import('./codecs/propertiesCodec.ts')).propertiesCodec,
  },
  {
    // Of the files that end in .conf only these are known to be INI.
    name: 'INI',
    languageIds: ['ini'],
    glob: '**/{*.ini,*.cfg,*.cnf,odoo.conf,pip.conf,supervisord.conf}',
    fileName: /\.(?:ini|cfg|cnf)$|^(?:odoo|pip|supervisord)\.conf$/i,
    load: async () => (await import('./codecs/iniCodec.ts')).iniCodec,
  },
  {
    name: 'HCL',
    languageIds: ['terraform', 'terraform-vars', 'opentofu', 'opentofu-vars', 'hcl'],
    glob: '**/*.{tf,tfvars,tofu,hcl}',
    fileName: /\.(?:tf|tfvars|tofu|hcl)$/i,
    load: async () => (await import('./codecs/hcl/hclCodec.ts')).hclCodec,
  },
];

/** The format of a file, from its name without folders and its language id; undefined when no codec knows it. */
export function formatFor(fileName: string, languageId: string): FileFormat | undefined {
  return (
    fileFormats.find((format) => format.fileName.test(fileName)) ??
    fileFormats.find((format) => format.languageIds.includes(languageId))
  );
}
