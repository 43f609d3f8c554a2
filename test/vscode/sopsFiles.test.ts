import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { sopsOperations as sops } from '../../src/core/secrets/sopsOperations.ts';
import type { TextFormat } from '../../src/features/secretFiles/sops/sopsDocument.ts';
import { copyDecrypted, makeSecretClipboard } from '../../src/features/secretFiles/commands/copyDecrypted.ts';
import { editValue } from '../../src/features/secretFiles/commands/editValue.ts';
import { encryptUnderKey } from '../../src/features/secretFiles/commands/encryptMany.ts';
import { encryptValue } from '../../src/features/secretFiles/commands/encryptValue.ts';
import { peekDecrypted } from '../../src/features/secretFiles/commands/peekDecrypted.ts';
import { ReadOnlyDocuments } from '../../src/features/secretFiles/readOnlyDocuments.ts';
import { decryptSopsFile, encryptSopsFile } from '../../src/features/secretFiles/sops/sopsFileCommands.ts';
import { addSopsKey, removeSopsKey, resealSopsFile, rotateSopsDataKey, updateSopsKeys } from '../../src/features/secretFiles/sops/sopsKeyCommands.ts';
import { sopsToolsOn } from '../../src/features/secretFiles/sops/sopsKeys.ts';
import { eventually } from './eventually.ts';
import { acceptFirstRow, assertRefused, closeFiles, makeSecretFixture, openFile, setContext, type SecretFixture } from './secretFixture.ts';
import { suiteVariable } from './suiteEnvironment.ts';

const home = 'us-east-1';
const abroad = 'eu-west-1';
const texts: Record<string, { name: string; format: TextFormat; text: string; at: string }> = {
  YAML: { name: 'sops-*.yaml', format: 'yaml', text: '# c\ndb:\n  password: hunter2 # keep\n  port: 5432\nnote_unencrypted: plain\n', at: 'password' },
  JSON: { name: 'sops-*.json', format: 'json', text: '{\n\t"db": {\n\t\t"password": "hunter2",\n\t\t"port": 5432\n\t}\n}\n', at: 'password' },
  '.env': { name: 'sops-*.env', format: 'dotenv', text: '# c\nDB_PASSWORD=hunter2\nPORT=5432\n', at: 'DB_PASSWORD' },
  INI: { name: 'sops-*.ini', format: 'ini', text: '[db]\npassword = hunter2\nport     = 5432\n', at: 'password' },
};
const yes = () => Promise.resolve(true);
const no = () => Promise.resolve(false);

describe('A file of SOPS', () => {
  let fixture: SecretFixture;
  let key: string;
  let documents: ReadOnlyDocuments;
  const config = join(suiteVariable('KMS_EXPLORER_TEST_WORKSPACE'), '.sops.yaml');

  before(async () => {
    await vscode.extensions.getExtension('kms-explorer.kms-explorer')?.activate();
    fixture = await makeSecretFixture([home, abroad]);
    key = await fixture.newKey(home);
    documents = new ReadOnlyDocuments('kms-sops-suite');
    await setContext({});
  });
  afterEach(async () => {
    await rm(config, { force: true });
    await setContext({});
    await closeFiles();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(async () => {
    await setContext(undefined);
    documents.dispose();
    fixture.dispose();
  });

  const tools = () => sopsToolsOn(fixture.service)(new AbortController().signal);
  const plaintextOf = async ({ document }: { document: vscode.TextDocument }, format: TextFormat = 'yaml') => (await sops.decryptFile(document.getText(), format, tools())).text;
  const keysOf = async ({ document }: { document: vscode.TextDocument }) =>
    (await sops.readSopsFile(document.getText(), 'yaml')).metadata.groups.map(({ kms }) => kms.map(({ arn }) => arn));
  const openEncrypted = async (row: (typeof texts)[string], arns = [key]) => {
    const plan = { groups: [{ kms: arns.map((arn) => sops.keyUse(arn)) }] };
    return openFile(row.name, (await sops.encryptFile(row.text, row.format, plan, tools())).text);
  };
  const yaml = texts['YAML']!;

  for (const [what, row] of Object.entries(texts)) {
    it(`in ${what} is encrypted under a picked key with its context, peeked at, edited by one value, and decrypted`, async () => {
      await setContext({ app: 'orders' });
      const file = await openFile(row.name, row.text);
      await acceptFirstRow(encryptSopsFile(fixture.parts));
      assert.ok(!file.document.getText().includes('hunter2'));
      assert.ok(file.document.getText().includes('orders'));
      assert.equal(await plaintextOf(file, row.format), row.text);

      await peekDecrypted(fixture.parts, documents);
      assert.equal(vscode.window.activeTextEditor?.document.getText(), row.text);
      await vscode.window.showTextDocument(file.document);

      file.putCursors(row.at);
      await editValue(fixture.parts, undefined, (now) => Promise.resolve(`${now}-new`));
      assert.equal(await plaintextOf(file, row.format), row.text.replace('hunter2', 'hunter2-new'));

      const encrypted = file.document.getText();
      await decryptSopsFile(fixture.parts, no);
      assert.equal(file.document.getText(), encrypted);
      await decryptSopsFile(fixture.parts, yes);
      assert.equal(file.document.getText(), row.text.replace('hunter2', 'hunter2-new'));
      await vscode.commands.executeCommand('undo');
      assert.equal(file.document.getText(), encrypted);
    });
  }

  it('is edited by one value with one call that decrypts, and keeps the types and the bytes of the others', async () => {
    const file = await openEncrypted(yaml);
    const before = file.document.getText().split('\n');
    const asked: string[] = [];
    const { service } = fixture;
    const counting = { ...fixture.parts, connection: { ...fixture.parts.connection, keyService: () => Promise.resolve({ ...service, region: service.region, decryptWith: (...args: Parameters<typeof service.decryptWith>) => {
      asked.push(args[0]);
      return service.decryptWith(...args);
    } }) } };
    file.putCursors('port');
    await editValue(counting, undefined, () => Promise.resolve('6543'));
    assert.deepEqual(asked, [home]);
    assert.equal(await plaintextOf(file), yaml.text.replace('5432', '6543'));
    const changed = file.document.getText().split('\n').filter((line, index) => line !== before[index]);
    assert.ok(changed.every((line) => /port|lastmodified|mac/.test(line)), changed.join('\n'));
  });

  it('is encrypted for the keys and by the rule of .sops.yaml, in their own Regions', async () => {
    const other = await fixture.newKey(abroad);
    await writeFile(config, `creation_rules:\n  - path_regex: ^other\n    kms: x\n  - path_regex: ^sops-\n    encrypted_regex: ^password$\n    key_groups:\n      - kms:\n          - arn: ${key}\n            context: {app: orders}\n          - arn: ${other}\n`);
    const file = await openFile(yaml.name, yaml.text);
    await acceptFirstRow(encryptSopsFile(fixture.parts));
    assert.match(file.document.getText(), /port: 5432\nnote_unencrypted: plain\n/);
    assert.deepEqual(await keysOf(file), [[key, other]]);
    assert.equal(await plaintextOf(file), yaml.text);
  });

  it('is not encrypted when no rule of .sops.yaml matches, or one is wrong', async () => {
    await writeFile(config, `creation_rules:\n  - path_regex: ^other\n    kms: ${key}\n`);
    const file = await openFile(yaml.name, yaml.text);
    await assertRefused(encryptSopsFile(fixture.parts), file.document, 'SOPS_INVALID', /No creation rule of \.sops\.yaml matches sops-/);
    await writeFile(config, `creation_rules:\n  - path_regex: (?<=x)\n    kms: ${key}\n`);
    await assertRefused(encryptSopsFile(fixture.parts), file.document, 'SOPS_INVALID', /Line 2 of \.sops\.yaml/);
  });

  it('gets a new data key, another KMS key, and loses one', async () => {
    const file = await openEncrypted(yaml);
    const before = file.document.getText();
    await rotateSopsDataKey(fixture.parts);
    const rotated = file.document.getText();
    assert.notEqual(/password: (\S+)/.exec(rotated)?.[1], /password: (\S+)/.exec(before)?.[1]);
    const other = await fixture.newKey(abroad);
    await acceptFirstRow(addSopsKey(fixture.parts));
    assert.deepEqual(await keysOf(file), [[key, other]]);
    await acceptFirstRow(removeSopsKey(fixture.parts));
    assert.deepEqual(await keysOf(file), [[other]]);
    assert.equal(await plaintextOf(file), yaml.text);
    await assertRefused(acceptFirstRow(removeSopsKey(fixture.parts)), file.document, 'SOPS_INVALID', /last key of its group/);
  });

  it('gets the keys of .sops.yaml when the user has seen what that changes', async () => {
    const file = await openEncrypted(yaml);
    await assertRefused(updateSopsKeys(fixture.parts, yes), file.document, 'SOPS_INVALID', /No \.sops\.yaml/);
    const other = await fixture.newKey(abroad);
    await writeFile(config, `creation_rules:\n  - key_groups:\n      - kms:\n          - arn: ${other}\n            context: { app: orders }\n`);
    const before = file.document.getText();
    const asked: string[] = [];
    await updateSopsKeys(fixture.parts, (question, detail) => {
      asked.push(question, detail);
      return Promise.resolve(false);
    });
    assert.equal(file.document.getText(), before);
    assert.match(asked[0] ?? '', /^Give sops-.*the keys of \.sops\.yaml\?$/);
    assert.equal(asked[1], `+ ${other} context app=orders\n− ${key}`);
    await updateSopsKeys(fixture.parts, yes);
    assert.deepEqual(await keysOf(file), [[other]]);
    assert.equal(await plaintextOf(file), yaml.text);
    const updated = file.document.getText();
    await updateSopsKeys(fixture.parts, () => Promise.reject(new Error('Nothing is to be asked.')));
    assert.equal(file.document.getText(), updated);
  });

  it('that names a role for its key is decrypted with the backend’s own credentials, and says so when neither may', async () => {
    const role = 'arn:aws:iam::111122223333:role/nobody';
    const use = sops.keyUse(key, { role, awsProfile: 'ci' });
    const file = await openFile(yaml.name, (await sops.encryptFile(yaml.text, 'yaml', { groups: [{ kms: [use] }] }, tools())).text);
    assert.equal(await plaintextOf(file), yaml.text);
    file.putCursors('port');
    await editValue(fixture.parts, undefined, () => Promise.resolve('6543'));
    assert.match(file.document.getText(), /role: arn:aws:iam::111122223333:role\/nobody/);
    assert.match(file.document.getText(), /aws_profile: ci/);
    await file.editor.edit((edit) => {
      const at = file.document.getText().indexOf(key);
      edit.replace(new vscode.Range(file.document.positionAt(at), file.document.positionAt(at + key.length)), `${key.slice(0, -12)}000000000000`);
    });
    await assertRefused(decryptSopsFile(fixture.parts, yes), file.document, 'SOPS_NO_KEY', /Nor could the profile ci, the role arn:aws:iam::111122223333:role\/nobody, which the file names/);
  });

  it('that was changed by hand is refused, and sealed again when the user says so', async () => {
    const file = await openEncrypted(yaml);
    await file.editor.edit((edit) => {
      const line = file.document.getText().split('\n').findIndex((each) => each.includes('note_unencrypted'));
      edit.insert(new vscode.Position(line, 'note_unencrypted: '.length), 'not ');
    });
    await assertRefused(decryptSopsFile(fixture.parts, yes), file.document, 'SOPS_MAC_MISMATCH', /MAC/);
    await resealSopsFile(fixture.parts, no);
    await assert.rejects(plaintextOf(file), { code: 'SOPS_MAC_MISMATCH' });
    await resealSopsFile(fixture.parts, yes);
    assert.equal(await plaintextOf(file), yaml.text.replace('plain', 'not plain'));
  });

  it('has a value that was written by hand encrypted as its rule says', async () => {
    const file = await openEncrypted(yaml);
    await file.editor.edit((edit) => {
      edit.insert(new vscode.Position(1, 0), 'token: abc\n');
    });
    file.putCursors('token');
    await encryptValue(fixture.parts, undefined);
    assert.match(file.document.getText(), /\ntoken: ENC\[AES256_GCM,/);
    assert.equal(await plaintextOf(file), yaml.text.replace('# c\n', '# c\ntoken: abc\n'));
    file.putCursors('note_unencrypted');
    await assertRefused(encryptValue(fixture.parts, undefined), file.document, 'SOPS_UNSUPPORTED', /does not select the value/);
    await assertRefused(acceptFirstRow(encryptUnderKey(fixture.parts)), file.document, 'EDIT_REFUSED', /encrypted by SOPS/);
  });

  it('gives one value to the clipboard', async () => {
    const file = await openEncrypted(yaml);
    file.putCursors('password');
    const clipboard = makeSecretClipboard();
    await copyDecrypted(fixture.parts, undefined, clipboard);
    assert.equal(await vscode.env.clipboard.readText(), 'hunter2');
    await clipboard.empty();
    assert.equal(await vscode.env.clipboard.readText(), '');
  });

  it('is left as it is where SOPS takes it for binary, and where a byte order mark would be text', async () => {
    const binary = await openFile('sops-*.toml', 'a = 1\n');
    await assertRefused(encryptSopsFile(fixture.parts), binary.document, 'SOPS_UNSUPPORTED', /binary file by its name/);
    const marked = await openFile('sops-*.env', '\uFEFFA=1\n');
    await assertRefused(encryptSopsFile(fixture.parts), marked.document, 'SOPS_UNSUPPORTED', /byte order mark/);
  });

  it('says which of its keys failed when none decrypts', async () => {
    const file = await openEncrypted(yaml);
    await file.editor.edit((edit) => {
      const at = file.document.getText().indexOf(key);
      edit.replace(new vscode.Range(file.document.positionAt(at), file.document.positionAt(at + key.length)), `${key.slice(0, -12)}000000000000`);
    });
    await assertRefused(decryptSopsFile(fixture.parts, yes), file.document, 'SOPS_NO_KEY', /000000000000/);
  });

  it('has wrong expressions of .sops.yaml pointed out', async () => {
    await writeFile(config, `creation_rules:\n  - path_regex: (?=x)\n    kms: ${key}\n`);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(config));
    await vscode.window.showTextDocument(document);
    const found = () => vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'SOPS');
    await eventually('the diagnostic', () => Promise.resolve(found().length === 1));
    assert.equal(found()[0]?.range.start.line, 1);
    assert.match(found()[0]?.message ?? '', /path_regex/);
  });
});
