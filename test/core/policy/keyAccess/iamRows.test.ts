import assert from 'node:assert/strict';
import { compilePolicy } from '../../../../src/core/policy/compile/compilePolicy.ts';
import type { PrincipalPolicies } from '../../../../src/core/kms/service/identityPolicies.ts';
import type { KeyFacts } from '../../../../src/core/policy/evaluate/request.ts';
import { callerOfArn } from '../../../../src/core/policy/explain/callerNamed.ts';
import { iamCandidates } from '../../../../src/core/policy/keyAccess/iamCandidates.ts';
import { iamRows } from '../../../../src/core/policy/keyAccess/iamRows.ts';
import { principalFinder } from '../../../../src/core/policy/keyAccess/principalFinder.ts';

const account = '111122223333';
const keyPolicy = (principal: string) =>
  compilePolicy(JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: principal }, Action: 'kms:*', Resource: '*' }] }));
const keyWith = (principal: string): KeyFacts => ({
  arn: `arn:aws:kms:eu-west-1:${account}:key/1`, account, policy: keyPolicy(principal), spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS', manager: 'CUSTOMER', aliases: [], tags: {},
});
const delegating = keyWith(`arn:aws:iam::${account}:root`);
const statement = (fields: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Resource: '*', ...fields }] });
const decrypt = statement({ Action: 'kms:Decrypt' });
const role = (name: string, ...policies: readonly string[]) => ({ arn: `arn:aws:iam::${account}:role/${name}`, policies, boundary: null, unread: [] });
const namesOf = ({ rows }: ReturnType<typeof iamRows>) => rows.map(({ caller }) => caller.arn.split('/').at(-1));
const ask = (key: KeyFacts, known: readonly PrincipalPolicies[], named: readonly string[] = []) =>
  iamRows(key, iamCandidates(known, principalFinder(known), named.map((arn) => callerOfArn(arn)!)), ['Encrypt', 'Decrypt']);

describe('iamRows', () => {
  for (const [what, policy, isShown] of [
    ['an action of KMS', decrypt, true],
    ['several actions', statement({ Action: ['s3:GetObject', 'kms:Dec*'] }), true],
    ['every action', statement({ Action: '*' }), true],
    ['every action, in a list', statement({ Action: ['s3:*', '*'] }), true],
    ['every action of every service', statement({ Action: '*:*' }), true],
    ['every action but some', statement({ NotAction: 'kms:Encrypt' }), true],
    ['another service', statement({ Action: 's3:*' }), false],
    ['another operation', statement({ Action: 'kms:Sign' }), false],
    ['another key', statement({ Action: 'kms:*', Resource: `arn:aws:kms:eu-west-1:${account}:key/2` }), false],
  ] as const) {
    it(`${isShown ? 'shows' : 'leaves out'} whom an IAM policy allows ${what}`, () => {
      assert.deepEqual(namesOf(ask(delegating, [role('app', policy)])), isShown ? ['app'] : []);
    });
  }

  it('decides by the boundary as well', () => {
    assert.deepEqual(namesOf(ask(delegating, [{ ...role('app', decrypt), boundary: statement({ Action: 's3:*' }) }])), []);
  });

  it('leaves out everybody where the key policy does not let IAM decide', () => {
    assert.deepEqual(namesOf(ask(keyWith(`arn:aws:iam::${account}:user/alice`), [role('app', decrypt)])), []);
  });

  it('leaves out who is in the table already, and of whom a policy is not known', () => {
    for (const named of [`arn:aws:iam::${account}:role/app`, `arn:aws:sts::${account}:assumed-role/app/me`]) {
      assert.deepEqual(namesOf(ask(delegating, [role('app', decrypt), { ...role('half', decrypt), unread: ['gone'] }], [named])), []);
    }
  });

  it('tells how many it did not look at', () => {
    const many = Array.from({ length: 120 }, (_each, index) => role(`app${index}`, decrypt));
    const { rows, unasked } = ask(delegating, many);
    assert.deepEqual([rows.length, unasked], [50, 70]);
  });
});
