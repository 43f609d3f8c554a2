import assert from 'node:assert/strict';
import { chmod } from 'node:fs/promises';
import { DisableKeyCommand, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import * as vscode from 'vscode';
import { toBase64 } from '../../src/core/secrets/base64.ts';
import { KmsExplorerError } from '../../src/core/kms/errorCode.ts';
import { recogniseCiphertext } from '../../src/core/secrets/ciphertextToken.ts';
import { decryptSelection } from '../../src/features/encryptText/decryptSelection.ts';
import { encryptSelection } from '../../src/features/encryptText/encryptSelection.ts';
import { acceptFirstRow, assertRefused, closeFiles, makeSecretFixture, openFile, setContext, type SecretFixture } from './secretFixture.ts';

const home = 'us-east-1';
const abroad = 'eu-west-1';
/** A Region that is not among the chosen ones. */
const remote = 'ap-southeast-2';

describe('The selection', () => {
  let fixture: SecretFixture;
  let key: string;

  before(async () => {
    fixture = await makeSecretFixture([home, abroad]);
    key = await fixture.newKey(home);
    await setContext({});
  });
  afterEach(async () => {
    await setContext({});
    await closeFiles();
  });
  after(async () => {
    await setContext(undefined);
    fixture.dispose();
  });

  const encrypted = async (plaintext: Uint8Array | string, context = {}, region = home, keyId = key) =>
    toBase64(await fixture.encrypt(region, keyId, plaintext, context));

  it('is encrypted at all cursors and comes back with one undo', async () => {
    const text = 'first: hunter2\r\nsecond: pässwörd 😀\r\n';
    const file = await openFile('selection-*.txt', text);
    file.select('hunter2', 'pässwörd 😀');
    await acceptFirstRow(encryptSelection(fixture.parts));
    const tokens = /^first: (\S+)\r\nsecond: (\S+)\r\n$/.exec(file.document.getText())?.slice(1) ?? [];
    assert.equal(tokens.length, 2);
    for (const [index, plaintext] of ['hunter2', 'pässwörd 😀'].entries()) {
      const bytes = recogniseCiphertext(tokens[index] ?? '')?.ciphertext ?? new Uint8Array();
      const answer = await fixture.service.decrypt(home, bytes, {}, new AbortController().signal);
      assert.equal(new TextDecoder().decode(answer.plaintext), plaintext);
      assert.equal(answer.keyArn, key);
    }
    await vscode.commands.executeCommand('undo');
    assert.equal(file.document.getText(), text);
  });

  it('is decrypted with and without a known prefix, in one undo step', async () => {
    const token = await encrypted('hunter2');
    const text = `a ${token}\nb secure:${token}\nc {cipher}${token}\n`;
    const file = await openFile('selection-*.txt', text);
    file.select(`a ${token}`.slice(2), `secure:${token}`, `{cipher}${token}`);
    await decryptSelection(fixture.parts);
    assert.equal(file.document.getText(), 'a hunter2\nb hunter2\nc hunter2\n');
    await vscode.commands.executeCommand('undo');
    assert.equal(file.document.getText(), text);
  });

  it('keeps the white space around a ciphertext and passes over line breaks within it', async () => {
    const token = await encrypted('hunter2');
    const broken = `${token.slice(0, 64)}\n${token.slice(64)}`;
    const file = await openFile('selection-*.txt', `x\n${broken}\ny`);
    file.select(`\n${broken}\n`);
    await decryptSelection(fixture.parts);
    assert.equal(file.document.getText(), 'x\nhunter2\ny');
  });

  it('is decrypted when its key is in another of the chosen Regions', async () => {
    const token = await encrypted('from abroad', {}, abroad, await fixture.newKey(abroad));
    const file = await openFile('selection-*.txt', token);
    file.select(token);
    await decryptSelection(fixture.parts);
    assert.equal(file.document.getText(), 'from abroad');
  });

  it('is decrypted with the encryption context of the settings', async () => {
    const token = await encrypted('hunter2', { app: 'orders', stage: 'prod' });
    await setContext({ stage: 'prod', app: 'orders' });
    const file = await openFile('selection-*.txt', token);
    file.select(token);
    await decryptSelection(fixture.parts);
    assert.equal(file.document.getText(), 'hunter2');
  });

  it('is encrypted with the encryption context of the settings', async () => {
    await setContext({ app: 'orders' });
    const file = await openFile('selection-*.txt', 'hunter2');
    file.select('hunter2');
    await fixture.newKey(home);
    await acceptFirstRow(encryptSelection(fixture.parts));
    const bytes = recogniseCiphertext(file.document.getText())?.ciphertext ?? new Uint8Array();
    const answer = await fixture.service.decrypt(home, bytes, { app: 'orders' }, new AbortController().signal);
    assert.equal(new TextDecoder().decode(answer.plaintext), 'hunter2');
  });

  it('is not decrypted with a wrong encryption context, and the message names both reasons', async () => {
    const token = await encrypted('hunter2', { app: 'orders' });
    await setContext({ app: 'other' });
    const file = await openFile('selection-*.txt', token);
    file.select(token);
    const reasons = /line 1 cannot be decrypted: either the encryption context.*or the ciphertext was changed/;
    await assertRefused(decryptSelection(fixture.parts), file.document, 'INVALID_CIPHERTEXT', reasons);
  });

  it('is not decrypted when it was tampered with', async () => {
    const bytes = await fixture.encrypt(home, key, 'hunter2');
    bytes[bytes.length - 1] = bytes[bytes.length - 1]! ^ 1;
    const file = await openFile('selection-*.txt', toBase64(bytes));
    file.select(toBase64(bytes));
    await assertRefused(decryptSelection(fixture.parts), file.document, 'INVALID_CIPHERTEXT', /changed or cut off/);
  });

  it('stays as it is at every cursor when one of several ciphertexts cannot be decrypted', async () => {
    const good = await encrypted('hunter2');
    const bad = await encrypted('hunter2', { app: 'orders' });
    const file = await openFile('selection-*.txt', `${good}\n${bad}\n`);
    file.select(good, bad);
    await assertRefused(decryptSelection(fixture.parts), file.document, 'INVALID_CIPHERTEXT', /line 2/);
  });

  it('is not decrypted under a disabled key, and the message says so', async () => {
    const disabled = await fixture.newKey(home);
    const token = await encrypted('hunter2', {}, home, disabled);
    await fixture.client(home).send(new DisableKeyCommand({ KeyId: disabled }));
    const file = await openFile('selection-*.txt', token);
    file.select(token);
    await assertRefused(decryptSelection(fixture.parts), file.document, 'DISABLED', /disabled/);
  });

  it('is not encrypted under a key that was disabled, and the message names the key', async () => {
    const disabled = await fixture.newKey(home);
    await fixture.client(home).send(new DisableKeyCommand({ KeyId: disabled }));
    const file = await openFile('selection-*.txt', 'hunter2');
    file.select('hunter2');
    const message = new RegExp(`${disabled.split('/').at(-1) ?? ''} is disabled`);
    await assertRefused(acceptFirstRow(encryptSelection(fixture.parts)), file.document, 'DISABLED', message);
    await fixture.newKey(home);
  });

  it('is not encrypted or decrypted under a key that is pending deletion, and the message says so', async () => {
    const doomed = await fixture.newKey(home);
    const token = await encrypted('hunter2', {}, home, doomed);
    await fixture.client(home).send(new ScheduleKeyDeletionCommand({ KeyId: doomed }));
    const file = await openFile('selection-*.txt', `hunter2 ${token}`);
    file.select('hunter2');
    await assertRefused(acceptFirstRow(encryptSelection(fixture.parts)), file.document, 'INVALID_STATE', /its state is PendingDeletion/);
    file.select(token);
    await assertRefused(decryptSelection(fixture.parts), file.document, 'INVALID_STATE', /is pending deletion/);
    await fixture.newKey(home);
  });

  it('is not decrypted when its key is in a Region that was not chosen, and the message says which were asked', async () => {
    const token = await encrypted('hunter2', {}, remote, await fixture.newKey(remote));
    const file = await openFile('selection-*.txt', token);
    file.select(token);
    await assertRefused(decryptSelection(fixture.parts), file.document, 'ACCESS_DENIED', /Asked in us-east-1, eu-west-1; choose more/);
  });

  it('is not decrypted to bytes that are no text', async () => {
    const token = await encrypted(Uint8Array.of(0xff, 0xfe, 0x00));
    const file = await openFile('selection-*.txt', token);
    file.select(token);
    await assertRefused(decryptSelection(fixture.parts), file.document, 'NOT_TEXT', /3 bytes that are no UTF-8/);
  });

  it('becomes a message of the AWS Encryption SDK above 4096 bytes of UTF-8 when the user agrees, and comes back', async () => {
    const long = 'é'.repeat(2049);
    await setContext({ app: 'orders' });
    await fixture.newKey(home);
    const file = await openFile('selection-*.txt', `${long} short`);
    file.select(long, 'short');
    const asked: string[] = [];
    const agree = (texts: readonly { readonly place: string }[], plaintexts: readonly Uint8Array[]) => {
      asked.push(`${texts[0]?.place ?? ''}: ${plaintexts[0]?.length ?? 0}`);
      return Promise.resolve();
    };
    await acceptFirstRow(encryptSelection(fixture.parts, { agree }));
    assert.deepEqual(asked, ['The selection on line 1: 4098']);
    const tokens = file.document.getText().split(' ');
    assert.deepEqual(tokens.map((token) => recogniseCiphertext(token)?.message?.suite.id), ['0478', undefined]);
    assert.deepEqual(recogniseCiphertext(tokens[0] ?? '')?.encryptionContext, { app: 'orders' });
    file.select(...tokens);
    await decryptSelection(fixture.parts);
    assert.equal(file.document.getText(), `${long} short`);
  });

  it('stays as it is above 4096 bytes when the user wants no message', async () => {
    const long = 'x'.repeat(4097);
    const file = await openFile('selection-*.txt', long);
    file.select(long);
    const agree = () => Promise.reject(new KmsExplorerError('CANCELLED', 'no message'));
    await assertRefused(encryptSelection(fixture.parts, { agree }), file.document, 'CANCELLED', /no message/);
  });

  it('becomes a message on request, whatever its length, and is not decrypted once it was tampered with', async () => {
    await fixture.newKey(home);
    const file = await openFile('selection-*.txt', 'hunter2');
    file.select('hunter2');
    await acceptFirstRow(encryptSelection(fixture.parts, { messages: 'always' }));
    const bytes = recogniseCiphertext(file.document.getText())?.ciphertext ?? new Uint8Array();
    bytes[bytes.length - 1]! ^= 1;
    const changed = await openFile('selection-*.txt', toBase64(bytes));
    changed.select(toBase64(bytes));
    await assertRefused(decryptSelection(fixture.parts), changed.document, 'INVALID_CIPHERTEXT', /line 1: .*not authentic/);
  });

  it('must not be empty', async () => {
    const file = await openFile('selection-*.txt', 'hunter2');
    file.putCursors('hunter2');
    await assertRefused(encryptSelection(fixture.parts), file.document, 'NOTHING_SELECTED', /Select the text/);
    await assertRefused(decryptSelection(fixture.parts), file.document, 'NOTHING_SELECTED', /Select the text/);
  });

  it('must be a ciphertext to be decrypted', async () => {
    const file = await openFile('selection-*.txt', 'hunter2');
    file.select('hunter2');
    await assertRefused(decryptSelection(fixture.parts), file.document, 'NOT_CIPHERTEXT', /line 1 is no KMS ciphertext/);
  });

  it('of a read-only file stays as it is', async () => {
    const file = await openFile('selection-*.txt', 'hunter2');
    await chmod(file.path, 0o444);
    file.select('hunter2');
    await assertRefused(encryptSelection(fixture.parts), file.document, 'READ_ONLY_DOCUMENT', /is read-only/);
  });

  it('of a document that only shows something stays as it is', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider('kms-suite', {
      provideTextDocumentContent: () => 'hunter2',
    });
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('kms-suite:/shown.txt'));
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 0, 0, 7);
    await assertRefused(encryptSelection(fixture.parts), document, 'READ_ONLY_DOCUMENT', /shown\.txt is read-only/);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    provider.dispose();
  });

  it('of a document without a name is encrypted, too', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'hunter2' });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 0, 0, 7);
    await acceptFirstRow(encryptSelection(fixture.parts));
    assert.ok(recogniseCiphertext(document.getText()) !== undefined);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('is not overwritten when the document changed while KMS answered', async () => {
    const token = await encrypted('hunter2');
    const file = await openFile('selection-*.txt', `${token}\n`);
    file.select(token);
    fixture.beforeDecrypting = async () => {
      await file.editor.edit((edit) => {
        edit.insert(new vscode.Position(0, 0), 'typed meanwhile ');
      });
    };
    await assert.rejects(decryptSelection(fixture.parts), { code: 'DOCUMENT_CHANGED', message: /changed while KMS answered/ });
    assert.equal(file.document.getText(), `typed meanwhile ${token}\n`);
  });
});
