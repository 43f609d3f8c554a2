import assert from 'node:assert/strict';
import { callerOfArn } from '../../../../src/core/policy/explain/callerNamed.ts';
import { withIdentityPolicies } from '../../../../src/core/policy/keyAccess/identityPolicies.ts';
import { principalFinder } from '../../../../src/core/policy/keyAccess/principalFinder.ts';

const text = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*"}]}';
const known = [
  { arn: 'arn:aws:iam::111122223333:user/alice', policies: [text], boundary: text, unread: [] },
  { arn: 'arn:aws:iam::111122223333:role/team/app', policies: [text, text], boundary: null, unread: [] },
  { arn: 'arn:aws:iam::111122223333:role/half', policies: [text], boundary: null, unread: ['gone'] },
];

describe('The identity policies of callers', () => {
  for (const [what, arn, policies, hasBoundary] of [
    ['a user with a boundary', 'arn:aws:iam::111122223333:user/alice', 1, true],
    ['a role', 'arn:aws:iam::111122223333:role/team/app', 2, false],
    ['a session of a role with a path', 'arn:aws:sts::111122223333:assumed-role/app/session', 2, false],
    ['a user of whom nothing was read', 'arn:aws:iam::111122223333:user/bob', undefined, false],
    ['a role of which one policy could not be read', 'arn:aws:iam::111122223333:role/half', undefined, false],
    ['the same name in another account', 'arn:aws:iam::444455556666:user/alice', undefined, false],
  ] as const) {
    it(`are those that were read of ${what}`, () => {
      const caller = callerOfArn(arn)!;
      const informed = withIdentityPolicies(caller, principalFinder(known)(caller));
      assert.deepEqual([informed.arn, informed.identityPolicies?.length, informed.boundary !== undefined], [arn, policies, hasBoundary]);
    });
  }
});
