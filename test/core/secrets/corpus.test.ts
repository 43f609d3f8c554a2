import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { parse as parseProperties } from 'dot-properties';
import dotenv from 'dotenv';
import { parse as parseJson } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { parseAllDocuments } from 'yaml';
import { toBase64 } from '../../../src/core/secrets/base64.ts';
import type { ValueEntry } from '../../../src/core/secrets/codec.ts';
import { formatFor, type FileFormat } from '../../../src/core/secrets/fileFormats.ts';
import { applyEditsTo, replaceValue } from '../../../src/core/secrets/transform.ts';
import { checkReplacement } from './codecs/checkCodec.ts';
import { hclStrings } from './codecs/hcl/treeSitterHcl.ts';
import { sampleCiphertext } from './sampleCiphertext.ts';

const folder = new URL('corpus/', import.meta.url);
const token = toBase64(sampleCiphertext(2, 20));

/** How many values each file has, and how many of them must be refused: read by eye. */
const counts: Record<string, readonly [values: number, refused: number]> = {
  'dotenv/.env.local': [8, 0],
  'dotenv/compose.env': [8, 0],
  'dotenv/laravel.env': [17, 0],
  'dotenv/python.env': [6, 0],
  'dotenv/windows.env': [3, 0],
  'hcl/build.pkr.hcl': [10, 1],
  'hcl/kms_secrets.tf': [7, 1],
  'hcl/main.tf': [30, 11],
  'hcl/terraform.tfvars': [11, 0],
  'hcl/terragrunt.hcl': [5, 1],
  'hcl/vault.hcl': [6, 0],
  'ini/alembic.ini': [9, 0],
  'ini/desktop.ini': [3, 0],
  'ini/grafana.ini': [11, 1],
  'ini/my.cnf': [6, 0],
  'ini/php.ini': [10, 0],
  'ini/setup.cfg': [11, 2],
  'ini/supervisord.conf': [6, 0],
  'json/appsettings.Production.json': [11, 0],
  'json/devcontainer.jsonc': [6, 0],
  'json/local.settings.json': [6, 0],
  'json/taskdef.json': [11, 0],
  'properties/application.properties': [8, 0],
  'properties/gradle.properties': [8, 0],
  'properties/kafka.properties': [5, 0],
  'properties/log4j2.properties': [6, 0],
  'properties/messages_de.properties': [8, 0],
  'properties/windows.properties': [3, 0],
  'toml/Cargo.toml': [17, 0],
  'toml/config.toml': [14, 0],
  'toml/fnox.toml': [10, 0],
  'toml/netlify.toml': [9, 0],
  'toml/pyproject.toml': [19, 0],
  'yaml/application.yml': [8, 0],
  'yaml/docker-compose.yml': [14, 2],
  'yaml/github-workflow.yaml': [10, 0],
  'yaml/secret.yaml': [14, 0],
  'yaml/values.yaml': [12, 1],
};

/** A text as editors on other machines would have it. */
const variants: Record<string, (text: string) => string> = {
  'as it is': (text) => text,
  'with CRLF': (text) => text.replace(/\r?\n/g, '\r\n'),
  'with a byte order mark': (text) => `\uFEFF${text}`,
};

type Leaf = readonly [path: string, value: unknown];

/** The values by well-known parsers; some give only the texts. */
const oracles: Partial<Record<string, (text: string) => readonly Leaf[]>> = {
  '.env': (text) => Object.entries(dotenv.parse(text)),
  'JSON': (text) => leavesOf(parseJson(text)),
  'YAML': (text) => parseAllDocuments(text, { schema: 'failsafe' }).flatMap((document) => leavesOf(document.toJS())),
  'TOML': (text) => leavesOf(parseToml(text)).filter(([, value]) => typeof value === 'string'),
  'Java properties': (text) => Object.entries(parseProperties(text)),
};

function leavesOf(node: unknown, path: readonly string[] = []): readonly Leaf[] {
  if (node === null || typeof node !== 'object') return node === null || node === '' ? [] : [[path.join('.'), node]];
  return Object.entries(node).flatMap(([key, value]) => leavesOf(value, [...path, key]));
}

function pathOf({ keyPath }: ValueEntry): string {
  return keyPath.join('.');
}

function load(name: string): { text: string; format: FileFormat } {
  const format = formatFor(name.split('/').at(-1) ?? '', 'plaintext');
  assert.ok(format, `no format for ${name}`);
  return { text: readFileSync(new URL(name, folder), 'utf8'), format };
}

describe('a file as people have it', () => {
  it('is one of the corpus', () => {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) => `${each.parentPath.split(/[/\\]/).filter(Boolean).at(-1)}/${each.name}`);
    assert.deepEqual(names.sort(), Object.keys(counts).sort());
  });

  for (const [name, expected] of Object.entries(counts)) {
    it(`has all its values found: ${name}`, async () => {
      const { text, format } = load(name);
      const entries = (await format.load()).parse(text);
      assert.deepEqual([entries.length, entries.filter(({ refusal }) => refusal !== undefined).length], expected);
    });

    for (const [variant, vary] of Object.entries(variants)) {
      it(`keeps every other byte and value, ${variant}: ${name}`, async () => {
        const { text, format } = load(name);
        const codec = await format.load();
        const varied = vary(text);
        const before = codec.parse(varied);
        for (const [index, entry] of before.entries()) {
          if (entry.refusal !== undefined) continue;
          checkReplacement(codec, varied, index, token);
          checkReplacement(codec, applyEditsTo(varied, [replaceValue(entry, token)]), index, entry.value);
        }
        const free = (each: ValueEntry) => each.refusal === undefined;
        const encrypted = applyEditsTo(varied, before.filter(free).map((entry) => replaceValue(entry, token)));
        const tokens = codec.parse(encrypted).filter(free);
        assert.ok(tokens.every(({ value }) => value === token));
        const values = before.filter(free).map(({ value }) => value);
        const decrypted = applyEditsTo(encrypted, tokens.map((entry, index) => replaceValue(entry, values[index] ?? '')));
        assert.deepEqual(
          codec.parse(decrypted).map((entry) => [pathOf(entry), entry.value]),
          before.map((entry) => [pathOf(entry), entry.value]),
        );
      });
    }

    const { text, format } = load(name);
    const read = oracles[format.name];
    if (read !== undefined) {
      it(`is read as a well-known parser reads it: ${name}`, async () => {
        const entries = (await format.load()).parse(text);
        const paths = new Set(entries.map(pathOf));
        // An alias gives the values of its anchor to the parser, but has none of its own here.
        const expected = read(text).filter(([path]) => format.name !== 'YAML' || paths.has(path));
        assert.ok(expected.length > 0);
        for (const [path, value] of expected) {
          assert.ok(entries.some((entry) => pathOf(entry) === path && entry.value === String(value)), path);
        }
      });
    }
    if (format.name === 'HCL') {
      it(`has no text where the grammar of tree-sitter has none: ${name}`, async () => {
        const found = (await hclStrings())(text).map(({ offset }) => offset);
        const texts = (await format.load()).parse(text).filter(({ refusal, valueRange }) => refusal === undefined && text[valueRange.offset] === '"');
        assert.deepEqual(texts.filter(({ valueRange }) => !found.includes(valueRange.offset)), []);
      });
    }
  }
});
