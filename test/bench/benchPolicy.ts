import { compilePolicy } from '../../src/core/policy/compile/compilePolicy.ts';
import { conditionContext } from '../../src/core/policy/conditions/conditionContext.ts';
import { evaluate } from '../../src/core/policy/evaluate/evaluate.ts';
import type { AccessRequest, Caller, KeyFacts } from '../../src/core/policy/evaluate/request.ts';
import { indexGrants } from '../../src/core/policy/grants/grantUse.ts';
import { lintPolicy } from '../../src/core/policy/lint/lintPolicy.ts';
import { maximumPolicyBytes } from '../../src/core/policy/save/allowedText.ts';
import { median, type Figure } from './figure.ts';

const account = '111122223333';
const arn = `arn:aws:kms:eu-west-1:${account}:key/11111111-1111-4111-8111-111111111111`;
const decisions = 50_000;
const lintRuns = 51;

function statement(index: number) {
  return {
    Sid: `Use by application ${index}`,
    Effect: index % 5 === 4 ? 'Deny' : 'Allow',
    Principal: { AWS: [`arn:aws:iam::${account}:role/application-${index}`, `arn:aws:iam::${account}:role/operator-${index}`] },
    Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    Resource: '*',
    Condition: { StringLike: { 'kms:ViaService': 's3.*.amazonaws.com' }, StringEquals: { 'kms:EncryptionContext:application': `${index}` } },
  };
}

function policyText(count: number): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: Array.from({ length: count }, (_, index) => statement(index)) }, null, 2);
}

/** A session of one of the roles, which the policy names and which has a grant that comes last. */
function requests(): readonly AccessRequest[] {
  const grants = Array.from({ length: 100 }, (_, index) => ({
    id: `grant-${index}`,
    grantee: `arn:aws:iam::${account}:role/grantee-${index}`,
    operations: ['Encrypt', 'Decrypt'],
    constraints: { encryptionContextSubset: { application: `${index}` } },
    issuingAccount: account,
  }));
  const key: KeyFacts = {
    arn,
    account,
    policy: compilePolicy(policyText(20)),
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    manager: 'CUSTOMER',
    aliases: ['alias/application'],
    tags: {},
    grants: indexGrants(grants),
  };
  return ['application-19', 'application-7', 'grantee-99', 'nobody'].map((role) => {
    const caller: Caller = { kind: 'role', account, arn: `arn:aws:sts::${account}:assumed-role/${role}/session`, identityPolicies: [] };
    const parameters = { encryptionContext: { application: role.replace(/\D+/, '') } };
    const context = conditionContext({ operation: 'Decrypt', caller, key, region: 'eu-west-1', now: 0, parameters, viaService: 's3.eu-west-1.amazonaws.com' });
    return { operation: 'Decrypt', caller, key, context, ...parameters };
  });
}

/** Decisions on compiled policies, and the lint of a policy as large as KMS stores. */
export function benchPolicy(): Promise<readonly Figure[]> {
  return Promise.resolve([
    { name: 'Policy decisions, 20 statements and 100 grants', value: decisionRate(), unit: 'decisions/s' },
    { name: `Lint of a policy of 32 kB (median of ${lintRuns})`, value: lintTime(), unit: 'ms' },
  ]);
}

function decisionRate(): number {
  const list = requests();
  const start = performance.now();
  let allowed = 0;
  for (let round = 0; round < decisions; round += list.length) {
    for (const request of list) if (evaluate(request).allowed) allowed += 1;
  }
  const seconds = (performance.now() - start) / 1000;
  if (allowed !== decisions / 2) throw new Error(`${allowed} of ${decisions} decisions allowed, where half of them should.`);
  return decisions / seconds;
}

function lintTime(): number {
  let count = 1;
  while (policyText(count + 1).length <= maximumPolicyBytes) count += 1;
  const text = policyText(count);
  const key = { arn, account, region: 'eu-west-1', spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT' } as const;
  const times = Array.from({ length: lintRuns }, () => {
    const start = performance.now();
    lintPolicy(text, { key });
    return performance.now() - start;
  });
  return median(times);
}
