import assert from 'node:assert/strict';
import type { GrantEntry } from '../../../../src/core/kms/service/grants.ts';
import type { KeyMetadata } from '../../../../src/core/kms/keyMetadata.ts';
import { callerOfArn } from '../../../../src/core/policy/explain/callerNamed.ts';
import { explainDecision } from '../../../../src/core/policy/explain/explainDecision.ts';
import { accessCallers } from '../../../../src/core/policy/keyAccess/accessCallers.ts';
import { keyFacts, nothingRead } from '../../../../src/core/policy/keyAccess/keyFacts.ts';
import { operationGroups } from '../../../../src/core/policy/keyAccess/operationGroups.ts';
import { compilePolicy } from '../../../../src/core/policy/compile/compilePolicy.ts';
import { tryRequest, type DescribedRequest } from '../../../../src/core/policy/keyAccess/tryRequest.ts';
import { parsePolicy } from '../../../../src/core/policy/parse/parsePolicy.ts';

const account = '111122223333';
const root = `arn:aws:iam::${account}:root`;
const alice = `arn:aws:iam::${account}:user/alice`;
const app = `arn:aws:iam::${account}:role/app`;

const metadata: KeyMetadata = {
  keyId: '1', arn: `arn:aws:kms:eu-west-1:${account}:key/1`, accountId: account, region: 'eu-west-1', creationDate: undefined, enabled: true, description: '',
  keyUsage: 'ENCRYPT_DECRYPT', keyState: 'Enabled', keySpec: 'SYMMETRIC_DEFAULT', origin: 'AWS_KMS', keyManager: 'CUSTOMER', multiRegion: false,
  multiRegionConfiguration: undefined, deletionDate: undefined, pendingDeletionWindowInDays: undefined, validTo: undefined, expirationModel: undefined,
  customKeyStoreId: undefined, cloudHsmClusterId: undefined, xksKeyId: undefined, currentKeyMaterialId: undefined, encryptionAlgorithms: [], signingAlgorithms: [],
  keyAgreementAlgorithms: [], encapsulationAlgorithms: [], macAlgorithms: [],
};
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Account', Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:*', Resource: '*' },
    { Sid: 'App', Effect: 'Allow', Principal: { AWS: app }, Action: 'kms:Decrypt', Resource: '*', Condition: { StringEquals: { 'kms:EncryptionContext:service': 'orders' } } },
    { Effect: 'Deny', Principal: '*', Action: 'kms:Encrypt', Resource: '*', Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } },
  ],
});
const grant: GrantEntry = { grantId: 'g1', name: '', creationDate: undefined, granteePrincipal: app, retiringPrincipal: undefined, issuingAccount: account, operations: ['GenerateDataKey'], constraints: {} };
const key = keyFacts(metadata, policy, { ...nothingRead, grants: [grant] });

interface Trial {
  readonly name: string;
  readonly request: Partial<DescribedRequest> & { readonly operation: string };
  readonly by?: string;
  /** Allowed, and whether IAM has to help. */
  readonly expected: string;
  readonly sentence?: RegExp;
  /** Numbers of the statements that are shown, from zero. */
  readonly statements?: readonly number[];
}

const trials: readonly Trial[] = [
  { name: 'what the root user may do', by: root, request: { operation: 'Decrypt' }, expected: 'allowed', statements: [0] },
  { name: 'what IAM has to allow too', by: alice, request: { operation: 'Decrypt' }, expected: 'allowed with IAM', statements: [0] },
  { name: 'what an encryption context allows', by: app, request: { operation: 'Decrypt', encryptionContext: { service: 'orders' } }, expected: 'allowed', statements: [1] },
  { name: 'what a grant allows', by: app, request: { operation: 'GenerateDataKey' }, expected: 'allowed', sentence: /^Grant g1 allows/ },
  { name: 'what is denied through a service', by: root, request: { operation: 'Encrypt', viaService: 's3.eu-west-1.amazonaws.com' }, expected: 'denied', statements: [2] },
  { name: 'what is not denied directly', by: root, request: { operation: 'Encrypt' }, expected: 'allowed' },
  { name: 'what another account may not do', by: 'arn:aws:iam::444455556666:user/bob', request: { operation: 'Decrypt' }, expected: 'denied' },
  { name: 'what a service may not do', by: 's3.amazonaws.com', request: { operation: 'Decrypt' }, expected: 'denied' },
];

function checkTrial({ request, by = alice, expected, sentence = /\.$/, statements }: Trial): void {
  const caller = callerOfArn(by);
  assert.ok(caller !== undefined);
  const { decision, needsIam } = tryRequest(key, { encryptionContext: {}, viaService: undefined, now: 0, ...request, caller });
  assert.equal(`${decision.allowed ? 'allowed' : 'denied'}${needsIam ? ' with IAM' : ''}`, expected);
  const words = explainDecision(decision, parsePolicy(policy));
  assert.match(words.sentence, sentence);
  if (statements !== undefined) assert.deepEqual(words.statements.map(({ index }) => index), statements);
  for (const { title, words: told } of words.statements) assert.match(`${title}: ${told}`, /^Statement \d.*: (?:Allows|Forbids) .*\.$/);
}

describe('tryRequest', () => {
  for (const each of trials) it(`tells ${each.name}`, () => { checkTrial(each); });

  for (const [what, action, allowed] of [['allow', 'kms:Sign', true], ['do not', 'kms:Verify', false]] as const) {
    it(`asks no further when the caller's IAM policies are known and ${what}`, () => {
      const text = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
      const caller = { ...callerOfArn(alice)!, identityPolicies: [compilePolicy(text)] };
      const { decision, needsIam } = tryRequest(key, { operation: 'Sign', caller, encryptionContext: {}, viaService: undefined, now: 0 });
      assert.deepEqual([decision.allowed, needsIam], [allowed, false]);
    });
  }
});

describe('accessCallers', () => {
  const place = { account, region: 'eu-west-1' };
  const arns = (asking: string | undefined, grantees: readonly string[] = []) =>
    accessCallers(place, [parsePolicy(policy)], grantees, asking === undefined ? undefined : callerOfArn(asking)).map(({ arn }) => arn);

  it('lists the account, whom the policy and the grants name, and the one who asks', () => {
    assert.deepEqual(arns(alice, ['s3.amazonaws.com', app]), [root, app, 's3.amazonaws.com', alice]);
  });

  it('does not list a session whose role is named', () => {
    assert.deepEqual(arns(`arn:aws:sts::${account}:assumed-role/app/me`), [root, app]);
  });

  it('takes the root of the Region’s partition', () => {
    assert.deepEqual(accessCallers({ account, region: 'cn-north-1' }, [], [], undefined).map(({ arn }) => arn), [`arn:aws-cn:iam::${account}:root`]);
  });
});

describe('operationGroups', () => {
  it('has every operation of the key once, and no other', () => {
    const groups = operationGroups({ spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC', origin: 'AWS_KMS', multiRegion: false });
    assert.deepEqual(groups.map(({ title }) => title), ['Use', 'Manage', 'Grants', 'Look']);
    assert.deepEqual(groups[0]?.operations, ['GenerateMac', 'VerifyMac']);
    const all = groups.flatMap(({ operations }) => operations);
    assert.equal(new Set(all).size, all.length);
    assert.ok(all.includes('PutKeyPolicy') && !all.includes('Encrypt') && !all.includes('ListKeys'));
  });
});
