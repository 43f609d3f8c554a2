import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CreateAliasCommand, CreateKeyCommand, DecryptCommand, EncryptCommand, ListKeysCommand, TagResourceCommand } from '@aws-sdk/client-kms';
import { EmulatorStartError, startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { contentOf, withDataFolder } from '../support/dataFolder.ts';

const start = (folder: string): Promise<EmulatorProcess> => startEmulator({ args: ['--data', folder] });

/** Starts on a folder that cannot be served, and gives the refusal. */
async function refusalOf(folder: string): Promise<EmulatorStartError['failed']> {
  const started: unknown = await start(folder).catch((error: unknown) => error);
  assert.ok(started instanceof EmulatorStartError, 'the emulator started');
  return started.failed;
}

/** A folder with one key in it, left by an emulator that was stopped. */
async function fill(folder: string): Promise<{ readonly keyId: string; readonly ciphertext: Uint8Array }> {
  const emulator = await start(folder);
  const kms = emulator.client();
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const keyId = KeyMetadata!.KeyId!;
  const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId: keyId, Plaintext: Buffer.from('kept') }));
  await emulator.stop();
  return { keyId, ciphertext: CiphertextBlob! };
}

describe('The data folder', () => {
  it('keeps keys, their material and the administrator over a restart', () =>
    withDataFolder(async (folder) => {
      const first = await start(folder);
      await first.stop();
      const { ciphertext } = await fill(folder);
      const again = await start(folder);
      try {
        const { Plaintext } = await again.client().send(new DecryptCommand({ CiphertextBlob: ciphertext }));
        assert.equal(Buffer.from(Plaintext!).toString(), 'kept');
        assert.equal(again.ready.secretAccessKey, first.ready.secretAccessKey);
      } finally {
        await again.stop();
      }
    }));

  it('keeps every answered change when the process is killed', () =>
    withDataFolder(async (folder) => {
      const answered: string[] = [];
      for (let round = 0; round < 3; round += 1) {
        const emulator = await start(folder);
        const kms = emulator.client();
        for (let count = 0; count < 4; count += 1) {
          const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
          const KeyId = KeyMetadata!.KeyId!;
          await kms.send(new CreateAliasCommand({ AliasName: `alias/k-${round}-${count}`, TargetKeyId: KeyId }));
          await kms.send(new TagResourceCommand({ KeyId, Tags: [{ TagKey: 'a', TagValue: 'b' }] }));
          answered.push(KeyId);
        }
        await emulator.kill();
      }
      const emulator = await start(folder);
      const { Keys } = await emulator.client().send(new ListKeysCommand({}));
      await emulator.stop();
      assert.deepEqual(Keys!.map(({ KeyId }) => KeyId), answered.toSorted());
    }));

  it('can be read by its user alone, and holds no secret in the open', () =>
    withDataFolder(async (folder) => {
      const emulator = await startEmulator({ args: ['--data', folder, '--credentials', 'test:a-secret-to-look-for'] });
      assert.equal(statSync(folder).mode & 0o777, 0o700);
      for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name);
      const files = readdirSync(folder).filter((name) => name.startsWith('emulator.db'));
      assert.ok(files.length > 0);
      for (const name of files) assert.ok(!readFileSync(join(folder, name)).includes('a-secret-to-look-for'), name);
      await emulator.stop();
      assert.ok(!existsSync(join(folder, 'owner.json')));
    }));

  it('is shared by telling the second process who serves it', () =>
    withDataFolder(async (folder) => {
      const owner = await start(folder);
      try {
        const { code, message, owner: told } = await refusalOf(folder);
        assert.equal(code, 'DATA_OWNED');
        assert.deepEqual(told, owner.ready);
        assert.match(message, new RegExp(`process ${owner.ready.pid}, which serves ${owner.ready.endpoint}`));
        assert.ok(!message.includes(owner.ready.secretAccessKey));
      } finally {
        await owner.stop();
      }
    }));

  it('is taken over from a process that was killed', () =>
    withDataFolder(async (folder) => {
      const dead = await start(folder);
      await dead.kill();
      assert.ok(existsSync(join(folder, 'owner.json')));
      const next = await start(folder);
      assert.notEqual(next.ready.pid, dead.ready.pid);
      await next.stop();
    }));

  const damages: readonly (readonly [title: string, code: string, damage: (folder: string) => void, message: RegExp])[] = [
    ['whose database is no database', 'DATA_CORRUPT', (folder) => { writeFileSync(join(folder, 'emulator.db'), 'not a database'); }, /is damaged\. Nothing was changed/],
    ['whose database has a damaged page', 'DATA_CORRUPT', (folder) => {
      const path = join(folder, 'emulator.db');
      const bytes = readFileSync(path);
      bytes.fill(0xff, 4096, 8192);
      writeFileSync(path, bytes);
    }, /is damaged\. Nothing was changed/],
    ['of a newer release', 'DATA_CORRUPT', (folder) => {
      const database = new DatabaseSync(join(folder, 'emulator.db'));
      database.exec('PRAGMA user_version = 999');
      database.close();
    }, /was written by a newer release \(schema 999/],
    ['whose root key is another one', 'ROOT_KEY_MISMATCH', (folder) => { writeFileSync(join(folder, 'root.key'), Buffer.alloc(32, 7)); }, /is not the one that the database there was made with/],
    ['whose root key is cut off', 'ROOT_KEY_MISMATCH', (folder) => { writeFileSync(join(folder, 'root.key'), Buffer.alloc(31)); }, /does not hold 32 bytes/],
    ['whose root key is gone', 'ROOT_KEY_MISMATCH', (folder) => { rmSync(join(folder, 'root.key')); }, /has a database but no root\.key/],
  ];
  for (const [title, code, damage, message] of damages) {
    it(`${title} is refused and kept byte for byte`, () =>
      withDataFolder(async (folder) => {
        await fill(folder);
        damage(folder);
        const before = contentOf(folder);
        const failed = await refusalOf(folder);
        assert.equal(failed.code, code);
        assert.match(failed.message, message);
        assert.ok(failed.message.includes(folder));
        assert.deepEqual(contentOf(folder), before);
      }));
  }
});
