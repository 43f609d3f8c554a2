import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { toBase64 } from '../../src/core/secrets/base64.ts';
import { sopsOperations as sops } from '../../src/core/secrets/sopsOperations.ts';
import { compareDecrypted } from '../../src/features/secretFiles/compare/compareDecrypted.ts';
import { textAtHead } from '../../src/features/secretFiles/compare/gitHead.ts';
import { ReadOnlyDocuments } from '../../src/features/secretFiles/readOnlyDocuments.ts';
import { sopsToolsOn } from '../../src/features/secretFiles/sops/sopsKeys.ts';
import { eventually } from './eventually.ts';
import { makeSecretFixture, type SecretFixture } from './secretFixture.ts';
import { suiteVariable } from './suiteEnvironment.ts';

const home = 'us-east-1';
const folder = join(suiteVariable('KMS_EXPLORER_TEST_WORKSPACE'), 'repository');
const author = ['-c', 'user.name=suite', '-c', 'user.email=suite@example.com', '-c', 'commit.gpgsign=false'];
const git = (...args: readonly string[]) => execFileSync('git', [...author, ...args], { cwd: folder, stdio: 'pipe' });
const inFolder = (name: string) => vscode.Uri.file(join(folder, name));
const isRepositoryOpen = async () => {
  const problem = await textAtHead(inFolder('gone.yaml')).then(() => '', (error: unknown) => (error instanceof Error ? error.message : ''));
  return problem.includes('no commit yet');
};

describe('Comparing a decrypted file with the last commit', () => {
  let fixture: SecretFixture;
  let documents: ReadOnlyDocuments;
  let key: string;

  before(async () => {
    fixture = await makeSecretFixture([home]);
    documents = new ReadOnlyDocuments('kms-compare-suite');
    key = await fixture.newKey(home);
    await mkdir(folder, { recursive: true });
    git('init', '--quiet');
    await writeFile(inFolder('first.yaml').fsPath, 'a: 1\n');
    // Git looks for a repository around each file that is opened.
    await vscode.window.showTextDocument(inFolder('first.yaml'));
    await eventually('the repository', isRepositoryOpen);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    documents.dispose();
    fixture.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const encrypt = async (text: string) => {
    const tools = sopsToolsOn(fixture.service)(new AbortController().signal);
    return (await sops.encryptFile(text, 'yaml', { groups: [{ kms: [sops.keyUse(key)] }] }, tools)).text;
  };
  const commit = async (files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) await writeFile(inFolder(name).fsPath, text);
    git('add', '.');
    git('commit', '--quiet', '-m', 'State');
    await eventually('the commit', () => textAtHead(inFolder('first.yaml')).then(() => true, () => false));
  };
  const compared = async (name: string) => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(inFolder(name)));
    await compareDecrypted(fixture.parts, documents);
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputTextDiff);
    const texts = await Promise.all([input.original, input.modified].map(async (uri) => (await vscode.workspace.openTextDocument(uri)).getText()));
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    return texts;
  };

  it('says that there is no commit, no such file in it, or no repository', async () => {
    await assert.rejects(textAtHead(inFolder('first.yaml')), /no commit yet/);
    await commit({ 'first.yaml': 'a: 2\n' });
    await assert.rejects(textAtHead(inFolder('new.yaml')), /last commit does not have/);
    await assert.rejects(textAtHead(vscode.Uri.file('/nowhere/a.yaml')), /no git repository/);
  });

  it('shows both sides of a SOPS file, of one with single values, and of one that was not encrypted before', async () => {
    const [one, other] = [toBase64(await fixture.encrypt(home, key, 'one')), toBase64(await fixture.encrypt(home, key, 'two'))];
    await commit({ 'sops.yaml': await encrypt('a: one\n'), 'values.yaml': `a: ${one}\n`, 'plain.yaml': 'a: one\n' });
    await writeFile(inFolder('sops.yaml').fsPath, await encrypt('a: two\n'));
    await writeFile(inFolder('values.yaml').fsPath, `a: ${other}\n`);
    await writeFile(inFolder('plain.yaml').fsPath, await encrypt('a: two\n'));
    for (const name of ['sops.yaml', 'values.yaml', 'plain.yaml']) assert.deepEqual(await compared(name), ['a: one\n', 'a: two\n'], name);
  });
});
