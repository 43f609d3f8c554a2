import assert from 'node:assert/strict';
import type { DecidingStatement, PolicyKind } from '../../../../src/core/policy/evaluate/decision.ts';
import { accessDeniedMessage, denialSuffix, failureClause } from '../../../../src/core/policy/evaluate/wording.ts';

const suffixes: readonly (readonly [policy: PolicyKind, isExplicit: boolean, suffix: string])[] = [
  ['keyPolicy', false, 'because no resource-based policy allows the kms:Decrypt action'],
  ['identityPolicy', false, 'because no identity-based policy allows the kms:Decrypt action'],
  ['permissionsBoundary', false, 'because no permissions boundary allows the kms:Decrypt action'],
  ['sessionPolicy', false, 'because no session policy allows the kms:Decrypt action'],
  ['serviceControlPolicy', false, 'because no service control policy allows the kms:Decrypt action'],
  ['vpcEndpointPolicy', false, 'because no VPC endpoint policy allows the kms:Decrypt action'],
  ['keyPolicy', true, 'with an explicit deny in a resource-based policy'],
  ['identityPolicy', true, 'with an explicit deny in an identity-based policy'],
  ['resourceControlPolicy', true, 'with an explicit deny in a resource control policy'],
];

describe('denialSuffix', () => {
  for (const [policy, isExplicit, suffix] of suffixes) {
    it(`says "${suffix}"`, () => { assert.equal(denialSuffix({ policy, isExplicit }, 'kms:Decrypt'), suffix); });
  }
});

describe('accessDeniedMessage', () => {
  it('is the sentence of AWS', () => {
    const [, , suffix] = suffixes[0]!;
    assert.equal(
      accessDeniedMessage('arn:aws:iam::111122223333:user/alice', { action: 'kms:Decrypt', resource: 'arn:aws:kms:eu-west-1:111122223333:key/1', suffix }),
      `User: arn:aws:iam::111122223333:user/alice is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-1:111122223333:key/1 ${suffix}`,
    );
  });
});

describe('failureClause', () => {
  const statement: DecidingStatement = { policy: 'keyPolicy', policyIndex: 0, index: 1, sid: undefined, effect: 'Allow', principal: 'session' };
  const rows: readonly (readonly [key: string, actual: readonly string[] | undefined, clause: string])[] = [
    ['kms:ViaService', ['b'], 'needs StringEquals kms:ViaService "a", and the request has "b"'],
    ['kms:ViaService', undefined, 'needs StringEquals kms:ViaService "a", and the request has no such value'],
    ['kms:EncryptionContext:app', ['b'], 'needs StringEquals kms:EncryptionContext:app, and the request has a value that does not fit'],
    ['kms:EncryptionContext:app', undefined, 'needs StringEquals kms:EncryptionContext:app, and the request has no such value'],
    ['kms:EncryptionContextKeys', ['b'], 'needs StringEquals kms:EncryptionContextKeys "a", and the request has "b"'],
  ];
  for (const [key, actual, clause] of rows) {
    it(`says "${clause}"`, () => {
      const failed = { statement, operator: 'StringEquals', key, expected: ['a'], actual };
      assert.equal(failureClause(failed), `statement 2 of the key policy would allow it, but ${clause}`);
    });
  }
});
