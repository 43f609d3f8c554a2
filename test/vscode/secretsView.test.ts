import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { toBase64 } from '../../src/core/secrets/base64.ts';
import { panelUses } from '../../src/features/keyPanel/panelUses.ts';
import { groupItem, secretItem } from '../../src/features/secretFiles/view/secretItems.ts';
import { scanFile, scanWorkspace } from '../../src/features/secretFiles/view/scanWorkspace.ts';
import { WorkspaceSecrets } from '../../src/features/secretFiles/view/workspaceSecrets.ts';
import { usesCount, usesLines } from '../../src/features/shared/secrets/keyUses.ts';
import { learnKey } from '../../src/features/shared/secrets/learnedKeys.ts';
import { makeSecretFixture, type SecretFixture } from './secretFixture.ts';
import { suiteVariable } from './suiteEnvironment.ts';

const home = 'us-east-1';
const folder = join(suiteVariable('KMS_EXPLORER_TEST_WORKSPACE'), 'scan');

describe('The encrypted values of the workspace', () => {
  let fixture: SecretFixture;
  let key: string;
  let token: string;

  before(async () => {
    fixture = await makeSecretFixture([home]);
    key = await fixture.newKey(home);
    token = toBase64(await fixture.encrypt(home, key, 'hunter2'));
    await mkdir(join(folder, 'node_modules'), { recursive: true });
    await writeFile(join(folder, 'a.yaml'), `x: 1\nlist:\n  - ${token}\n`);
    await writeFile(join(folder, 'b.tfvars'), `y = "${token}"\n`);
    await writeFile(join(folder, 'broken.json'), `{"a": "${token}"`);
    await writeFile(join(folder, 'node_modules', 'c.json'), JSON.stringify({ z: token }));
    await writeFile(join(folder, 'notes.txt'), token);
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
    fixture.dispose();
  });

  const scan = async () => {
    const source = new vscode.CancellationTokenSource();
    const counts: number[] = [];
    const found = await scanWorkspace(source.token, (done) => counts.push(done));
    const inFolder = [...found.values()].flat().filter(({ uri }) => uri.path.includes('/scan/'));
    return { counts, inFolder, files: found.size };
  };

  it('are found in files of every format, apart from excluded and broken ones', async () => {
    const { counts, inFolder, files } = await scan();
    const places = inFolder.map(({ uri, keyPath, line, character }) => [uri.path.split('/').at(-1), keyPath.join('.'), line, character]);
    assert.deepEqual(places.sort(), [['a.yaml', 'list.0', 2, 4], ['b.tfvars', 'y', 0, 4]]);
    assert.deepEqual(counts.at(-1), files);
  });

  it('are not looked for any further once that is cancelled', async () => {
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    assert.equal((await scanWorkspace(source.token, () => undefined)).size, 0);
  });

  it('are found in 10,000 files with progress, and the search ends soon after it is cancelled', async function () {
    this.timeout(120_000);
    const many = join(folder, 'many');
    await mkdir(many, { recursive: true });
    await Promise.all(Array.from({ length: 10_000 }, (_, index) => writeFile(join(many, `${index}.env`), index % 100 === 0 ? `A=${token}\n` : 'A=1\n')));
    try {
      const source = new vscode.CancellationTokenSource();
      let last = 0;
      const partly = await scanWorkspace(source.token, (done) => {
        last = done;
        if (done === 500) source.cancel();
      });
      assert.ok(last >= 500 && last < 520, `${last} files were read`);
      assert.ok(partly.size < 520);
      const { counts, inFolder, files } = await scan();
      assert.ok(files > 10_000);
      assert.deepEqual(counts, Array.from({ length: files }, (_, index) => index + 1));
      assert.equal(inFolder.filter(({ uri }) => uri.path.includes('/many/')).length, 100);
    } finally {
      await rm(many, { recursive: true, force: true });
    }
  });

  it('count as uses of their key once the workspace was read, in files that are saved later, too', async () => {
    const { state } = fixture.parts;
    const secrets = new WorkspaceSecrets(fixture.parts);
    const target = { region: home, arn: key, keyId: key.split('/').at(-1) ?? '', aliasName: undefined };
    const inFolder = () => (secrets.usesOf([target])?.uses ?? []).filter(({ uri }) => uri.path.includes('/scan/')).map(({ uri }) => uri.path.split('/').at(-1));
    try {
      assert.equal(secrets.countOf(target), undefined);
      assert.equal(secrets.usesOf([target]), undefined);
      await secrets.scan();
      assert.equal(secrets.countOf(target), 0, 'The ciphertexts do not name their key.');
      assert.ok((secrets.usesOf([target])?.unnamed ?? 0) >= 2);
      await learnKey(state, await fixture.encrypt(home, key, 'other'), key);
      assert.equal(secrets.countOf(target), inFolder().length);
      assert.deepEqual(inFolder().sort(), ['a.yaml', 'b.tfvars']);
      const file = vscode.Uri.file(join(folder, 'later.yaml'));
      await writeFile(file.fsPath, 'x: 1\n');
      const document = await vscode.workspace.openTextDocument(file);
      const editor = await vscode.window.showTextDocument(document);
      await editor.edit((edit) => {
        edit.insert(new vscode.Position(0, 0), `later: ${token}\nagain: ${token}\n`);
      });
      const changed = new Promise<void>((resolve) => {
        secrets.onDidChange(resolve);
      });
      await document.save();
      await changed;
      assert.deepEqual(inFolder().sort(), ['a.yaml', 'b.tfvars', 'later.yaml', 'later.yaml']);
      const report = secrets.usesOf([target]);
      assert.ok(report !== undefined);
      const shown = { ...report, uses: report.uses.filter(({ uri }) => uri.path.includes('/scan/')), unnamed: 1, withOtherKeys: 1, isComplete: false };
      assert.equal(usesCount(shown), '4 encrypted values in 3 files of this workspace');
      assert.deepEqual(new Set(usesLines(shown).slice(0, 3)), new Set(['scan/a.yaml', 'scan/b.tfvars', 'scan/later.yaml (2 values)']));
      assert.match(usesLines(shown).slice(3).join(' '), /1 of them name other keys.*keys of 1 other values.*ended before all files/);
      assert.deepEqual(usesLines({ ...shown, uses: [] }), []);
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    } finally {
      secrets.dispose();
      await rm(join(folder, 'later.yaml'), { force: true });
    }
  });

  it('of a panel\'s key are listed and opened by their place in the list alone', async () => {
    const secrets = new WorkspaceSecrets(fixture.parts);
    const uses = panelUses({ region: home, arn: key, keyId: key.split('/').at(-1) ?? '', aliasName: undefined }, secrets);
    try {
      assert.deepEqual(uses.list(), { read: false });
      await uses.scan();
      const answer = uses.list();
      assert.ok(answer.read);
      const index = answer.uses.findIndex(({ file }) => file === 'scan/a.yaml');
      assert.deepEqual(answer.uses[index], { file: 'scan/a.yaml', line: 3, name: 'list.0' });
      await uses.open(index);
      assert.equal(vscode.window.activeTextEditor?.selection.active.line, 2);
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await uses.open(answer.uses.length);
      assert.equal(vscode.window.activeTextEditor, undefined);
    } finally {
      secrets.dispose();
    }
  });

  it('of a file that is gone are none', async () => {
    assert.deepEqual(await scanFile(vscode.Uri.file(join(folder, 'gone.env'))), []);
  });

  it('have rows that open them, and rows for their keys', async () => {
    const [secret] = (await scan()).inFolder.filter(({ uri }) => uri.path.endsWith('a.yaml'));
    assert.ok(secret !== undefined);
    const item = secretItem(secret);
    assert.deepEqual([item.label, item.description, item.command?.command], ['list.0', 'scan/a.yaml:3', 'vscode.open']);
    await vscode.commands.executeCommand('vscode.open', ...((item.command?.arguments ?? []) as [vscode.Uri]));
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, 2);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');

    const unnamed = groupItem({ key: undefined, keyHash: secret.keyHash, secrets: [secret] }, fixture.parts.catalog);
    assert.equal(unnamed.label, 'Key not named');
    assert.equal(unnamed.description, `${secret.keyHash?.slice(0, 8)} · 1`);
    const named = groupItem({ key, keyHash: undefined, secrets: [secret, secret] }, fixture.parts.catalog);
    assert.equal(named.label, key.split('/').at(-1));
    assert.equal(named.description, 'us-east-1 · 2');
  });
});
