import assert from 'node:assert/strict';
import { dotenvCodec } from '../../../src/core/secrets/codecs/dotenvCodec.ts';
import { jsonCodec } from '../../../src/core/secrets/codecs/jsonCodec.ts';
import { formatFor } from '../../../src/core/secrets/fileFormats.ts';
import { applyEditsTo, entryAt, plaintextBytes, plaintextText } from '../../../src/core/secrets/transform.ts';

describe('the text to encrypt', () => {
  it('may have 4096 bytes of UTF-8', () => {
    assert.equal(plaintextBytes('é'.repeat(2048), 'The value').length, 4096);
  });

  const refused: Record<string, { text: string; code: string; message: RegExp }> = {
    'may not have 4097 bytes': { text: `${'é'.repeat(2048)}x`, code: 'PLAINTEXT_TOO_LONG', message: /4097 bytes.*at most 4096/ },
    'may not be empty': { text: '', code: 'NO_VALUE_HERE', message: /^The value is empty/ },
    'may not hold half a surrogate pair': { text: 'a\ud800', code: 'NOT_TEXT', message: /surrogate/ },
  };
  for (const [name, { text, code, message }] of Object.entries(refused)) {
    it(name, () => {
      assert.throws(() => plaintextBytes(text, 'The value'), { code, message });
    });
  }
});

describe('the decrypted text', () => {
  it('keeps a byte order mark', () => {
    assert.equal(plaintextText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), 'The value'), '\uFEFFa');
  });

  it('must be UTF-8', () => {
    assert.throws(() => plaintextText(Uint8Array.of(0xff, 0x61), 'The value'), { code: 'NOT_TEXT', message: /2 bytes/ });
  });
});

describe('edits', () => {
  it('are made in any order', () => {
    const edits = [
      { offset: 0, length: 1, text: 'AAA' },
      { offset: 2, length: 1, text: '' },
    ];
    assert.equal(applyEditsTo('abc', edits), 'AAAb');
    assert.equal(applyEditsTo('abc', edits.toReversed()), 'AAAb');
  });
});

describe('the value under a cursor', () => {
  const env = '# c\r\nA=x # y\r\nB="z"\r\n';
  const json = '{"a": "x", "b": "y"}';
  const rows: { text: string; at: number; path: string | undefined; name: string }[] = [
    { name: 'is the one it stands in', text: env, at: env.indexOf('z'), path: 'B' },
    { name: 'is the one behind it', text: env, at: env.indexOf(' # y'), path: 'A' },
    { name: 'is the one of its key', text: env, at: env.indexOf('A='), path: 'A' },
    { name: 'is the only one of the line', text: env, at: env.indexOf('y'), path: 'A' },
    { name: 'is none on a comment line', text: env, at: 1, path: undefined },
    { name: 'is none after the end', text: env, at: env.length, path: undefined },
    { name: 'is the nearest by key in JSON', text: json, at: json.indexOf('b'), path: 'b' },
    { name: 'is none where two stand on the line', text: json, at: 0, path: undefined },
  ];
  for (const { name, text, at, path } of rows) {
    it(name, () => {
      const entries = (text === env ? dotenvCodec : jsonCodec).parse(text);
      assert.equal(entryAt(text, entries, at)?.keyPath.join('.'), path);
    });
  }
});

describe('the format of a file', () => {
  const rows: [string, string, string | undefined][] = [
    ['.env', 'plaintext', '.env'],
    ['.env.production', 'dotenv', '.env'],
    ['service.env', 'properties', '.env'],
    ['appsettings.json', 'jsonc', 'JSON'],
    ['tsconfig', 'jsonc', 'JSON'],
    ['values.YML', 'helm', 'YAML'],
    ['Untitled-1', 'yaml', 'YAML'],
    ['pyproject.toml', 'plaintext', 'TOML'],
    ['application-prod.properties', 'properties', 'Java properties'],
    ['Untitled-1', 'java-properties', 'Java properties'],
    ['php.ini', 'ini', 'INI'],
    ['setup.cfg', 'properties', 'INI'],
    ['supervisord.conf', 'properties', 'INI'],
    ['nginx.conf', 'properties', undefined],
    ['.gitconfig', 'properties', undefined],
    ['main.tf', 'plaintext', 'HCL'],
    ['prod.auto.tfvars', 'terraform-vars', 'HCL'],
    ['terragrunt.hcl', 'hcl', 'HCL'],
    ['main.tf.json', 'json', 'JSON'],
    ['Untitled-1', 'terraform', 'HCL'],
    ['notes.txt', 'plaintext', undefined],
    ['environment', 'plaintext', undefined],
  ];
  for (const [fileName, languageId, name] of rows) {
    it(`of ${fileName} in ${languageId} is ${name ?? 'unknown'}`, () => {
      assert.equal(formatFor(fileName, languageId)?.name, name);
    });
  }
});
