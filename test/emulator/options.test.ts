import assert from 'node:assert/strict';
import { readOptions } from '../../src/emulator/options.ts';
import { StartFailure } from '../../src/emulator/startFailure.ts';

describe('The command line', () => {
  it('has a default for everything', () => {
    assert.deepEqual(readOptions([]), {
      port: 4599,
      host: '127.0.0.1',
      allowedHosts: [],
      data: undefined,
      memory: false,
      accountId: '111122223333',
      region: 'us-east-1',
      seed: undefined,
      credentials: undefined,
      clock: undefined,
      throttle: 'off',
      log: 'json',
      parent: false,
    });
  });

  it('takes a secret with any visible characters', () => {
    const { credentials } = readOptions(['--credentials', 'AKIA1:a:b/c+d=']);
    assert.deepEqual(credentials, { accessKeyId: 'AKIA1', secretAccessKey: 'a:b/c+d=' });
  });

  it('takes several host names, and a time to start at', () => {
    const { allowedHosts, clock } = readOptions(['--allowed-host', 'kms', '--allowed-host', 'host.docker.internal', '--clock', '2027-01-31T13:00:00+01:00']);
    assert.deepEqual([allowedHosts, clock], [['kms', 'host.docker.internal'], Date.UTC(2027, 0, 31, 12)]);
  });

  const mistakes: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [['--port', 'many'], /^--port has to be a number/],
    [['--port', '70000'], /^--port has to be a number/],
    [['--account', '12'], /^--account has to have 12 digits/],
    [['--region', 'Mars'], /^--region has to be the name of a Region/],
    [['--credentials', 'secret-without-id'], /^--credentials has to be ID:SECRET/],
    [['--log', 'loud'], /^--log has to be pretty, json or off/],
    [['--throttle', 'hard'], /^--throttle has to be aws or off/],
    [['--clock', 'tomorrow'], /^--clock has to be an ISO 8601 time/],
    [['--clock', '2027-13-01T00:00:00Z'], /^--clock has to be an ISO 8601 time/],
    [['--clock', '2027-01-01T00:00:00'], /^--clock has to be an ISO 8601 time/],
    [['--allowed-host', 'http://x'], /^--allowed-host has to be the name of a host/],
    [['--colour', 'red'], /^An argument is not understood/],
    [['--memory', '--data', 'x'], /^--memory and --data exclude each other/],
  ];
  for (const [args, message] of mistakes) {
    it(`refuses ${args.join(' ')}, and shows no secret`, () => {
      assert.throws(
        () => readOptions(args),
        (error: unknown) => {
          assert.ok(error instanceof StartFailure);
          assert.equal(error.code, 'BAD_ARGUMENT');
          assert.match(error.message, message);
          assert.ok(!error.message.includes('secret-without-id'));
          return true;
        },
      );
    });
  }
});
