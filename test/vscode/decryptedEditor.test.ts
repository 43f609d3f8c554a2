import assert from 'node:assert/strict';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { DisableKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms';
import * as vscode from 'vscode';
import { decryptedEditorViewType } from '../../src/contributions.ts';
import { sopsOperations as sops } from '../../src/core/secrets/sopsOperations.ts';
import { DecryptedDocument, type DocumentEdit } from '../../src/features/secretFiles/decryptedEditor/decryptedDocument.ts';
import { editDecrypted } from '../../src/features/secretFiles/decryptedEditor/editDecrypted.ts';
import { sopsToolsOn } from '../../src/features/secretFiles/sops/sopsKeys.ts';
import { eventually } from './eventually.ts';
import { closeFiles, makeSecretFixture, openFile, setContext, type OpenFile, type SecretFixture } from './secretFixture.ts';

const home = 'us-east-1';
const text = '# c\r\ndb:\r\n  password: hunter2 # keep\r\n  port: 5432\r\n';
const shown = text.replaceAll('\r\n', '\n');

describe('The editor for a decrypted file', () => {
  let fixture: SecretFixture;
  let key: string;
  const open: DecryptedDocument[] = [];

  before(async () => {
    await vscode.extensions.getExtension('kms-explorer.kms-explorer')?.activate();
    fixture = await makeSecretFixture([home]);
    key = await fixture.newKey(home);
    await setContext({});
  });
  afterEach(async () => {
    for (const document of open.splice(0)) document.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await closeFiles();
  });
  after(async () => {
    await setContext(undefined);
    fixture.dispose();
  });

  const tools = () => sopsToolsOn(fixture.service)(new AbortController().signal);
  const encrypt = async (content: string) => (await sops.encryptFile(content, 'yaml', { groups: [{ kms: [sops.keyUse(key)] }] }, tools())).text;
  const onDisk = async ({ path }: OpenFile) => (await sops.decryptFile(await readFile(path, 'utf8'), 'yaml', tools())).text;
  const openEncrypted = async (content = text, backup?: Uint8Array) => {
    const file = await openFile('whole-*.yaml', await encrypt(content));
    return { file, ...(openDocument(file, backup)) };
  };
  const openDocument = (file: OpenFile, backup?: Uint8Array) => {
    const document = new DecryptedDocument(fixture.parts, vscode.Uri.file(file.path), backup);
    open.push(document);
    const steps: DocumentEdit[] = [];
    document.onDidEdit((step) => steps.push(step));
    const replace = async (from: string, to: string) => {
      const now = await document.current();
      const at = now.text.indexOf(from);
      document.edit(now.revision, [{ from: at, to: at + from.length, insert: to }]);
    };
    return { document, steps, replace };
  };

  it('shows the text, and saves it with the bytes of every other line as they were', async () => {
    const { file, document, steps, replace } = await openEncrypted();
    const before = (await readFile(file.path, 'utf8')).split('\n');
    assert.deepEqual({ ...(await document.current()), revision: 0 }, { text: shown, revision: 0, format: 'yaml', failure: null, readOnly: null, conflict: false });
    await replace('hunter2', 'canary');
    assert.equal(steps.length, 1);
    await document.save();
    assert.equal(await onDisk(file), text.replace('hunter2', 'canary'));
    const after = (await readFile(file.path, 'utf8')).split('\n');
    const changed = after.filter((line, index) => line !== before[index]).map((line) => line.trim().split(':')[0]);
    // The time of the change is in seconds, and may be that of the encryption.
    assert.deepEqual(changed.filter((name) => name !== 'lastmodified'), ['password', 'mac']);
  });

  it('is undone and redone by steps, and reverts to the file', async () => {
    const { document, steps, replace } = await openEncrypted();
    await replace('hunter2', 'one');
    await replace('5432', '1');
    assert.equal(steps.length, 2);
    void steps[1]?.undo();
    assert.equal((await document.current()).text, shown.replace('hunter2', 'one'));
    void steps[0]?.undo();
    assert.equal((await document.current()).text, shown);
    void steps[0]?.redo();
    await document.revert();
    assert.equal((await document.current()).text, shown);
  });

  it('refuses to save broken text, keeps it, and takes no edit of another revision', async () => {
    const { file, document, replace } = await openEncrypted();
    const before = await readFile(file.path, 'utf8');
    await replace('hunter2', '"broken');
    await assert.rejects(document.save(), { code: 'PARSE_ERROR' });
    const now = await document.current();
    assert.match(now.text, /"broken/);
    assert.equal(await readFile(file.path, 'utf8'), before);
    assert.throws(() => { document.edit(now.revision - 1, []); }, { code: 'DOCUMENT_CHANGED' });
  });

  it('keeps its unsaved changes as ciphertext, and has them again, broken as they are', async () => {
    const { file, document, replace } = await openEncrypted();
    await replace('hunter2', '"canary-in-a-backup');
    const target = vscode.Uri.file(`${file.path}.backup`);
    await document.backup(target);
    const bytes = await readFile(target.fsPath);
    await rm(target.fsPath);
    assert.ok(!bytes.includes('canary') && !bytes.includes('5432'));
    const again = openDocument(file, bytes);
    assert.equal((await again.document.current()).text, shown.replace('hunter2', '"canary-in-a-backup'));
    await again.replace('"canary-in-a-backup', 'whole');
    await again.document.save();
    assert.equal(await onDisk(file), text.replace('hunter2', 'whole'));
  });

  it('follows a file that others change, and asks where both changed it', async () => {
    const { file, document, replace } = await openEncrypted();
    await document.current();
    await writeFile(file.path, await encrypt(text.replace('5432', '1')));
    await eventually('the other text', async () => (await document.current()).text.includes('port: 1'));
    await replace('hunter2', 'mine');
    await writeFile(file.path, await encrypt(text.replace('5432', '2')));
    await assert.rejects(document.save(), { code: 'DOCUMENT_CHANGED' });
    assert.equal((await document.current()).conflict, true);
    assert.match(await onDisk(file), /port: 2/);
    await document.keepEdits();
    assert.equal((await document.current()).conflict, false);
    await document.save();
    assert.equal(await onDisk(file), text.replace('hunter2', 'mine').replace('5432', '1'));
  });

  it('asks as well when the file changed while the unsaved changes were a backup', async () => {
    const { file, document, replace } = await openEncrypted();
    await replace('hunter2', 'mine');
    const target = vscode.Uri.file(`${file.path}.backup`);
    await document.backup(target);
    const bytes = await readFile(target.fsPath);
    await rm(target.fsPath);
    document.dispose();
    await writeFile(file.path, await encrypt(text.replace('5432', '2')));
    const again = openDocument(file, bytes).document;
    assert.equal((await again.current()).conflict, true);
    await again.revert();
    assert.deepEqual([(await again.current()).conflict, (await again.current()).text], [false, shown.replace('5432', '2')]);
  });

  it('shows the encrypted text and the reason while it cannot be decrypted, loses no backup, and tries again', async () => {
    const { file, document, replace } = await openEncrypted();
    await replace('hunter2', 'mine');
    const target = vscode.Uri.file(`${file.path}.backup`);
    await document.backup(target);
    const bytes = await readFile(target.fsPath);
    await fixture.client(home).send(new DisableKeyCommand({ KeyId: key }));
    try {
      const again = openDocument(file, bytes).document;
      const now = await again.current();
      assert.equal(now.failure?.code, 'SOPS_NO_KEY');
      assert.match(now.text, /ENC\[AES256_GCM/);
      assert.throws(() => { again.edit(now.revision, []); }, { code: 'READ_ONLY_DOCUMENT' });
      await assert.rejects(again.save(), { code: 'READ_ONLY_DOCUMENT' });
      await again.backup(target);
      assert.deepEqual(await readFile(target.fsPath), bytes);
      await fixture.client(home).send(new EnableKeyCommand({ KeyId: key }));
      assert.equal((await again.retry()).text, shown.replace('hunter2', 'mine'));
    } finally {
      await rm(target.fsPath);
      await fixture.client(home).send(new EnableKeyCommand({ KeyId: key }));
    }
  });

  it('shows a write-protected file for reading alone, and saves it under a name of the same format', async () => {
    const { file, document, replace } = await openEncrypted();
    await chmod(file.path, 0o444);
    const now = await document.current();
    assert.match(now.readOnly ?? '', /read-only/);
    await assert.rejects(replace('hunter2', 'x'), { code: 'READ_ONLY_DOCUMENT' });
    const copy = vscode.Uri.file(file.path.replace('.yaml', '-copy.yaml'));
    await document.saveAs(copy);
    assert.equal(await readFile(copy.fsPath, 'utf8'), await readFile(file.path, 'utf8'));
    await rm(copy.fsPath);
    await assert.rejects(document.saveAs(vscode.Uri.file(`${file.path}.toml`)), { code: 'EDIT_REFUSED' });
  });

  it('opens by command, for a saved file of SOPS alone', async () => {
    const plain = await openFile('plain-*.yaml', 'a: 1\n');
    await assert.rejects(editDecrypted(), { code: 'SOPS_INVALID' });
    const { file } = await openEncrypted();
    await file.editor.edit((edit) => { edit.insert(new vscode.Position(0, 0), '# x\n'); });
    await assert.rejects(editDecrypted(), { code: 'EDIT_REFUSED' });
    await file.save();
    await editDecrypted();
    const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await eventually('the tab', () => Promise.resolve(tabs().some(({ input }) => input instanceof vscode.TabInputCustom && input.viewType === decryptedEditorViewType)));
    assert.ok(plain.path !== file.path);
  });
});
