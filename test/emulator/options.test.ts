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
      log: 'json',
      parent: false,
    });
  });

  it('takes a secret with any visible characters', () => {
    const { credentials } = readOptions(['--credentials', 'AKIA1:a:b/c+d=']);
    assert.deepEqual(credentials, { accessKeyId: 'AKIA1', secretAccessKey: 'a:b/c+d=' });
  });

  const mistakes: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [['--port', 'many'], /^--port has to be a number/],
    [['--port', '70000'], /^--port has to be a number/],
    [['--account', '12'], /^--account has to have 12 digits/],
    [['--region', 'Mars'], /^--region has to be the name of a Region/],
    [['--credentials', 'secret-without-id'], /^--credentials has to be ID:SECRET/],
    [['--log', 'loud'], /^--log has to be pretty, json or off/],
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
