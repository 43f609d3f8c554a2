import assert from 'node:assert/strict';
import { encryptedLines, keyArnsIn, sopsLines } from '../../../../src/features/secretFiles/editor/encryptedLines.ts';

const token = 'ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]';

describe('The lines of a configuration file', () => {
  it('are told to be encrypted by their tokens', () => {
    assert.deepEqual(encryptedLines(['a: 1', `b: ${token}`, 'c: AQICAHjh', 'd: ENC[PKCS7]', '']), [1, 2]);
  });

  it('give the ARNs of KMS keys and aliases, and no others', () => {
    const key = 'arn:aws:kms:eu-west-1:111122223333:key/mrk-1';
    const text = `- arn: ${key}\n- "arn:aws-cn:kms:cn-north-1:111122223333:alias/a/b",\n- arn:aws:iam::111122223333:role/x`;
    assert.deepEqual(keyArnsIn(text), [{ arn: key, end: 7 + key.length }, { arn: 'arn:aws-cn:kms:cn-north-1:111122223333:alias/a/b', end: text.indexOf('",') }]);
  });

  const parts: readonly (readonly [string, readonly string[], readonly number[] | undefined])[] = [
    ['of .env', ['A=1', 'sops_a=1', 'sops_b=2', ''], [1, 2]],
    ['of INI at the end', ['[a]', 'x = 1', '', '[sops]', 'mac = x', '', ''], [3, 4]],
    ['of INI in the middle', ['[sops]', 'mac = x', '', '[a]', 'x = 1'], [0, 1]],
    ['of one line', ['A=1', 'sops_a=1'], undefined],
    ['of nothing', ['A=1'], undefined],
  ];
  for (const [what, lines, expected] of parts) {
    it(`have the sops part ${what}`, () => {
      assert.deepEqual(sopsLines(lines), expected);
    });
  }
});
