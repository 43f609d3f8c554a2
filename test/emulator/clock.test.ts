import assert from 'node:assert/strict';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { startEmulator } from './emulatorProcess.ts';
import { administer } from './support/rawRequest.ts';

describe('--clock', () => {
  it('starts the clock that keys live by at a time, from where it goes on and can be moved', async () => {
    const start = Date.UTC(2031, 0, 31, 12);
    const emulator = await startEmulator({ args: ['--clock', '2031-01-31T12:00:00Z'] });
    try {
      const { KeyMetadata } = await emulator.client().send(new CreateKeyCommand({}));
      const made = KeyMetadata!.CreationDate!.getTime();
      assert.ok(made >= start && made < start + 60_000, new Date(made).toISOString());
      const { body } = await administer(emulator.ready, '/_emulator/clock', { advanceSeconds: 86_400 });
      const { now } = JSON.parse(body) as { now: string };
      assert.ok(now.startsWith('2031-02-01T12:0'), now);
    } finally {
      await emulator.stop();
    }
  });
});
