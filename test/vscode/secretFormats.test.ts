import assert from 'node:assert/strict';
import { CreateAliasCommand } from '@aws-sdk/client-kms';
import * as vscode from 'vscode';
import { toBase64 } from '../../src/core/secrets/base64.ts';
import { recogniseCiphertext } from '../../src/core/secrets/ciphertextToken.ts';
import { decryptValue } from '../../src/features/secretFiles/commands/decryptValue.ts';
import { encryptValue } from '../../src/features/secretFiles/commands/encryptValue.ts';
import { writeSetting } from '../../src/features/shared/readSetting.ts';
import { acceptFirstRow, assertRefused, closeFiles, makeSecretFixture, openFile, setContext, type SecretFixture } from './secretFixture.ts';

const home = 'us-east-1';
const abroad = 'eu-west-1';
const base64 = '(AQICAH[A-Za-z0-9+/=]+)';

interface FormatCase {
  readonly name: string;
  readonly text: string;
  readonly cursor: string;
  readonly encrypted: RegExp;
}

const cases: Record<string, FormatCase> = {
  'Java properties, with the context in a {cipher} token': {
    name: 'application-*.properties',
    text: '# c\r\nspring.datasource.password : p\\u00e9 w\\\r\n   2\r\nport=1\r\n',
    cursor: 'spring.datasource',
    encrypted: new RegExp(`^# c\r\nspring\\.datasource\\.password : (\\{cipher\\}\\(service=b3JkZXJz\\)${base64})\r\nport=1\r\n$`),
  },
  'an INI file': {
    name: 'service-*.ini',
    text: '; c\n[db]\npassword = hunter2 ; old\nport = 1\n',
    cursor: 'password',
    encrypted: new RegExp(`^; c\n\\[db\\]\npassword = ${base64}( ; old)?\nport = 1\n$`),
  },
  'a TOML file': {
    name: 'settings-*.toml',
    text: "[db]\npassword = 'hunter2' # c\nport = 1\n",
    cursor: 'password',
    encrypted: new RegExp(`^\\[db\\]\npassword = '${base64}' # c\nport = 1\n$`),
  },
  'variables of Terraform': {
    name: 'prod-*.tfvars',
    text: 'region   = "eu-west-1"\npassword = "hun\\"ter2" // c\n',
    cursor: 'password',
    encrypted: new RegExp(`^region   = "eu-west-1"\npassword = "${base64}" // c\n$`),
  },
};

describe('A value in the form that its file is read with', () => {
  let fixture: SecretFixture;
  let key: string;

  before(async () => {
    await vscode.extensions.getExtension('kms-explorer.kms-explorer')?.activate();
    fixture = await makeSecretFixture([home]);
    key = await fixture.newKey(home);
  });
  beforeEach(() => setContext({ service: 'orders' }));
  afterEach(async () => {
    await writeSetting('kmsExplorer.ciphertextMarkers', undefined);
    await closeFiles();
  });
  after(async () => {
    await setContext(undefined);
    fixture.dispose();
  });

  for (const [what, { name, text, cursor, encrypted }] of Object.entries(cases)) {
    it(`is encrypted in ${what}, and decrypted again`, async () => {
      const file = await openFile(name, text);
      const read = () => file.document.getText();
      file.putCursors(cursor);
      await acceptFirstRow(encryptValue(fixture.parts, undefined));
      assert.match(read(), encrypted);
      file.putCursors(cursor);
      await decryptValue(fixture.parts, undefined);
      const back = read();
      await vscode.commands.executeCommand('undo');
      assert.match(read(), encrypted);
      await vscode.commands.executeCommand('undo');
      assert.equal(read(), text);
      assert.ok(back === text || back.includes('p\\u00E9 w2'), back);
    });
  }

  it('of fnox.toml is encrypted under the key of its provider and without a context, and nothing is asked', async () => {
    const ring = await fixture.newKey(abroad);
    const alias = `alias/fnox-${Date.now()}`;
    await fixture.client(abroad).send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: ring }));
    const head = `[providers.kms]\ntype = "aws-kms"\nkey_id = "${alias}"\nregion = "${abroad}"\n[secrets]\n`;
    const file = await openFile('fnox.toml', `${head}TOKEN = { default = "hunter2" }\n`);
    file.putCursors('default');
    await encryptValue(fixture.parts, undefined);
    const [, token = ''] = new RegExp(`TOKEN = \\{ provider = "kms", value = "${base64}" \\}`).exec(file.document.getText()) ?? [];
    const bytes = recogniseCiphertext(token)?.ciphertext ?? new Uint8Array();
    assert.equal((await fixture.service.decrypt(abroad, bytes, {}, new AbortController().signal)).keyArn, ring);
    file.putCursors(token);
    await decryptValue(fixture.parts, undefined);
    assert.equal(file.document.getText(), `${head}TOKEN = { provider = "kms", value = "hunter2" }\n`);
  });

  it('of fnox.toml outside its secrets is refused before anything is asked', async () => {
    const file = await openFile('fnox.local.toml', '[providers.kms]\ntype = "aws-kms"\nkey_id = "alias/x"\n');
    file.putCursors('key_id');
    await assertRefused(encryptValue(fixture.parts, undefined), file.document, 'EDIT_REFUSED', /value of providers\.kms\.key_id .*only the values under "secrets"/);
  });

  it('is refused when the token cannot hold the encryption context', async () => {
    await setContext({ 'a=b': 'x' });
    const file = await openFile('application-*.properties', 'a=hunter2\n');
    file.putCursors('a=');
    await assertRefused(acceptFirstRow(encryptValue(fixture.parts, undefined)), file.document, 'EDIT_REFUSED', /cannot hold this encryption context/);
  });

  it('is decrypted without a context where the one of the settings is not its own', async () => {
    const token = toBase64(await fixture.encrypt(home, key, 'hunter2'));
    const file = await openFile('*.env', `A=${token}\n`);
    file.putCursors('A=');
    await decryptValue(fixture.parts, undefined);
    assert.equal(file.document.getText(), 'A=hunter2\n');
  });

  it('carries the marker that the settings give to its file, and is recognised with any of them', async () => {
    await writeSetting('kmsExplorer.ciphertextMarkers', [{ prefix: 'other:' }, { prefix: 'KMS(', suffix: ')', files: '**/*.env' }]);
    const token = toBase64(await fixture.encrypt(home, key, 'two', { service: 'orders' }));
    const file = await openFile('*.env', `A=one\nB=other:${token}\n`);
    file.putCursors('A=');
    await acceptFirstRow(encryptValue(fixture.parts, undefined));
    assert.match(file.document.getText(), new RegExp(`^A="?KMS\\(${base64}\\)"?\nB=other:`));
    file.putCursors('A=', 'B=');
    await decryptValue(fixture.parts, undefined);
    assert.match(file.document.getText(), /^A="?one"?\nB=two\n$/);
  });

  it('of another tool is neither encrypted nor decrypted, and is named', async () => {
    const file = await openFile('*.yaml', 'a: ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]\n');
    file.putCursors('a:');
    await assertRefused(encryptValue(fixture.parts, undefined), file.document, 'EDIT_REFUSED', /value of a on line 1 is encrypted already\. This is a value of SOPS/);
    await assertRefused(decryptValue(fixture.parts, undefined), file.document, 'NOT_CIPHERTEXT', /This is a value of SOPS\. Its data key stands/);
  });
});
