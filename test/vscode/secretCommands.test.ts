import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { toBase64 } from '../../src/core/secrets/base64.ts';
import { recogniseCiphertext } from '../../src/core/secrets/ciphertextToken.ts';
import { copyDecrypted, makeSecretClipboard } from '../../src/features/secretFiles/commands/copyDecrypted.ts';
import { decryptAllValues } from '../../src/features/secretFiles/commands/decryptValue.ts';
import { editValue } from '../../src/features/secretFiles/commands/editValue.ts';
import { encryptDetected, encryptSelectedValues, encryptUnderKey } from '../../src/features/secretFiles/commands/encryptMany.ts';
import { encryptValue, encryptValueAsMessage } from '../../src/features/secretFiles/commands/encryptValue.ts';
import { inspectCiphertext } from '../../src/features/secretFiles/commands/inspectCiphertext.ts';
import { peekDecrypted } from '../../src/features/secretFiles/commands/peekDecrypted.ts';
import { reEncryptValue } from '../../src/features/secretFiles/commands/reEncryptValue.ts';
import { ReadOnlyDocuments } from '../../src/features/secretFiles/readOnlyDocuments.ts';
import { acceptFirstRow, assertRefused, closeFiles, makeSecretFixture, openFile, setContext, type SecretFixture } from './secretFixture.ts';
import { eventually } from './eventually.ts';

const home = 'us-east-1';
const abroad = 'eu-west-1';
const token = 'AQICAH[A-Za-z0-9+/=]+';
const signal = new AbortController().signal;

describe('The commands on encrypted values', () => {
  let fixture: SecretFixture;
  let key: string;
  let documents: ReadOnlyDocuments;

  before(async () => {
    await vscode.extensions.getExtension('kms-explorer.kms-explorer')?.activate();
    fixture = await makeSecretFixture([home, abroad]);
    key = await fixture.newKey(home);
    documents = new ReadOnlyDocuments('kms-suite');
    await setContext({});
  });
  afterEach(async () => {
    await setContext({});
    await closeFiles();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(async () => {
    await setContext(undefined);
    documents.dispose();
    fixture.dispose();
  });

  const encrypted = async (plaintext: string, context = {}) => toBase64(await fixture.encrypt(home, key, plaintext, context));
  const plaintextOf = async (text: string, context = {}) => {
    const bytes = recogniseCiphertext(text)?.ciphertext ?? new Uint8Array();
    const { plaintext, keyArn } = await fixture.service.decrypt(home, bytes, context, signal);
    return { text: new TextDecoder().decode(plaintext), keyArn };
  };

  it('encrypt a value as a message of the AWS Encryption SDK, change it, and decrypt it under another key', async () => {
    const text = 'name: x\npassword: "p" # c\n';
    const file = await openFile('*.yaml', text);
    file.putCursors('password');
    await acceptFirstRow(encryptValueAsMessage(fixture.parts, undefined));
    const message = /^name: x\npassword: "(AgR4[A-Za-z0-9+/=]+)" # c\n$/;
    const first = message.exec(file.document.getText())?.[1] ?? '';
    file.putCursors('password');
    await editValue(fixture.parts, undefined, () => Promise.resolve('é'.repeat(3000)));
    const longer = recogniseCiphertext(message.exec(file.document.getText())?.[1] ?? '');
    assert.deepEqual(longer?.message?.encryptedDataKeys.map(({ providerInfo }) => providerInfo), recogniseCiphertext(first)?.message?.encryptedDataKeys.map(({ providerInfo }) => providerInfo));
    const elsewhere = await fixture.newKey(abroad);
    file.putCursors('password');
    await acceptFirstRow(reEncryptValue(fixture.parts, undefined));
    const again = recogniseCiphertext(message.exec(file.document.getText())?.[1] ?? '');
    assert.deepEqual(again?.message?.encryptedDataKeys.map(({ providerInfo }) => providerInfo), [elsewhere]);
    await decryptAllValues(fixture.parts);
    assert.equal(file.document.getText(), text.replace('"p"', `"${'é'.repeat(3000)}"`));
    key = await fixture.newKey(home);
  });

  it('write no message where the reader of the file calls KMS itself', async () => {
    const file = await openFile('application.properties', `password=${'x'.repeat(5000)}\n`);
    file.putCursors('password');
    await assertRefused(encryptValueAsMessage(fixture.parts, undefined), file.document, 'EDIT_REFUSED', /Spring Boot.* decrypts no messages/);
    await assertRefused(encryptValue(fixture.parts, undefined), file.document, 'PLAINTEXT_TOO_LONG', /5000 bytes/);
  });

  it('encrypt all values under the key at the cursor and no others, and decrypt the file again', async () => {
    const done = await encrypted('done');
    const text = `db:\n  # c\n  user: u\n  password: "p" # c\n  old: ${done}\n  none: ""\nport: 1\n`;
    const file = await openFile('*.yaml', text);
    file.putCursors('db:');
    await acceptFirstRow(encryptUnderKey(fixture.parts));
    assert.match(file.document.getText(), new RegExp(`^db:\n  # c\n  user: ${token}\n  password: "${token}" # c\n  old: ${token}\n  none: ""\nport: 1\n$`));
    await decryptAllValues(fixture.parts);
    assert.equal(file.document.getText(), text.replace(done, 'done'));
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('undo');
    assert.equal(file.document.getText(), text);
  });

  it('encrypt the values that a selection touches', async () => {
    const file = await openFile('*.env', 'A=1\nB=two\nC=three\nD=4\n');
    file.select('wo\nC=th');
    await acceptFirstRow(encryptSelectedValues(fixture.parts));
    assert.match(file.document.getText(), new RegExp(`^A=1\nB=${token}\nC=${token}\nD=4\n$`));
  });

  it('encrypt what looks like a secret, doubtful finds apart', async () => {
    const file = await openFile('*.env', 'APP=orders\nDB_PASSWORD=hunter2\nSEED=q8Zr3vK9xTn2Lw7Yp4Bs6Dc1\nPORT=1\n');
    await acceptFirstRow(encryptDetected(fixture.parts));
    assert.match(file.document.getText(), new RegExp(`^APP=orders\nDB_PASSWORD=${token}\nSEED=q8Zr3vK9xTn2Lw7Yp4Bs6Dc1\nPORT=1\n$`));
  });

  it('say so when there is nothing to work on', async () => {
    const file = await openFile('*.env', 'PORT=1\nEMPTY=\n');
    await assertRefused(encryptDetected(fixture.parts), file.document, 'NO_VALUE_HERE', /No value in .*\.env looks like a secret/);
    await assertRefused(decryptAllValues(fixture.parts), file.document, 'NO_VALUE_HERE', /no value that KMS could decrypt/);
    file.putCursors('PORT');
    await assertRefused(encryptSelectedValues(fixture.parts), file.document, 'NOTHING_SELECTED', /Select the lines/);
    file.select('EMPTY=');
    await assertRefused(encryptSelectedValues(fixture.parts), file.document, 'NO_VALUE_HERE', /no value here that could be encrypted/);
  });

  it('re-encrypt a value under another key within KMS, with its context and its marks', async () => {
    const other = await fixture.newKey(home);
    const file = await openFile('application-*.properties', `a={cipher}(app=b3JkZXJz)${await encrypted('hunter2', { app: 'orders' })}\n`);
    file.putCursors('a=');
    await acceptFirstRow(reEncryptValue(fixture.parts, undefined));
    const [, base64 = ''] = new RegExp(`^a=\\{cipher\\}\\(app=b3JkZXJz\\)(${token})\n$`).exec(file.document.getText()) ?? [];
    assert.deepEqual(await plaintextOf(base64, { app: 'orders' }), { text: 'hunter2', keyArn: other });
  });

  it('say that ReEncrypt stays within one Region', async () => {
    const file = await openFile('*.env', `A=${await encrypted('x')}\n`);
    await fixture.newKey(abroad);
    file.putCursors('A=');
    await assertRefused(acceptFirstRow(reEncryptValue(fixture.parts, undefined)), file.document, 'ACCESS_DENIED', /not re-encrypted: .*in this Region.*\. KMS re-encrypts within one Region.* in eu-west-1 as well/);
  });

  it('edit a value in a box, under the same key and context', async () => {
    await setContext({ service: 'orders' });
    const text = `a: secure:${await encrypted('hunter2', { service: 'orders' })} # c\n`;
    const file = await openFile('*.yaml', text);
    file.putCursors('a:');
    const shown: string[] = [];
    const answer = (reply: string | undefined) => async (now: string) => {
      shown.push(now);
      return Promise.resolve(reply);
    };
    await editValue(fixture.parts, undefined, answer(undefined));
    await editValue(fixture.parts, undefined, answer('hunter2'));
    assert.equal(file.document.getText(), text);
    await editValue(fixture.parts, undefined, answer('pässword: 2'));
    const [, base64 = ''] = new RegExp(`^a: secure:(${token}) # c\n$`).exec(file.document.getText()) ?? [];
    assert.deepEqual(await plaintextOf(base64, { service: 'orders' }), { text: 'pässword: 2', keyArn: key });
    assert.deepEqual(shown, ['hunter2', 'hunter2', 'hunter2']);
  });

  it('do not put a value of several lines into a box of one', async () => {
    const file = await openFile('*.env', `A=${await encrypted('one\ntwo')}\n`);
    file.putCursors('A=');
    await assertRefused(editValue(fixture.parts, undefined), file.document, 'EDIT_REFUSED', /several lines/);
  });

  it('copy a decrypted value, which leaves the clipboard again unless it was replaced', async () => {
    const clipboard = makeSecretClipboard(300);
    const text = `A=${await encrypted('hunter2')}\n`;
    const file = await openFile('*.env', text);
    file.putCursors('A=');
    await copyDecrypted(fixture.parts, undefined, clipboard);
    assert.equal(await vscode.env.clipboard.readText(), 'hunter2');
    await eventually('the clipboard emptied', async () => (await vscode.env.clipboard.readText()) === '');
    await copyDecrypted(fixture.parts, undefined, clipboard);
    await vscode.env.clipboard.writeText('mine');
    await clipboard.empty();
    assert.equal(await vscode.env.clipboard.readText(), 'mine');
    assert.equal(file.document.getText(), text);
  });

  it('show a decrypted file that nobody can change and that is forgotten when it is closed', async () => {
    const text = `{\n  "a": "${await encrypted('p"w')}", // c\n  "b": 1\n}\n`;
    await openFile('*.jsonc', text);
    await peekDecrypted(fixture.parts, documents);
    const shown = vscode.window.activeTextEditor?.document;
    assert.ok(shown !== undefined);
    assert.equal(shown.uri.scheme, 'kms-suite');
    assert.equal(shown.getText(), '{\n  "a": "p\\"w", // c\n  "b": 1\n}\n');
    assert.equal(shown.languageId, 'jsonc');
    assert.equal(vscode.workspace.fs.isWritableFileSystem(shown.uri.scheme), undefined);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await eventually('the text forgotten', () => Promise.resolve(!documents.provideTextDocumentContent(shown.uri).includes('p\\"w')));
    await eventually('the document blanked', () => Promise.resolve(shown.isClosed || !shown.getText().includes('p\\"w')));
  });

  it('say in words what a ciphertext is, with the key that KMS named before, and ask KMS nothing', async () => {
    const base64 = await encrypted('hunter2');
    const file = await openFile('*.env', `A=${base64}\nB=${await encrypted('other')}\n`);
    const inspect = async () => {
      await vscode.window.showTextDocument(file.document);
      file.putCursors('A=');
      await inspectCiphertext(fixture.parts, undefined, documents);
      return vscode.window.activeTextEditor?.document.getText() ?? '';
    };
    const before = await inspect();
    assert.match(before, /^The value of A on line 1\n\nThis is a KMS ciphertext of a symmetric key, made by Encrypt\./);
    assert.match(before, /\nPlaintext: 7 bytes\n/);
    assert.ok(!before.includes('hunter2'));
  });

  it('learn the key of a ciphertext from others of the same key material', async () => {
    const fresh = await fixture.newKey(home);
    const [one, two] = [toBase64(await fixture.encrypt(home, fresh, 'one')), toBase64(await fixture.encrypt(home, fresh, 'two'))];
    const file = await openFile('*.env', `A=${one}\nB=${two}\n`);
    const inspect = async () => {
      await vscode.window.showTextDocument(file.document);
      file.select(two);
      await inspectCiphertext(fixture.parts, undefined, documents);
      return vscode.window.activeTextEditor?.document.getText() ?? '';
    };
    assert.ok(!(await inspect()).includes(fresh));
    await vscode.window.showTextDocument(file.document);
    file.putCursors('A=');
    await copyDecrypted(fixture.parts, undefined, makeSecretClipboard(0));
    assert.match(await inspect(), new RegExp(`^The selection on line 2\n[^]*Key, as KMS named it before: ${fresh}\n`));
  });

  it('inspect nothing that is no ciphertext', async () => {
    const file = await openFile('*.env', 'A=hunter2\n');
    file.putCursors('A=');
    await assertRefused(inspectCiphertext(fixture.parts, undefined, documents), file.document, 'NOT_CIPHERTEXT', /value of A on line 1 is no ciphertext/);
  });
});
