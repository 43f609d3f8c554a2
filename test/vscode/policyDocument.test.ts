import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CreateAliasCommand, CreateKeyCommand, GetKeyPolicyCommand, KMSClient, ListAliasesCommand, PutKeyPolicyCommand } from '@aws-sdk/client-kms';
import * as vscode from 'vscode';
import { keyServiceFactory } from '../../src/aws/main.ts';
import type { KeyService } from '../../src/core/kms/service/keyService.ts';
import type { KeyTarget } from '../../src/core/kms/keyTarget.ts';
import { findPolicies } from '../../src/features/policyDocument/found/findPolicies.ts';
import { PolicyFileSystem } from '../../src/features/policyDocument/policyFileSystem.ts';
import { keyOfPolicyUri, policyUri } from '../../src/features/policyDocument/policyUri.ts';
import { suiteVariable } from './suiteEnvironment.ts';

const region = 'us-east-1';
const account = '111122223333';
const address = {
  endpoint: suiteVariable('KMS_EXPLORER_TEST_ENDPOINT'),
  region,
  accessKeyId: suiteVariable('KMS_EXPLORER_TEST_ACCESS_KEY_ID'),
  secretAccessKey: suiteVariable('KMS_EXPLORER_TEST_SECRET_ACCESS_KEY'),
};
const root = `arn:aws:iam::${account}:root`;
const statement = { Sid: 'All', Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:*', Resource: '*' };
const textOf = (...statements: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

async function until<Value>(what: string, check: () => Value | undefined): Promise<Value> {
  const end = Date.now() + 5000;
  for (;;) {
    const value = check();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`There was still not: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('Key policies as documents', () => {
  const kms = new KMSClient({ region, endpoint: address.endpoint, credentials: address });
  after(() => {
    kms.destroy();
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  async function createKey(aliasName?: string): Promise<KeyTarget> {
    const { KeyMetadata: metadata } = await kms.send(new CreateKeyCommand({}));
    const { KeyId: keyId = '', Arn: arn = '' } = metadata ?? {};
    if (aliasName !== undefined) await kms.send(new CreateAliasCommand({ AliasName: aliasName, TargetKeyId: keyId }));
    return { region, keyId, arn, aliasName };
  }

  async function storedPolicy({ keyId }: KeyTarget): Promise<string> {
    return (await kms.send(new GetKeyPolicyCommand({ KeyId: keyId }))).Policy ?? '';
  }

  async function openDocument(key: KeyTarget): Promise<vscode.TextEditor> {
    await vscode.commands.executeCommand('kmsExplorer.openKeyPolicy', { key });
    return until('an editor of the policy', () => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document.uri.toString() === policyUri(key).toString() ? editor : undefined;
    });
  }

  async function replaceText({ document }: vscode.TextEditor, text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(edit);
  }

  async function diagnosticsWith({ uri }: vscode.TextDocument, code: string): Promise<vscode.Diagnostic> {
    return until(`a problem ${code}`, () =>
      vscode.languages.getDiagnostics(uri).find((each) => typeof each.code === 'object' && each.code.value === code),
    );
  }

  it('have an address that carries the ARN of the key', async () => {
    const key = await createKey('alias/policies/addressed');
    const uri = policyUri(key);
    assert.equal(uri.path, `/${key.arn}/policies-addressed.kms-policy.json`);
    assert.deepEqual(keyOfPolicyUri(uri), { ...key, aliasName: undefined });
    assert.equal(keyOfPolicyUri(uri.with({ path: '/else.kms-policy.json' })), undefined);
  });

  it('open formatted in VS Code’s JSON editor, and save to KMS', async () => {
    const key = await createKey('alias/policies/edited');
    const editor = await openDocument(key);
    assert.equal(editor.document.languageId, 'json');
    assert.deepEqual(JSON.parse(editor.document.getText()), JSON.parse(await storedPolicy(key)));
    assert.ok(editor.document.lineCount > 5);
    const text = textOf({ ...statement, Sid: 'Saved from a document' });
    await replaceText(editor, text);
    assert.equal(await editor.document.save(), true);
    assert.equal(await storedPolicy(key), text);
    await replaceText(editor, textOf({ ...statement, Sid: 'Saved again' }));
    assert.equal(await editor.document.save(), true);
    assert.match(await storedPolicy(key), /Saved again/);
  });

  it('are looked at while they are edited, with quick fixes', async () => {
    const editor = await openDocument(await createKey());
    await replaceText(editor, textOf({ ...statement, Action: ['kms:*', 'kms:Decryptt'] }));
    const problem = await diagnosticsWith(editor.document, 'KMSP017');
    assert.equal(editor.document.getText(problem.range), '"kms:Decryptt"');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', editor.document.uri, problem.range);
    const fix = actions.find(({ title }) => title.includes('kms:Decrypt'));
    assert.ok(fix?.edit !== undefined, actions.map(({ title }) => title).join());
    await vscode.workspace.applyEdit(fix.edit);
    assert.match(editor.document.getText(), /"kms:Decrypt"/);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('complete actions that the key can do, and tell about them', async () => {
    const editor = await openDocument(await createKey());
    await replaceText(editor, textOf({ ...statement, Action: 'kms:De' }));
    const text = editor.document.getText();
    const position = editor.document.positionAt(text.indexOf('kms:De') + 'kms:De'.length);
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', editor.document.uri, position);
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('kms:Decrypt') && !labels.includes('kms:Sign'), labels.join());
    await replaceText(editor, textOf({ ...statement, Action: 'kms:Decrypt' }));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', editor.document.uri, position);
    const told = hovers.flatMap(({ contents }) => contents.map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))).join('\n');
    assert.match(told, /kms:Decrypt[\s\S]*Access/);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('have the same help in files whose name ends in .kms-policy.json', async () => {
    const file = join(suiteVariable('KMS_EXPLORER_TEST_WORKSPACE'), 'mine.kms-policy.json');
    await writeFile(file, textOf({ ...statement, Action: ['kms:*', 'kms:Nothing'] }));
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    await diagnosticsWith(document, 'KMSP017');
  });

  it('are found in JSON files of any name, and get the same help there', async () => {
    const folder = suiteVariable('KMS_EXPLORER_TEST_WORKSPACE');
    const file = join(folder, 'found policy.json');
    await writeFile(file, textOf({ ...statement, Action: ['kms:*', 'kms:Nothing'] }));
    await writeFile(join(folder, 'identity.json'), textOf({ Effect: 'Allow', Action: 'kms:*', Resource: '*' }));
    const names = (await findPolicies(new vscode.CancellationTokenSource().token)).map(({ uri }) => basename(uri.fsPath));
    assert.ok(names.includes('found policy.json') && !names.includes('identity.json') && !names.includes('package.json'), names.join());
    const document = await vscode.workspace.openTextDocument(file);
    const chosen = vscode.commands.executeCommand('kmsExplorer.findKeyPolicies');
    await until('the picked file open', () => {
      void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return vscode.window.activeTextEditor?.document.fileName === file || undefined;
    });
    await chosen;
    await diagnosticsWith(document, 'KMSP017');
  });

  it('are found in templates, and get the same help there', async () => {
    const file = join(suiteVariable('KMS_EXPLORER_TEST_WORKSPACE'), 'a stack.json');
    const owner = { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } };
    const keyPolicy = { Version: '2012-10-17', Statement: [{ ...statement, Principal: owner }, { ...statement, Action: 'kms:Decryptt' }] };
    await writeFile(file, JSON.stringify({ Resources: { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: keyPolicy } } } }, null, 2));
    const found = (await findPolicies(new vscode.CancellationTokenSource().token)).filter(({ uri }) => uri.fsPath === file);
    assert.deepEqual(found.map(({ part }) => part.path.join('.')), ['Resources.Key.Properties.KeyPolicy']);
    const chosen = vscode.commands.executeCommand('kmsExplorer.findKeyPolicies');
    const editor = await until('the picked file open', () => {
      const input = vscode.window.activeTextEditor;
      if (input?.document.fileName === file) return input;
      void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return undefined;
    });
    await chosen;
    const { document } = editor;
    const mark = await diagnosticsWith(document, 'KMSP017');
    assert.equal(document.getText(mark.range), '"kms:Decryptt"');
    assert.equal(document.getText().slice(document.offsetAt(editor.selection.start)).slice(0, 1), '{');
    const action = document.positionAt(document.getText().indexOf('kms:Decryptt') + 'kms:De'.length);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, action);
    assert.ok(list.items.some(({ label }) => label === 'kms:DescribeKey'));
  });

  it('open with the statement selected that decided on a call', async () => {
    const key = await createKey();
    await kms.send(new PutKeyPolicyCommand({ KeyId: key.keyId, Policy: textOf(statement, { ...statement, Sid: 'Second' }) }));
    await vscode.commands.executeCommand('kmsExplorer.openKeyPolicy', { key, statement: 1 });
    const selected = await until('a selected statement', () => {
      const editor = vscode.window.activeTextEditor;
      return editor === undefined || editor.selection.isEmpty ? undefined : editor.document.getText(editor.selection);
    });
    assert.equal((JSON.parse(selected) as { Sid: string }).Sid, 'Second');
  });

  it('show the live policy beside the edit', async () => {
    const key = await createKey('alias/policies/compared');
    const editor = await openDocument(key);
    await replaceText(editor, textOf({ ...statement, Sid: 'Mine' }));
    await vscode.commands.executeCommand('kmsExplorer.compareKeyPolicy');
    const input = await until('a diff', () => {
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      return tab?.input instanceof vscode.TabInputTextDiff ? tab.input : undefined;
    });
    const live = await vscode.workspace.openTextDocument(input.original);
    assert.deepEqual(JSON.parse(live.getText()), JSON.parse(await storedPolicy(key)));
    assert.equal(input.modified.toString(), editor.document.uri.toString());
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});

describe('The file system of key policies', () => {
  const kms = new KMSClient({ region, endpoint: address.endpoint, credentials: address });
  const log = vscode.window.createOutputChannel('Policy test', { log: true });
  let service: KeyService;
  let files: PolicyFileSystem;
  let uri: vscode.Uri;
  let keyId: string;
  let asked: string[];
  let named: string[];
  let agrees: boolean;
  let types: boolean;
  let conflicts: string[];

  before(async () => {
    service = await keyServiceFactory.connect({ kind: 'emulator', address });
  });
  beforeEach(async () => {
    const { KeyMetadata: metadata } = await kms.send(new CreateKeyCommand({}));
    keyId = metadata?.KeyId ?? '';
    uri = policyUri({ region, keyId, arn: metadata?.Arn ?? '', aliasName: undefined });
    asked = [];
    conflicts = [];
    named = [];
    agrees = false;
    types = false;
    files = new PolicyFileSystem({
      connection: { keyService: () => Promise.resolve(service) },
      log,
      questions: {
        confirm: (message, detail) => {
          asked.push(`${message} ${detail}`);
          return Promise.resolve(agrees);
        },
        confirmByName: (message) => {
          named.push(message);
          return Promise.resolve(types);
        },
      },
      onConflict: (conflict) => conflicts.push(conflict.toString()),
      now: Date.now,
    });
  });
  afterEach(() => {
    files.dispose();
  });
  after(() => {
    service.dispose();
    kms.destroy();
    log.dispose();
  });

  async function stored(): Promise<string> {
    return (await kms.send(new GetKeyPolicyCommand({ KeyId: keyId }))).Policy ?? '';
  }

  async function refuses(text: string, message: RegExp): Promise<void> {
    const before = await stored();
    await assert.rejects(files.writeFile(uri, bytesOf(text)), message);
    assert.equal(await stored(), before);
  }

  it('refuses what KMS refuses for certain, with its place', async () => {
    await files.readFile(uri);
    await refuses('{\n  "Version": "2012-10-17"\n  "Statement": []\n}', /Line 3, column 3: A comma is expected/);
    await refuses(textOf({ ...statement, Sid: 'x'.repeat(33_000) }), /bytes/);
    assert.deepEqual(asked, []);
  });

  it('asks before it sends a policy with other errors', async () => {
    await files.readFile(uri);
    const text = textOf(statement, { ...statement, Action: 'kms:Unheard' });
    await refuses(text, /Nothing was saved/);
    agrees = true;
    await files.writeFile(uri, bytesOf(text));
    assert.equal(await stored(), text);
    assert.equal(asked.length, 2);
  });

  it('asks before its user is locked out for the name of the key, and lets KMS bypass its check then', async () => {
    await files.readFile(uri);
    agrees = true;
    const text = textOf({ ...statement, Action: ['kms:GetKeyPolicy', 'kms:DescribeKey'] });
    await refuses(text, /Nothing was saved/);
    assert.match(named[0] ?? '', /lock yourself out/);
    types = true;
    await files.writeFile(uri, bytesOf(text));
    assert.equal(await stored(), text);
  });

  it('says who gains and who loses what before it sends a policy', async () => {
    await files.readFile(uri);
    const alice = `arn:aws:iam::${account}:user/alice`;
    const text = textOf(statement, { Sid: 'Alice', Effect: 'Allow', Principal: { AWS: alice }, Action: 'kms:Encrypt', Resource: '*' });
    await refuses(text, /Nothing was saved/);
    assert.match(asked[0] ?? '', /changes who may use [\s\S]*Who gains:[\s\S]*alice[\s\S]*Encrypt/);
    assert.doesNotMatch(asked[0] ?? '', /Who loses/);
  });

  it('does not replace a policy that somebody changed, until that one was seen', async () => {
    await files.readFile(uri);
    const theirs = textOf({ ...statement, Sid: 'Theirs' });
    await kms.send(new PutKeyPolicyCommand({ KeyId: keyId, Policy: theirs }));
    await refuses(textOf({ ...statement, Sid: 'Mine' }), /Someone changed this key policy/);
    assert.deepEqual(conflicts, [uri.toString()]);
    files.rebase(uri, theirs);
    await files.writeFile(uri, bytesOf(textOf({ ...statement, Sid: 'Mine' })));
    assert.match(await stored(), /Mine/);
  });

  it('saves nothing by itself', async () => {
    await files.readFile(uri);
    files.willSave(uri, vscode.TextDocumentSaveReason.AfterDelay);
    await refuses(textOf({ ...statement, Sid: 'Delayed' }), /not saved by itself/);
    files.willSave(uri, vscode.TextDocumentSaveReason.Manual);
    await files.writeFile(uri, bytesOf(textOf({ ...statement, Sid: 'By hand' })));
    assert.match(await stored(), /By hand/);
  });

  it('shows policies of AWS managed keys for reading only', async () => {
    const { Aliases: aliases = [] } = await kms.send(new ListAliasesCommand({}));
    keyId = aliases.find(({ AliasName: name, TargetKeyId: id }) => name?.startsWith('alias/aws/') === true && id !== undefined)?.TargetKeyId ?? '';
    uri = policyUri({ region, keyId, arn: `arn:aws:kms:${region}:${account}:key/${keyId}`, aliasName: undefined });
    assert.equal((await files.stat(uri)).permissions, vscode.FilePermission.Readonly);
    assert.match(new TextDecoder().decode(await files.readFile(uri)), /kms:ViaService/);
    await assert.rejects(files.writeFile(uri, bytesOf(textOf(statement))), /AWS managed key/);
  });

  it('knows no file but policies, and tells of a key that is not there', async () => {
    await assert.rejects(async () => files.stat(uri.with({ path: '/else.json' })));
    await assert.rejects(async () => files.readFile(uri.with({ path: uri.path.replace(keyId, '00000000-0000-4000-8000-000000000000') })), (error: unknown) => error instanceof vscode.FileSystemError && error.code === 'FileNotFound');
    for (const act of [() => { files.delete(uri); }, () => { files.rename(uri); }, () => { files.createDirectory(uri); }]) assert.throws(act);
  });

  it('gives a policy that stays the same the same time, and another one a later', async () => {
    const first = await files.stat(uri);
    await files.readFile(uri);
    assert.equal((await files.stat(uri)).mtime, first.mtime);
    await kms.send(new PutKeyPolicyCommand({ KeyId: keyId, Policy: textOf(statement) }));
    await files.readFile(uri);
    assert.ok((await files.stat(uri)).mtime > first.mtime);
  });
});
