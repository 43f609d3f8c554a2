import assert from 'node:assert/strict';
import type { PolicyKind } from '../../../../src/core/policy/evaluate/decision.ts';
import { accessDeniedMessage, denialSuffix } from '../../../../src/core/policy/evaluate/wording.ts';

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
