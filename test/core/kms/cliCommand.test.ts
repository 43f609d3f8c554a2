import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { cliText } from '../../../src/core/kms/cliCommand.ts';

describe('A CLI command', () => {
  it('names the operation, its options and the Region', () => {
    const options = [['key-id', 'alias/orders'], ['tags', 'TagKey=team,TagValue=the shop']] as const;
    assert.equal(
      cliText({ command: 'tag-resource', region: 'eu-west-1', options }),
      "aws kms tag-resource --key-id alias/orders --tags 'TagKey=team,TagValue=the shop' --region eu-west-1",
    );
  });

  it('gives a shell back the words that went in', function () {
    if (process.platform === 'win32') this.skip();
    const word = fc.string({ minLength: 1 }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(word, (value) => {
        const line = cliText({ command: 'x', region: 'r', options: [['o', value]] }).replace('aws kms x --o', 'printf %s');
        assert.equal(spawnSync('sh', ['-c', line.replace(/ --region r$/, '')]).stdout.toString(), value);
      }),
      { numRuns: 100 },
    );
  });
});
