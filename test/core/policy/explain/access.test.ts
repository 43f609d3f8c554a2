import assert from 'node:assert/strict';
import { accessMatrix } from '../../../../src/core/policy/explain/accessMatrix.ts';
import { compareAccess, type AccessChange } from '../../../../src/core/policy/explain/compareAccess.ts';
import { namedCallers } from '../../../../src/core/policy/explain/namedCallers.ts';
import type { Caller } from '../../../../src/core/policy/evaluate/request.ts';
import { parsePolicy } from '../../../../src/core/policy/parse/parsePolicy.ts';
import { account, callerOf, keyOf, policyOf, type CaseKey } from '../evaluate/caseRequest.ts';

const alice: Caller = callerOf({ name: '', caller: 'alice', operation: '', expect: { allowed: true } });
const allow = (action: string | readonly string[], more: object = {}) => ({ Effect: 'Allow', Principal: { AWS: alice.arn }, Action: action, Resource: '*', ...more });
const through = { Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } };
const everybody = { Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' };

interface MatrixCase {
  readonly name: string;
  readonly key: CaseKey;
  readonly caller?: Caller;
  readonly operation: string;
  /** Access, and the operation by which the caller could give itself more. */
  readonly expected: string;
}

const matrix: readonly MatrixCase[] = [
  { name: 'what is always allowed', key: { policy: [allow('kms:Decrypt')] }, operation: 'Decrypt', expected: 'allowed' },
  { name: 'what is allowed under a condition', key: { policy: [allow('kms:Decrypt', through)] }, operation: 'Decrypt', expected: 'conditional' },
  { name: 'what is denied under a condition', key: { policy: [allow('kms:Decrypt'), { ...everybody, ...through }] }, operation: 'Decrypt', expected: 'conditional' },
  { name: 'what is denied', key: { policy: [] }, operation: 'Decrypt', expected: 'denied' },
  { name: 'what a condition on the key denies', key: { policy: [allow('kms:Decrypt', { Condition: { StringEquals: { 'kms:KeySpec': 'RSA_2048' } } })] }, operation: 'Decrypt', expected: 'denied' },
  { name: 'what the IAM policies that nobody knows may allow', key: {}, caller: { kind: 'user', account, arn: alice.arn }, operation: 'Decrypt', expected: 'conditional' },
  { name: 'what the known IAM policies do not allow', key: {}, operation: 'Decrypt', expected: 'denied' },
  { name: 'access by another key policy', key: { policy: [allow('kms:PutKeyPolicy')] }, operation: 'Decrypt', expected: 'denied PutKeyPolicy' },
  { name: 'access by another key policy around a denial', key: { policy: [allow('kms:PutKeyPolicy'), everybody] }, operation: 'Decrypt', expected: 'denied PutKeyPolicy' },
  { name: 'no access by another key policy around a denial of IAM', key: { policy: [allow('kms:PutKeyPolicy')] }, caller: { ...alice, identityPolicies: [policyOf([{ Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' }])] }, operation: 'Decrypt', expected: 'denied' },
  { name: 'access by a grant', key: { policy: [allow('kms:CreateGrant')] }, operation: 'Decrypt', expected: 'denied CreateGrant' },
  { name: 'no access by a grant to what no grant can hold', key: { policy: [allow('kms:CreateGrant')] }, operation: 'PutKeyPolicy', expected: 'denied' },
  { name: 'no access by a grant around a denial', key: { policy: [allow('kms:CreateGrant'), everybody] }, operation: 'Decrypt', expected: 'denied' },
  { name: 'no access by grants for AWS resources', key: { policy: [allow('kms:CreateGrant', { Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } })] }, operation: 'Decrypt', expected: 'denied' },
  { name: 'access by a tag that a policy looks at', key: { policy: [allow('kms:TagResource'), allow('kms:Decrypt', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'a' } } })] }, operation: 'Decrypt', expected: 'denied TagResource' },
  { name: 'no access by a tag that no policy looks at', key: { policy: [allow('kms:TagResource')] }, operation: 'Decrypt', expected: 'denied' },
  { name: 'access by a grant that the caller has', key: { policy: [], grants: [{ grantee: alice.arn }] }, operation: 'Decrypt', expected: 'allowed' },
  { name: 'both keys of ReEncrypt', key: { policy: [allow('kms:ReEncrypt*')] }, operation: 'ReEncrypt', expected: 'allowed' },
];

function checkMatrix({ key, caller = alice, operation, expected }: MatrixCase): void {
  const [row] = accessMatrix(keyOf(key), [caller], [operation]);
  const { access, escalation } = row!.cells[0]!;
  assert.equal([access, escalation].filter((each) => each !== undefined).join(' '), expected);
}

describe('accessMatrix', () => {
  for (const each of matrix) it(`tells ${each.name}`, () => { checkMatrix(each); });
});

const changeText = ({ caller, operation, before, after }: AccessChange) => `${caller.arn} ${operation} ${before} ${after}`;

describe('compareAccess', () => {
  it('tells who gains and who loses what', () => {
    const before = policyOf([allow(['kms:Decrypt', 'kms:Encrypt'])]);
    const after = policyOf([allow('kms:Decrypt', through), allow('kms:DescribeKey')]);
    const { gains, losses } = compareAccess(before, after, keyOf({}), [alice], ['Decrypt', 'Encrypt', 'DescribeKey', 'Sign']);
    assert.deepEqual(gains.map(changeText), [`${alice.arn} DescribeKey denied allowed`]);
    assert.deepEqual(losses.map(changeText), [`${alice.arn} Decrypt allowed conditional`, `${alice.arn} Encrypt allowed denied`]);
  });

  it('finds nothing between two spellings of a policy', () => {
    const { gains, losses } = compareAccess(policyOf([allow('kms:*')]), policyOf([allow('KMS:*'), allow('kms:Decrypt')]), keyOf({}), [alice], ['Decrypt', 'PutKeyPolicy']);
    assert.deepEqual([...gains, ...losses], []);
  });
});

describe('namedCallers', () => {
  it('lists everyone whom a policy names, once', () => {
    const principals = { AWS: [alice.arn, alice.arn, account, 'arn:aws:iam::444455556666:role/ops/reader', '*', 'arn:aws:sts::111122223333:assumed-role/a/b', 'AIDAEXAMPLEEXAMPLE', 'nobody'], Service: 's3.amazonaws.com', Federated: 'cognito-identity.amazonaws.com' };
    const tree = parsePolicy(JSON.stringify({ Statement: [{ Principal: principals }, { NotPrincipal: { AWS: 'arn:aws:sts::111122223333:federated-user/guest' } }] }));
    assert.deepEqual(namedCallers([tree, tree]).map(({ kind, arn }) => `${kind} ${arn}`), [
      `user ${alice.arn}`,
      `root arn:aws:iam::${account}:root`,
      'role arn:aws:iam::444455556666:role/ops/reader',
      'role arn:aws:sts::111122223333:assumed-role/a/b',
      'service s3.amazonaws.com',
      'federatedUser arn:aws:sts::111122223333:federated-user/guest',
    ]);
  });
});
