import assert from 'node:assert/strict';
import { callerOfArn } from '../../../../src/core/policy/explain/callerNamed.ts';
import { reviewPolicy } from '../../../../src/core/policy/review/reviewPolicy.ts';
import { account, keyOf } from '../evaluate/caseRequest.ts';

const root = `arn:aws:iam::${account}:root`;
const alice = `arn:aws:iam::${account}:user/alice`;
const app = `arn:aws:iam::${account}:role/app`;
const session = `arn:aws:sts::${account}:assumed-role/ops/me`;

const allow = (principal: string, action: string | readonly string[], more: object = {}): object => ({ Effect: 'Allow', Principal: { AWS: principal }, Action: action, Resource: '*', ...more });
const textOf = (...statements: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const all = allow(root, 'kms:*');
const through = { Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } };

interface Case {
  readonly name: string;
  readonly before: readonly object[];
  readonly after: readonly object[];
  readonly caller?: string;
  readonly gains?: readonly string[];
  readonly losses?: readonly string[];
  readonly isLockout?: boolean;
  /** IAM policies that were read: what the one of a user or role allows. */
  readonly iam?: Readonly<Record<string, string>>;
}

const cases: readonly Case[] = [
  { name: 'nothing between two spellings', before: [all], after: [allow(account, 'KMS:*')] },
  { name: 'who gains', before: [all], after: [all, allow(alice, ['kms:Decrypt', 'kms:Encrypt'])], gains: [`User alice of account ${account} may now Decrypt and Encrypt without conditions.`] },
  { name: 'who gains what it could not do at all', before: [allow(root, 'kms:PutKeyPolicy')], after: [allow(root, 'kms:PutKeyPolicy'), allow(app, 'kms:Decrypt', through)], gains: [`Role app of account ${account} may now Decrypt, under conditions.`] },
  { name: 'who loses', before: [allow(root, 'kms:PutKeyPolicy'), allow(app, ['kms:Decrypt', 'kms:Sign'])], after: [allow(root, 'kms:PutKeyPolicy')], losses: [`Role app of account ${account} may no longer Decrypt.`] },
  { name: 'who is bound to conditions', before: [allow(root, 'kms:PutKeyPolicy'), allow(app, 'kms:Decrypt')], after: [allow(root, 'kms:PutKeyPolicy'), allow(app, 'kms:Decrypt', through)], losses: [`Role app of account ${account} may Decrypt only under conditions.`] },
  { name: 'a service', before: [all], after: [all, { Effect: 'Allow', Principal: { Service: 'logs.eu-west-1.amazonaws.com' }, Action: 'kms:Decrypt', Resource: '*' }], gains: ['The service logs.eu-west-1.amazonaws.com may now Decrypt.'] },
  { name: 'everything, in two words', before: [allow(alice, 'kms:*')], after: [allow(alice, 'kms:*'), all], gains: [`The root user of account ${account} may now do everything with the key.`] },
  { name: 'a long list by its beginning', before: [all], after: [all, allow(alice, ['kms:Get*', 'kms:List*', 'kms:Describe*', 'kms:Enable*', 'kms:Disable*'])], gains: [`User alice of account ${account} may now DescribeKey, DisableKey, DisableKeyRotation, EnableKey, EnableKeyRotation, GetKeyLastUsage, GetKeyPolicy, GetKeyRotationStatus and 4 more without conditions.`] },
  { name: 'the lockout of the root user', before: [all], after: [allow(alice, 'kms:*')], caller: root, isLockout: true, gains: [`User alice of account ${account} may now CancelKeyDeletion, CreateGrant, Decrypt, DescribeKey, DisableKey, DisableKeyRotation, EnableKey, EnableKeyRotation and 21 more without conditions.`], losses: [`The root user of account ${account} may no longer do everything with the key.`] },
  { name: 'no lockout of somebody whose IAM policies nobody knows', before: [all], after: [all], caller: alice },
  { name: 'the lockout of a session', before: [allow(root, 'kms:PutKeyPolicy')], after: [allow(root, 'kms:GetKeyPolicy')], caller: session, isLockout: true, gains: [`The root user of account ${account} may now GetKeyPolicy.`, `Role session ops/me of account ${account} may now GetKeyPolicy, under conditions.`], losses: [`The root user of account ${account} may no longer PutKeyPolicy.`, `Role session ops/me of account ${account} may no longer PutKeyPolicy.`] },
  { name: 'whom IAM policies no longer help', before: [all], after: [allow(root, 'kms:PutKeyPolicy')], iam: { [alice]: 'kms:Decrypt', [app]: 's3:*' }, losses: [`The root user of account ${account} may no longer CancelKeyDeletion, CreateAlias, CreateGrant, Decrypt, DeleteAlias, DescribeKey, DisableKey, DisableKeyRotation and 23 more.`, `User alice of account ${account} may no longer Decrypt.`] },
  { name: 'nothing of somebody whose IAM policies allow the same', before: [all], after: [all, allow(alice, 'kms:Decrypt')], iam: { [alice]: 'kms:Decrypt' } },
  { name: 'many to whom the same happens in one sentence', before: [allow(root, 'kms:PutKeyPolicy')], after: [allow(root, 'kms:PutKeyPolicy'), ...[1, 2, 3, 4].map((number) => allow(`${app}${number}`, 'kms:Decrypt'))], gains: [`Role app1 of account ${account}, role app2 of account ${account}, role app3 of account ${account} and role app4 of account ${account} may now Decrypt.`] },
];

function check({ before, after, caller, gains = [], losses = [], isLockout = false, iam = {} }: Case): void {
  const asking = caller === undefined ? undefined : callerOfArn(caller);
  const known = Object.entries(iam).map(([arn, action]) => ({ arn, policies: [textOf({ Effect: 'Allow', Action: action, Resource: '*' })], boundary: null, unread: [] }));
  assert.deepEqual(reviewPolicy(textOf(...before), textOf(...after), keyOf({}), asking, known), { gains, losses, isLockout });
}

describe('reviewPolicy', () => {
  for (const each of cases) it(`tells ${each.name}`, () => { check(each); });
});
