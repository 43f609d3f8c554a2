import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CallEvent, EmulatorEvent } from '../../src/protocol/emulator.ts';
import { useWorkbench } from './harness/useWorkbench.ts';
import { waitUntil } from './harness/waitUntil.ts';

const canary = 'canary-4f1d-in-the-coal-mine';

/** Every file below a folder whose text contains something. */
async function filesWith(folder: string, text: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found = await Promise.all(files.map(async (file) => ((await readFile(file)).includes(text) ? [file] : [])));
  return found.flat();
}

describe('What the extension does unasked', () => {
  const workbench = useWorkbench();
  const calls: CallEvent[] = [];

  before(() => {
    workbench()
      .emulator()
      .process.stdout?.on('data', (chunk: Buffer) => {
        for (const line of chunk.toString().split('\n').filter((each) => each.startsWith('{'))) {
          const event = JSON.parse(line) as EmulatorEvent;
          if (event.event === 'call') calls.push(event);
        }
      });
  });

  it('is no call to KMS when a file with an encrypted value is opened, only a CodeLens', async () => {
    const { editor } = workbench();
    await editor.open('.env');
    await editor.codeLenses.filter({ hasText: 'Decrypt' }).first().waitFor();
    assert.deepEqual(calls, []);
  });

  it('is no trace of a plaintext in any log, setting or backup, though the log is written', async () => {
    const { editor, keys, page, quickInput, serverData } = workbench();
    await editor.open('.env');
    await editor.putCursor(1, 1);
    await page.keyboard.type(`CANARY=${canary}\n`);
    await editor.putCursor(1, 10);
    await quickInput.runCommand('KMS: Encrypt Value');
    await quickInput.waitFor('KMS: Encrypt With');
    await quickInput.pick('orders/config');
    await quickInput.waitFor('name=value');
    await quickInput.answer('');
    await editor.waitForText(/CANARY=AQICAH/);
    await quickInput.runCommand('KMS: Decrypt Value');
    await editor.waitForText(`CANARY=${canary}`);
    await page.keyboard.press('Control+Z');
    await editor.waitForText(/CANARY=AQICAH/);
    await editor.save();
    await keys.open();
    await keys.expand('us-east-1', 'Customer managed');

    // The channel is flushed from time to time; an assertion about an empty log would hold for nothing.
    await waitUntil('the log of the extension', async () =>
      (await filesWith(join(serverData, 'data', 'logs'), 'Calls are made as arn:aws:iam::111122223333')).length > 0 ? true : null,
    );
    assert.deepEqual(await filesWith(serverData, canary), []);
    assert.ok(calls.some(({ operation }) => operation === 'Encrypt'));
    assert.ok(!JSON.stringify(calls).includes(canary));
  });
});
