import assert from 'node:assert/strict';
import { lintPart } from '../../../../src/core/policy/lint/lintPart.ts';
import { keyPolicies } from '../../../../src/core/policy/parse/keyPolicies.ts';

const root = { AWS: 'arn:aws:iam::111122223333:root' };
const allow = (more: object): object => ({ Effect: 'Allow', Principal: root, Action: 'kms:*', Resource: '*', ...more });
const policy = (...statements: readonly object[]): object => ({ Version: '2012-10-17', Statement: statements });
const template = (properties: object): object => ({ Resources: { Key: { Type: 'AWS::KMS::Key', Properties: properties } } });
const found = (value: object) => keyPolicies(JSON.stringify(value, null, 2));

describe('keyPolicies', () => {
  for (const [what, value, paths] of [
    ['a policy', policy(allow({})), ['']],
    ['a policy of every action', policy(allow({ Action: '*' })), ['']],
    ['the policy of a template', template({ KeyPolicy: policy(allow({})) }), ['Resources.Key.Properties.KeyPolicy']],
    ['a template’s policy whose statements are unfinished', template({ KeyPolicy: policy({}) }), ['Resources.Key.Properties.KeyPolicy']],
    ['two policies in lists', { keys: [{ policy: policy(allow({})) }, { policy: policy(allow({ Action: ['s3:GetObject', 'kms:Decrypt'] })) }] }, ['keys.policy', 'keys.policy']],
    ['no policy of IAM', policy({ Effect: 'Allow', Action: 'kms:*', Resource: '*' }), []],
    ['no trust policy', template({ AssumeRolePolicyDocument: policy(allow({ Action: 'sts:AssumeRole' })) }), []],
    ['no bucket policy that allows everything', template({ PolicyDocument: policy(allow({ Action: '*' })) }), []],
    ['nothing in a list', [1, 'kms:*', null], []],
  ] as const) {
    it(`finds ${what}`, () => {
      assert.deepEqual(found(value).map(({ path }) => path.join('.')), paths);
    });
  }

  for (const text of ['', '{', '[[[', '"Statement"', '['.repeat(100_000)]) {
    it(`finds nothing in ${JSON.stringify(text.slice(0, 20))}`, () => {
      assert.deepEqual(keyPolicies(text), []);
    });
  }

  it('gives the text of a part as it stands', () => {
    const text = JSON.stringify(template({ KeyPolicy: policy(allow({})) }));
    const [part] = keyPolicies(text);
    assert.equal(part!.text, JSON.stringify(policy(allow({}))));
    assert.equal(text.slice(part!.offset, part!.offset + part!.length), part!.text);
  });
});

describe('lintPart', () => {
  const marks = (value: object) => {
    const text = JSON.stringify(value);
    return keyPolicies(text).flatMap((part) => lintPart(part)).map(({ code, offset, length }) => `${code} ${text.slice(offset, offset + length)}`);
  };

  it('marks the place in the whole text', () => {
    assert.deepEqual(marks(template({ KeyPolicy: policy(allow({}), allow({ Action: 'kms:Nothing' })) })).filter((mark) => mark.startsWith('KMSP017')), ['KMSP017 "kms:Nothing"']);
  });

  it('moves quick fixes to the whole text', () => {
    const text = JSON.stringify(template({ KeyPolicy: policy(allow({ Action: 'kms:Decryptt' })) }));
    const fix = keyPolicies(text).flatMap((part) => lintPart(part)).find(({ code }) => code === 'KMSP017')?.fix;
    const [edit] = fix!.edits;
    const mended = text.slice(0, edit!.offset) + edit!.text + text.slice(edit!.offset + edit!.length);
    assert.deepEqual(JSON.parse(mended), template({ KeyPolicy: policy(allow({ Action: 'kms:Decrypt' })) }));
  });

  it('says nothing of what the functions of a template give', () => {
    const of = (name: string) => ({ AWS: { 'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:${name}` } });
    const written = template({ KeyPolicy: policy(allow({ Principal: of('root') }), allow({ Principal: of('role/app'), Action: { Ref: 'Actions' } }), allow({ Principal: of('role/app'), Action: 'kms:Decryptt' })) });
    assert.deepEqual(marks(written), ['KMSP017 "kms:Decryptt"']);
  });
});
