import assert from 'node:assert/strict';
import { CreateKeyCommand, ListKeysCommand } from '@aws-sdk/client-kms';
import { EmulatorStartError, startEmulator } from './emulatorProcess.ts';

describe('The emulator process', () => {
  it('prints ready, one event for each call, and stopped', async () => {
    const emulator = await startEmulator({ args: ['--region', 'eu-north-1', '--account', '999988887777', '--credentials', 'me:mine'] });
    const { endpoint, pid, ...rest } = emulator.ready;
    assert.match(endpoint, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.ok(pid > 0);
    assert.deepEqual(rest, { event: 'ready', accountId: '999988887777', region: 'eu-north-1', accessKeyId: 'me', secretAccessKey: 'mine' });
    await emulator.client('eu-south-1').send(new ListKeysCommand({}));
    assert.equal(await emulator.stop(), 0);
    const [, call, stopped, ...more] = emulator.events();
    assert.ok(call?.event === 'call');
    assert.deepEqual([call.operation, call.region, call.principal, call.decision, call.error], ['ListKeys', 'eu-south-1', 'arn:aws:iam::999988887777:root', 'allow', null]);
    assert.deepEqual([stopped, more], [{ event: 'stopped' }, []]);
  });

  it('finishes the requests it has accepted before it stops', async () => {
    const emulator = await startEmulator();
    const slow = emulator.client().send(new CreateKeyCommand({ KeySpec: 'RSA_3072', KeyUsage: 'SIGN_VERIFY' }));
    const settled = slow.then(({ KeyMetadata }) => KeyMetadata!.KeyState, (error: unknown) => error);
    // Long enough for the request to be accepted; making the key takes longer.
    await new Promise((resolve) => setTimeout(resolve, 60));
    process.kill(emulator.ready.pid, 'SIGTERM');
    assert.equal(await settled, 'Enabled');
    assert.equal(await emulator.closeInput(), 0);
  });

  it('stops when its standard input closes, if it was started with --parent', async () => {
    const emulator = await startEmulator({ args: ['--parent'] });
    assert.equal(await emulator.closeInput(), 0);
    assert.deepEqual(emulator.events().at(-1), { event: 'stopped' });
  });

  it('says nothing of calls with --log off', async () => {
    const emulator = await startEmulator({ args: ['--log', 'off'] });
    await emulator.client().send(new ListKeysCommand({}));
    await emulator.stop();
    assert.deepEqual(emulator.events().map(({ event }) => event), ['ready', 'stopped']);
  });

  it('names the port that is in use', async () => {
    const first = await startEmulator();
    const { port } = new URL(first.ready.endpoint);
    const second: unknown = await startEmulator({ args: ['--port', port] }).catch((error: unknown) => error);
    await first.stop();
    assert.ok(second instanceof EmulatorStartError);
    assert.equal(second.failed.code, 'PORT_IN_USE');
    assert.ok(second.failed.message.startsWith(`Port ${port} of 127.0.0.1 is in use.`));
  });

  it('ends with status 1 on an argument it does not understand', async () => {
    const started: unknown = await startEmulator({ args: ['--colour', 'red'] }).catch((error: unknown) => error);
    assert.ok(started instanceof EmulatorStartError);
    assert.equal(started.failed.code, 'BAD_ARGUMENT');
  });
});
