import assert from 'node:assert/strict';
import { configProblems } from '../../../../../src/core/secrets/sops/config/configProblems.ts';

const arn = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

describe('the problems of a .sops.yaml', () => {
  const rows: [name: string, text: string, expected: [line: number, message: RegExp][]][] = [
    ['are none in a good one', `creation_rules:\n  - path_regex: \\.enc\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    kms: ${arn}\n`, []],
    ['are none in an empty one', '', []],
    ['are none in a text that is no YAML', 'a: [', []],
    [
      'are the expressions that Go does not compile, each on its line',
      `creation_rules:\n  - kms: ${arn}\n    path_regex: (?=x)\n  - path_regex: a\n    kms: ${arn}\n    encrypted_regex: "["\n`,
      [[3, /^path_regex is no regular expression/], [6, /^encrypted_regex is no regular expression/]],
    ],
    ['are keys that SOPS cannot use', `creation_rules:\n  - path_regex: a\n    kms: alias/orders\n`, [[2, /Line 2 of \.sops\.yaml/]]],
    ['are rules of another shape', 'creation_rules:\n  - x\n', [[2, /must be a mapping/]]],
  ];
  for (const [name, text, expected] of rows) {
    it(name, async () => {
      const problems = await configProblems(text);
      assert.equal(problems.length, expected.length, JSON.stringify(problems));
      for (const [index, [line, message]] of expected.entries()) {
        assert.equal(problems[index]?.line, line);
        assert.match(problems[index].message, message);
      }
    });
  }
});
