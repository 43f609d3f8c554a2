import assert from 'node:assert/strict';
import { knownPrincipals } from '../../../../src/core/policy/lint/knownPrincipals.ts';
import { lintPolicy } from '../../../../src/core/policy/lint/lintPolicy.ts';

const iam = 'arn:aws:iam::111122223333';
const facts = knownPrincipals([`${iam}:user/alice`, `${iam}:role/team/app`]);

describe('knownPrincipals', () => {
  for (const [type, text, exists] of [
    ['AWS', `${iam}:user/alice`, true],
    ['AWS', `${iam}:role/team/app`, true],
    ['AWS', `${iam}:role/app`, false],
    ['AWS', `${iam}:user/bob`, false],
    ['AWS', `${iam}:root`, undefined],
    ['AWS', 'arn:aws:sts::111122223333:assumed-role/app/me', undefined],
    ['AWS', 'arn:aws:iam::444455556666:user/bob', undefined],
    ['Service', 's3.amazonaws.com', undefined],
  ] as const) {
    it(`says ${exists === undefined ? 'nothing about' : exists ? 'that there is' : 'that there is no'} ${text}`, () => {
      assert.equal(facts.principalExists?.(type, text), exists);
    });
  }

  it('knows nobody of an account that told of nobody', () => {
    assert.equal(knownPrincipals([]).principalExists?.('AWS', `${iam}:user/bob`), undefined);
  });

  it('lets the lint mark a role that is not there', () => {
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: `${iam}:role/gone` }, Action: 'kms:Decrypt', Resource: '*' }] });
    assert.ok(lintPolicy(policy, facts).some(({ code }) => code === 'KMSP011'));
    assert.ok(!lintPolicy(policy, {}).some(({ code }) => code === 'KMSP011'));
  });
});
