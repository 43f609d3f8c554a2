import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CreateKeyCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import * as vscode from 'vscode';
import { keyServiceFactory } from '../../src/aws/main.ts';
import type { ErrorCode } from '../../src/core/kms/errorCode.ts';
import type { KeyService } from '../../src/core/kms/service/keyService.ts';
import { writeSetting } from '../../src/features/shared/readSetting.ts';
import { rememberKey } from '../../src/features/shared/secrets/recentKeys.ts';
import type { SecretParts } from '../../src/features/shared/secrets/secretParts.ts';
import { SharedKeyCatalog } from '../../src/features/shared/sharedKeyCatalog.ts';
import { suiteVariable } from './suiteEnvironment.ts';

const signal = new AbortController().signal;

/** The parts that the secret features get, put together on the suite's emulator, so that a failure can be read. */
export interface SecretFixture {
  readonly parts: SecretParts;
  readonly service: KeyService;
  /** The one among the parts. */
  readonly catalog: SharedKeyCatalog;
  /** Runs once when a feature next asks for the Regions, that is after it read the document and before it asks KMS. */
  beforeDecrypting: () => Promise<void>;
  client(region: string): KMSClient;
  /** A new symmetric key, which the next encryption is offered first. */
  newKey(region: string): Promise<string>;
  encrypt(region: string, keyId: string, plaintext: Uint8Array | string, context?: Record<string, string>): Promise<Uint8Array>;
  dispose(): void;
}

export async function makeSecretFixture(regions: readonly string[]): Promise<SecretFixture> {
  const endpoint = suiteVariable('KMS_EXPLORER_TEST_ENDPOINT');
  const accessKeyId = suiteVariable('KMS_EXPLORER_TEST_ACCESS_KEY_ID');
  const secretAccessKey = suiteVariable('KMS_EXPLORER_TEST_SECRET_ACCESS_KEY');
  const [region = 'us-east-1'] = regions;
  const service = await keyServiceFactory.connect({ kind: 'emulator', address: { endpoint, region, accessKeyId, secretAccessKey } });
  const changed = new vscode.EventEmitter<void>();
  const log = vscode.window.createOutputChannel('KMS secrets suite', { log: true });
  const connection = {
    backend: 'emulator' as const,
    onDidChange: changed.event,
    onDidChangeRegions: changed.event,
    keyService: () => Promise.resolve(service),
    regions: async () => {
      await fixture.beforeDecrypting();
      fixture.beforeDecrypting = () => Promise.resolve();
      return regions;
    },
  };
  const catalog = new SharedKeyCatalog(connection, log);
  const state = memoryMemento();
  const clients = new Map<string, KMSClient>();
  const client = (of: string) => {
    const made = clients.get(of) ?? new KMSClient({ region: of, endpoint, credentials: { accessKeyId, secretAccessKey } });
    clients.set(of, made);
    return made;
  };
  const fixture: SecretFixture = {
    parts: { connection, catalog, log, state },
    service,
    catalog,
    beforeDecrypting: () => Promise.resolve(),
    client,
    newKey: async (of) => {
      const { KeyMetadata } = await client(of).send(new CreateKeyCommand({}));
      const arn = KeyMetadata?.Arn ?? '';
      catalog.reset();
      await rememberKey(state, await service.identity(signal), arn);
      return arn;
    },
    encrypt: async (of, keyId, plaintext, context = {}) => {
      const Plaintext = typeof plaintext === 'string' ? new TextEncoder().encode(plaintext) : plaintext;
      const answer = await client(of).send(new EncryptCommand({ KeyId: keyId, Plaintext, EncryptionContext: context }));
      return answer.CiphertextBlob ?? new Uint8Array();
    },
    dispose: () => {
      vscode.Disposable.from(catalog, log, changed).dispose();
      service.dispose();
      for (const each of clients.values()) each.destroy();
    },
  };
  return fixture;
}

function memoryMemento(): vscode.Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: (key: string, fallback?: unknown) => values.get(key) ?? fallback,
    update: (key: string, value: unknown) => Promise.resolve(void values.set(key, value)),
  } as vscode.Memento;
}

/** A file of the workspace in an editor; it is removed by closeFiles(). */
export interface OpenFile {
  readonly editor: vscode.TextEditor;
  readonly document: vscode.TextDocument;
  readonly path: string;
  /** Selects every occurrence of the texts. */
  select(...texts: readonly string[]): void;
  /** Puts a cursor at the start of each text. */
  putCursors(...texts: readonly string[]): void;
  save(): Promise<Buffer>;
}

const written: string[] = [];

/** Writes the bytes of a text to a new file and opens it. A `*` in the name is replaced, so that no file is used twice. */
export async function openFile(name: string, content: string): Promise<OpenFile> {
  const path = join(suiteVariable('KMS_EXPLORER_TEST_WORKSPACE'), name.replace('*', randomUUID().slice(0, 8)));
  await writeFile(path, content);
  written.push(path);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(path));
  const opened = await vscode.window.showTextDocument(document);
  // A document that is shown again has another editor.
  const editor = () => vscode.window.visibleTextEditors.find((each) => each.document === document) ?? opened;
  const positions = (text: string): [vscode.Position, vscode.Position] => {
    const at = document.getText().indexOf(text);
    assert.notEqual(at, -1, `${name} does not hold the text`);
    return [document.positionAt(at), document.positionAt(at + text.length)];
  };
  return {
    get editor() {
      return editor();
    },
    document,
    path,
    select: (...texts) => {
      editor().selections = texts.map((text) => new vscode.Selection(...positions(text)));
    },
    putCursors: (...texts) => {
      editor().selections = texts.map((text) => new vscode.Selection(positions(text)[0], positions(text)[0]));
    },
    save: async () => {
      assert.ok(await document.save());
      return readFile(path);
    },
  };
}

/** Throws unsaved changes away and removes the files. */
export async function closeFiles(): Promise<void> {
  while (vscode.window.activeTextEditor !== undefined && written.length > 0) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  for (const path of written.splice(0)) {
    await chmod(path, 0o644).catch(() => undefined);
    await rm(path, { force: true });
  }
}

/** Accepts the first row of the quick pick that a command opens, as soon as there is one. */
export async function acceptFirstRow<Result>(command: Promise<Result>): Promise<Result> {
  const settled = command.then(
    () => true,
    () => true,
  );
  while (!(await Promise.race([settled, delay(100, false)]))) {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }
  return command;
}

/** The command must fail with this code and message, and must not have changed the document. */
export async function assertRefused(
  command: Promise<void>,
  document: vscode.TextDocument,
  code: ErrorCode,
  message: RegExp,
): Promise<void> {
  const before = document.getText();
  await assert.rejects(command, (error: Error & { code?: string }) => {
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  });
  assert.equal(document.getText(), before);
}

/** Sets what the settings say about the encryption context. Undefined asks the user. */
export async function setContext(context: Record<string, string> | undefined): Promise<void> {
  await writeSetting('kmsExplorer.encryptionContext', context);
  await writeSetting('kmsExplorer.askForEncryptionContext', context === undefined ? undefined : false);
}
