import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { DisableKeyCommand, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import * as vscode from 'vscode';
import { KmsExplorerError } from '../../src/core/kms/errorCode.ts';
import { toBase64 } from '../../src/core/secrets/base64.ts';
import { recogniseCiphertext } from '../../src/core/secrets/ciphertextToken.ts';
import { moveToOtherKey } from '../../src/features/secretFiles/commands/moveToOtherKey.ts';
import { registerKeyFixes } from '../../src/features/secretFiles/editor/keyFixes.ts';
import { keyTroubles, troubleMessage } from '../../src/features/secretFiles/editor/keyTroubles.ts';
import { entriesOf } from '../../src/features/secretFiles/editor/parsedDocument.ts';
import { writeSetting } from '../../src/features/shared/readSetting.ts';
import { learnKey } from '../../src/features/shared/secrets/learnedKeys.ts';
import { eventually } from './eventually.ts';
import { acceptFirstRow, assertRefused, closeFiles, makeSecretFixture, openFile, type OpenFile, type SecretFixture } from './secretFixture.ts';

const home = 'us-east-1';
/** Has the form of a token of GitHub, and is none. */
const githubToken = `ghp_${'aB3dE5fG7h'.repeat(4)}`;

describe('An editor with a configuration file', () => {
  let fixture: SecretFixture;
  let token: string;

  before(async () => {
    await vscode.extensions.getExtension('kms-explorer.kms-explorer')?.activate();
    fixture = await makeSecretFixture([home]);
    token = toBase64(await fixture.encrypt(home, await fixture.newKey(home), 'hunter2', { service: 'orders' }));
  });
  afterEach(async () => {
    await writeSetting('kmsExplorer.diagnostics.enabled', undefined);
    await closeFiles();
  });
  after(() => {
    fixture.dispose();
  });

  const hoverAt = async ({ document }: OpenFile, text: string) => {
    const position = document.positionAt(document.getText().indexOf(text) + 1);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
    const texts = hovers.flatMap(({ contents }) => contents).map((content) => (content instanceof vscode.MarkdownString ? content.value : ''));
    return texts.join('\n').replace(/\\(?=[^*])/g, '');
  };
  const ours = (uri: vscode.Uri) => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'KMS');
  /** Long enough for diagnostics that are not to come. */
  const settle = () => delay(800);

  it('says over a ciphertext what it is, with links, and hides the value', async () => {
    const file = await openFile('*.env', `A=1\nB=${token}\n`);
    const hover = await hoverAt(file, 'AQICAH');
    assert.match(hover, /This is a KMS ciphertext of a symmetric key/);
    assert.match(hover, /Value hidden/);
    for (const id of ['decryptValue', 'editValue', 'copyDecryptedValue', 'reEncryptValue', 'inspectCiphertext']) assert.ok(hover.includes(`(command:kmsExplorer.${id}?`), id);
    const [argument] = /command:kmsExplorer\.decryptValue\?([^)]+)/.exec(hover)?.slice(1) ?? [];
    assert.deepEqual(JSON.parse(decodeURIComponent(argument ?? '')), [{ uri: file.document.uri.toString(), line: 1, character: 2 }]);
    assert.ok(!hover.includes('hunter2'));
    assert.equal(await hoverAt(file, 'A=1'), '');
  });

  it('says of a value of another tool why it is left alone, and takes nothing in it for Markdown', async () => {
    const file = await openFile('application-*.properties', `a={cipher}(**x**=b3JkZXJz)${token}\nb=ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]\n`);
    assert.match(await hoverAt(file, '{cipher}'), /\\\*\\\*x\\\*\\\*/);
    const hover = await hoverAt(file, 'ENC[');
    assert.match(hover, /value of SOPS/);
    assert.ok(!hover.includes('decryptValue'));
    for (const id of ['editValue', 'inspectCiphertext']) assert.ok(hover.includes(id), id);
  });

  it('points out what surely is a secret, offers to encrypt it, and takes it back when it is gone', async () => {
    const file = await openFile('*.yaml', `name: x\ntoken: ${githubToken}\npassword: maybe\n`);
    await eventually('the diagnostic', () => Promise.resolve(ours(file.document.uri).length === 1));
    const [diagnostic] = ours(file.document.uri);
    assert.equal(diagnostic?.severity, vscode.DiagnosticSeverity.Information);
    assert.match(diagnostic.message, /looks like a secret in plaintext\. The value has the form of a GitHub token\./);
    assert.ok(!diagnostic.message.includes(githubToken));
    assert.equal(file.document.getText(diagnostic.range), githubToken);
    const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', file.document.uri, diagnostic.range);
    const fix = fixes.find(({ title }) => title === 'Encrypt with KMS');
    assert.equal(fix?.command?.command, 'kmsExplorer.encryptValue');
    assert.deepEqual(fix.command.arguments, [{ uri: file.document.uri.toString(), line: 1, character: 7 }]);
    await file.editor.edit((edit) => {
      edit.replace(diagnostic.range, token);
    });
    await eventually('no diagnostic', () => Promise.resolve(ours(file.document.uri).length === 0));
  });

  /** The quick fixes for a diagnostic of this code. */
  const fixesFor = async ({ document }: OpenFile, code: string, range: vscode.Range): Promise<readonly vscode.CodeAction[]> => {
    const collection = vscode.languages.createDiagnosticCollection('suite');
    const provider = registerKeyFixes(fixture.parts);
    try {
      const diagnostic = new vscode.Diagnostic(range, 'x');
      diagnostic.source = 'KMS';
      diagnostic.code = code;
      collection.set(document.uri, [diagnostic]);
      const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, range);
      return fixes.filter(({ command }) => command?.command.startsWith('kmsExplorer.'));
    } finally {
      provider.dispose();
      collection.dispose();
    }
  };

  it('points out values whose key is disabled, pending deletion or gone by what is loaded, and brings them back', async () => {
    const { parts, service } = fixture;
    const [disabled, doomed, enabled] = [await fixture.newKey(home), await fixture.newKey(home), await fixture.newKey(home)];
    const lost = enabled.replace(/[0-9a-f]{12}$/, '000000000000');
    const spring = async (key: string) => `{cipher}[keyId=${key}]${toBase64(await fixture.encrypt(home, key, 'x'))}`;
    const text = `a=${await spring(disabled)}\nb=${await spring(doomed)}\nc=${await spring(enabled)}\nd=${(await spring(enabled)).replace(enabled, lost)}\n`;
    await fixture.client(home).send(new DisableKeyCommand({ KeyId: disabled }));
    await fixture.client(home).send(new ScheduleKeyDeletionCommand({ KeyId: doomed, PendingWindowInDays: 7 }));
    const file = await openFile('application-*.properties', text);
    const troubles = async () => keyTroubles(parts, file.document, await entriesOf(file.document));
    assert.deepEqual(await troubles(), [], 'Nothing is loaded yet.');
    await parts.catalog.allKeys(new AbortController().signal);
    await fixture.catalog.loadDetails({ metadata: true, tags: false }, new AbortController().signal);
    const found = await troubles();
    assert.deepEqual(found.map(({ entry, kind, key }) => [entry.keyPath[0], kind, key?.arn]), [['a', 'disabled', disabled], ['b', 'pending-deletion', doomed], ['d', 'gone', undefined]]);
    const messages = found.map(troubleMessage);
    for (const [index, words] of [/which is disabled/, /which is deleted on \d{4}-\d\d-\d\d/, /does not have any more/].entries()) assert.match(messages[index] ?? '', words);

    const at = file.document.positionAt(text.indexOf('b=') + 2);
    const position = { uri: file.document.uri.toString(), line: at.line, character: at.character };
    // The mark of Spring names its key, which a re-encrypted value would contradict.
    const named = moveToOtherKey(parts, position, { key: found[1]!.key! }, () => Promise.resolve());
    await assertRefused(named, file.document, 'EDIT_REFUSED', /names its key/);
    assert.equal((await service.describeKey({ region: home, keyId: doomed }, new AbortController().signal)).keyState, 'PendingDeletion');

    const bare = await openFile('*.env', `A=${toBase64(await fixture.encrypt(home, enabled, 'x'))}\n`);
    await learnKey(parts.state, await fixture.encrypt(home, enabled, 'y'), enabled);
    await fixture.client(home).send(new DisableKeyCommand({ KeyId: enabled }));
    await parts.catalog.renew([{ region: home, keyId: enabled.split('/').at(-1) ?? '' }]);
    const [one] = keyTroubles(parts, bare.document, await entriesOf(bare.document));
    assert.equal(one?.kind, 'disabled');
    const declined = moveToOtherKey(parts, { uri: bare.document.uri.toString(), line: 0, character: 2 }, { key: one.key! }, () => Promise.reject(new KmsExplorerError('CANCELLED', 'no')));
    await assertRefused(declined, bare.document, 'CANCELLED', /no/);
    const fixes = await fixesFor(bare, 'key-disabled', new vscode.Range(0, 2, 0, bare.document.getText().trim().length));
    const label = enabled.split('/').at(-1) ?? '';
    assert.deepEqual(fixes.map(({ title, command }) => [title, command?.command]), [[`Enable ${label}`, 'kmsExplorer.enableKey'], ['Re-encrypt under another key', 'kmsExplorer.moveToOtherKey']]);
    const marked = await fixesFor(file, 'key-pending-deletion', new vscode.Range(at, at.translate(0, 20)));
    assert.deepEqual(marked.map(({ title, command }) => [title, command?.command]), [[`Cancel the deletion of ${doomed.split('/').at(-1) ?? ''}`, 'kmsExplorer.cancelKeyDeletion']]);
    const target = await fixture.newKey(home);
    await acceptFirstRow(moveToOtherKey(parts, { uri: bare.document.uri.toString(), line: 0, character: 2 }, { key: one.key! }, () => Promise.resolve()));
    const bytes = recogniseCiphertext(bare.document.getText().slice(2))?.ciphertext ?? new Uint8Array();
    assert.equal((await service.decrypt(home, bytes, {}, new AbortController().signal)).keyArn, target);
  });

  it('points out the keys of a file of SOPS that cannot be used', async () => {
    const { parts } = fixture;
    const key = await fixture.newKey(home);
    await fixture.client(home).send(new DisableKeyCommand({ KeyId: key }));
    const file = await openFile('*.yaml', `a: ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]\nsops:\n  kms:\n    - arn: ${key}\n      enc: AA==\n`);
    await parts.catalog.allKeys(new AbortController().signal);
    await fixture.catalog.loadDetails({ metadata: true, tags: false }, new AbortController().signal);
    const found = keyTroubles(parts, file.document, await entriesOf(file.document));
    assert.deepEqual(found.map(({ entry, kind, isRecipient }) => [entry.keyPath.join('.'), kind, isRecipient]), [['sops.kms.0.arn', 'disabled', true]]);
    assert.match(troubleMessage(found[0]!), /^This file is encrypted under the key .* disabled/);
  });

  it('points out nothing when that is switched off, and again when it is on', async () => {
    await writeSetting('kmsExplorer.diagnostics.enabled', false);
    const file = await openFile('*.env', `A=${githubToken}\n`);
    await settle();
    assert.deepEqual(ours(file.document.uri), []);
    await writeSetting('kmsExplorer.diagnostics.enabled', undefined);
    await eventually('the diagnostic', () => Promise.resolve(ours(file.document.uri).length === 1));
  });

  it('points out nothing in comparisons and in documents of other schemes', async () => {
    const [left, right] = [await openFile('*.env', `A=${githubToken}\n`), await openFile('*.env', `B=${githubToken}\n`)];
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const provider = vscode.workspace.registerTextDocumentContentProvider('kms-suite-git', { provideTextDocumentContent: () => `A=${githubToken}\n` });
    const other = vscode.Uri.parse('kms-suite-git:/old.env');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(other));
    await vscode.commands.executeCommand('vscode.diff', left.document.uri, right.document.uri, 'comparison');
    await settle();
    for (const uri of [left.document.uri, right.document.uri, other]) assert.deepEqual(ours(uri), [], uri.toString());
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    provider.dispose();
  });

  it('does not read a file of 1.6 MB unasked', async () => {
    const line = `  "key": "${'x'.repeat(80)}",\n`;
    const text = `{\n${line.repeat(Math.ceil(1_600_000 / line.length))}  "token": "${githubToken}"\n}\n`;
    const file = await openFile('large-*.json', text);
    const start = performance.now();
    assert.deepEqual(await entriesOf(file.document), []);
    const milliseconds = performance.now() - start;
    assert.ok(milliseconds < 50, `${milliseconds} ms`);
    await settle();
    assert.deepEqual(ours(file.document.uri), []);
  });
});
