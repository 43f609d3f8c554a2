import assert from 'node:assert/strict';
import { CreateAliasCommand } from '@aws-sdk/client-kms';
import * as vscode from 'vscode';
import { toBase64 } from '../../src/core/secrets/base64.ts';
import { sopsOperations as sops } from '../../src/core/secrets/sopsOperations.ts';
import { gutterRanges } from '../../src/features/secretFiles/editor/gutterIcons.ts';
import { KeyHints } from '../../src/features/secretFiles/editor/keyHints.ts';
import { entriesOf, entriesOnDemand } from '../../src/features/secretFiles/editor/parsedDocument.ts';
import { SopsBadges } from '../../src/features/secretFiles/editor/sopsBadges.ts';
import { sopsFolding } from '../../src/features/secretFiles/editor/sopsFolding.ts';
import { sopsToolsOn } from '../../src/features/secretFiles/sops/sopsKeys.ts';
import { writeSetting } from '../../src/features/shared/readSetting.ts';
import { learnKey } from '../../src/features/shared/secrets/learnedKeys.ts';
import { eventually } from './eventually.ts';
import { closeFiles, makeSecretFixture, openFile, type OpenFile, type SecretFixture } from './secretFixture.ts';

const home = 'us-east-1';
const signal = new AbortController().signal;

describe('The marks of encrypted values in an editor', () => {
  let fixture: SecretFixture;
  let key: string;
  let token: string;

  before(async () => {
    fixture = await makeSecretFixture([home]);
    key = await fixture.newKey(home);
    token = toBase64(await fixture.encrypt(home, key, 'hunter2'));
    await fixture.client(home).send(new CreateAliasCommand({ AliasName: 'alias/marks/config', TargetKeyId: key }));
  });
  afterEach(async () => {
    for (const id of ['keyHints', 'gutterIcons', 'folding', 'fileBadges'] as const) await writeSetting(`kmsExplorer.${id}.enabled`, undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await closeFiles();
  });
  after(() => {
    fixture.dispose();
  });

  const encrypt = async (text: string, format: 'yaml' | 'dotenv' | 'ini') =>
    (await sops.encryptFile(text, format, { groups: [{ kms: [sops.keyUse(key)] }] }, sopsToolsOn(fixture.service)(signal))).text;
  const hints = async ({ document }: OpenFile) => {
    const provider = new KeyHints(fixture.parts);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    try {
      const found = await provider.provideInlayHints(document, whole, new vscode.CancellationTokenSource().token);
      return found.map(({ label, position }) => [label, position.line]);
    } finally {
      provider.dispose();
    }
  };
  const locks = (editor: vscode.TextEditor) => gutterRanges(editor).map(({ start }) => start.line);

  it('name the key of a value once it is known, and ask KMS for nothing', async () => {
    const file = await openFile('*.yaml', `a: 1\nb: ${token}\n`);
    assert.deepEqual(await hints(file), []);
    await learnKey(fixture.parts.state, Buffer.from(token, 'base64'), key);
    assert.deepEqual(await hints(file), [], 'the alias was not loaded');
    await fixture.parts.catalog.allKeys(signal);
    assert.deepEqual(await hints(file), [['marks/config', 1]]);
    await writeSetting('kmsExplorer.keyHints.enabled', false);
    assert.deepEqual(await hints(file), []);
  });

  it('name the keys of a SOPS file where their ARNs stand, and nothing in a file without a tab', async () => {
    await fixture.parts.catalog.allKeys(signal);
    const file = await openFile('*.yaml', await encrypt('a: one\nb: two\n', 'yaml'));
    const line = file.document.getText().split('\n').findIndex((each) => each.includes('arn:'));
    assert.deepEqual(await hints(file), [['marks/config', line]]);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.deepEqual(await hints(file), []);
  });

  it('put a lock beside each line that is in sight, none in a comparison, and none when they are off', async () => {
    const file = await openFile('*.yaml', `a: 1\nb: ${token}\nc:\n  - ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]\n`);
    await eventually('the locks', () => Promise.resolve(locks(file.editor).join() === '1,3'));
    await writeSetting('kmsExplorer.gutterIcons.enabled', false);
    assert.deepEqual(locks(file.editor), []);
    await writeSetting('kmsExplorer.gutterIcons.enabled', undefined);
    const other = await openFile('*.yaml', `a: ${token}\n`);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('vscode.diff', file.document.uri, other.document.uri);
    await eventually('both sides', () => Promise.resolve(vscode.window.visibleTextEditors.length === 2));
    assert.deepEqual(vscode.window.visibleTextEditors.flatMap(locks), []);
  });

  it('fold the sops part of flat files, and leave other files to VS Code', async () => {
    const file = await openFile('*.env', await encrypt('A=1\nB=2\n', 'dotenv'));
    const lines = file.document.getText().trimEnd().split('\n');
    assert.deepEqual(sopsFolding(file.document)?.map(({ start, end }) => [start, end]), [[2, lines.length - 1]]);
    const folded = await vscode.commands.executeCommand<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', file.document.uri);
    assert.deepEqual(folded.map(({ start, end }) => [start, end]), [[2, lines.length - 1]]);
    await writeSetting('kmsExplorer.folding.enabled', false);
    assert.equal(sopsFolding(file.document), undefined);
    const plain = await openFile('*.ini', '[a]\nx = 1\n');
    assert.equal(sopsFolding(plain.document), undefined);
  });

  it('put a badge on SOPS files that were opened, until they are encrypted no more', async () => {
    const file = await openFile('*.yaml', await encrypt('a: one\n', 'yaml'));
    const badges = new SopsBadges();
    try {
      assert.equal(badges.provideFileDecoration(file.document.uri)?.tooltip, 'Encrypted by SOPS');
      await writeSetting('kmsExplorer.fileBadges.enabled', false);
      assert.equal(badges.provideFileDecoration(file.document.uri), undefined);
      await writeSetting('kmsExplorer.fileBadges.enabled', undefined);
      const changed: (vscode.Uri | undefined)[] = [];
      const subscription = badges.onDidChangeFileDecorations((uri) => changed.push(uri));
      await file.editor.edit((edit) => { edit.replace(new vscode.Range(0, 0, file.document.lineCount, 0), 'a: one\n'); });
      await file.save();
      subscription.dispose();
      assert.equal(badges.provideFileDecoration(file.document.uri), undefined);
      assert.deepEqual(changed.map(String), [file.document.uri.toString()]);
    } finally {
      badges.dispose();
    }
  });

  it('have no lens on the data key of a SOPS file, and a long one is parsed for a hover alone', async () => {
    const content = await encrypt('a: one\n', 'yaml');
    const file = await openFile('*.yaml', content);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', file.document.uri);
    assert.deepEqual(lenses, []);
    assert.notEqual((await entriesOf(file.document)).length, 0);
    const long = await openFile('*.yaml', `# ${'x'.repeat(100_000)}\n${content}`);
    assert.deepEqual(await entriesOf(long.document), []);
    assert.notEqual((await entriesOnDemand(long.document)).length, 0, 'a hover still tells what a value is');
  });
});
