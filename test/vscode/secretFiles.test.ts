import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { toBase64 } from '../../src/core/secrets/base64.ts';
import { decryptValue } from '../../src/features/secretFiles/commands/decryptValue.ts';
import { encryptValue } from '../../src/features/secretFiles/commands/encryptValue.ts';
import { writeSetting } from '../../src/features/shared/readSetting.ts';
import { acceptFirstRow, assertRefused, closeFiles, makeSecretFixture, openFile, setContext, type SecretFixture } from './secretFixture.ts';

const home = 'us-east-1';

interface FileCase {
  readonly name: string;
  readonly text: string;
  /** Where the cursors stand: at the start of these texts. */
  readonly cursors: readonly string[];
  /** The file with an expression for each ciphertext. */
  readonly encrypted: RegExp;
}

const token = '(AQICAH[A-Za-z0-9+/=]+)';
const cases: Record<string, FileCase> = {
  'a .env file with CRLF, comments and quotes': {
    name: '*.env',
    text: '# orders\r\nexport DB_PASSWORD="s3cr3t # not a comment" # keep\r\nPORT=8080\r\n',
    cursors: ['s3cr3t'],
    encrypted: new RegExp(`^# orders\r\nexport DB_PASSWORD="${token}" # keep\r\nPORT=8080\r\n$`),
  },
  'a JSON file with comments and a byte order mark': {
    name: 'settings-*.jsonc',
    text: '\uFEFF{\n\t// keep\n\t"db": { "password": "p\\"w\\u00e9" }, \n}\n',
    cursors: ['"password"'],
    encrypted: new RegExp(`^\uFEFF{\n\t// keep\n\t"db": { "password": "${token}" }, \n}\n$`),
  },
  'a YAML file with a literal block and single quotes': {
    name: 'values-*.yaml',
    text: "db:\n  password: 'it''s'   # keep\n  key: |\n    line 1\n    line 2\nport: 5432\n",
    cursors: ["'it''s'", 'line 1'],
    encrypted: new RegExp(`^db:\n  password: '${token}'   # keep\n  key: \\|-\n    ${token}\nport: 5432\n$`),
  },
};

describe('A value of a configuration file', () => {
  let fixture: SecretFixture;
  let key: string;

  before(async () => {
    await vscode.extensions.getExtension('kms-explorer.kms-explorer')?.activate();
    fixture = await makeSecretFixture([home]);
    key = await fixture.newKey(home);
    await setContext({});
  });
  afterEach(closeFiles);
  after(async () => {
    await setContext(undefined);
    fixture.dispose();
  });

  const encrypted = async (plaintext: string) => toBase64(await fixture.encrypt(home, key, plaintext));
  const lensTitles = async ({ uri }: vscode.TextDocument) => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
    return lenses.map((lens) => lens.command?.title ?? '').sort();
  };

  for (const [what, { name, text, cursors, encrypted: expected }] of Object.entries(cases)) {
    it(`of ${what} is encrypted, undone and decrypted with every other byte kept`, async () => {
      const file = await openFile(name, text);
      file.putCursors(...cursors);
      await acceptFirstRow(encryptValue(fixture.parts, undefined));
      const saved = (await file.save()).toString();
      assert.match(saved, expected);
      await vscode.commands.executeCommand('undo');
      assert.equal((await file.save()).toString(), text);
      await vscode.commands.executeCommand('redo');
      const tokens = expected.exec(saved)?.slice(1) ?? [];
      file.putCursors(...tokens);
      await decryptValue(fixture.parts, undefined);
      assert.equal((await file.save()).toString(), text.replace('\\u00e9', 'é'));
    });
  }

  it('is decrypted where its CodeLens stands', async () => {
    const file = await openFile('*.env', `A=1\nB="${await encrypted('hunter2')}"\n`);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', file.document.uri, 100);
    const lens = lenses.find(({ command }) => command?.command === 'kmsExplorer.decryptValue');
    const [position] = (lens?.command?.arguments ?? []) as [Parameters<typeof decryptValue>[1]];
    assert.equal(lens?.range.start.line, 1);
    await decryptValue(fixture.parts, position);
    assert.equal((await file.save()).toString(), 'A=1\nB="hunter2"\n');
  });

  it('has CodeLenses only over ciphertexts, and none when they are switched off', async () => {
    const text = `a: ${await encrypted('x')}\nb: plain\nc: [${await encrypted('y')}]\n`;
    const file = await openFile('lens-*.yaml', text);
    const both = ['$(unlock) Decrypt', '$(unlock) Decrypt', 'encrypted with KMS', 'encrypted with KMS'];
    assert.deepEqual(await lensTitles(file.document), both);
    await writeSetting('kmsExplorer.codeLens.enabled', false);
    assert.deepEqual(await lensTitles(file.document), []);
    await writeSetting('kmsExplorer.codeLens.enabled', undefined);
    const other = await openFile('lens-*.txt', text);
    assert.deepEqual(await lensTitles(other.document), []);
  });

  it('has no CodeLens in a file that cannot be read', async () => {
    const file = await openFile('lens-*.json', `{"a": "${await encrypted('x')}", `);
    assert.deepEqual(await lensTitles(file.document), []);
  });

  const refused: Record<string, { name: string; text: string; cursor: string; code: 'NO_VALUE_HERE' | 'UNSUPPORTED_FILE' | 'PARSE_ERROR' | 'EDIT_REFUSED'; message: RegExp }> = {
    'must be there': { name: '*.env', text: '# only a comment\nA=1\n', cursor: 'only', code: 'NO_VALUE_HERE', message: /line 1/ },
    'must be in a known format': { name: 'notes-*.txt', text: 'A=1', cursor: 'A', code: 'UNSUPPORTED_FILE', message: /\.env, JSON, YAML/ },
    'must be in a file without syntax errors': {
      name: 'broken-*.json',
      text: '{\n "a": "hunter2"\n "b": 1}',
      cursor: 'hunter2',
      code: 'PARSE_ERROR',
      message: /line 3, column 2/,
    },
    'must not be repeated by an alias': {
      name: 'alias-*.yaml',
      text: 'a: &x hunter2\nb: *x\n',
      cursor: 'hunter2',
      code: 'EDIT_REFUSED',
      message: /The value of a on line 1: The value has an anchor/,
    },
  };
  for (const [what, { name, text, cursor, code, message }] of Object.entries(refused)) {
    it(`${what} to be encrypted`, async () => {
      const file = await openFile(name, text);
      file.putCursors(cursor);
      await assertRefused(encryptValue(fixture.parts, undefined), file.document, code, message);
      assert.equal(await readFile(file.path, 'utf8'), text);
    });
  }

  it('is not encrypted twice', async () => {
    const file = await openFile('*.env', `A=${await encrypted('x')}\n`);
    file.putCursors('A=');
    await assertRefused(encryptValue(fixture.parts, undefined), file.document, 'EDIT_REFUSED', /value of A .*encrypted already/);
  });

  it('is not decrypted when it is no ciphertext', async () => {
    const file = await openFile('*.env', 'A=hunter2\n');
    file.putCursors('A=');
    await assertRefused(decryptValue(fixture.parts, undefined), file.document, 'NOT_CIPHERTEXT', /value of A on line 1 is no KMS ciphertext/);
  });

  it('is not overwritten when the document changed while the key was picked', async () => {
    const file = await openFile('*.env', 'A=hunter2\n');
    file.putCursors('A=');
    const command = encryptValue(fixture.parts, undefined);
    await file.editor.edit((edit) => {
      edit.insert(new vscode.Position(1, 0), 'B=typed meanwhile\n');
    });
    await assert.rejects(acceptFirstRow(command), { code: 'DOCUMENT_CHANGED' });
    assert.equal(file.document.getText(), 'A=hunter2\nB=typed meanwhile\n');
  });
});
