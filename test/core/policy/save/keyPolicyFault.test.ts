import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { maximumPolicyBytes } from '../../../../src/core/policy/save/allowedText.ts';
import { keyPolicyFault } from '../../../../src/core/policy/save/keyPolicyFault.ts';
import { lockoutFault } from '../../../../src/core/policy/save/lockoutFault.ts';
import { keyOf, policyOf, requestOf, type DecisionCase } from '../evaluate/caseRequest.ts';

interface Case {
  readonly name: string;
  readonly policy?: object;
  readonly text?: string;
  /** Principals that do not exist. */
  readonly missing?: readonly string[];
  /** Missing when the policy is accepted. */
  readonly code?: string;
  /** A part of the message. */
  readonly message?: string;
  readonly at?: string;
}

const cases = JSON.parse(readFileSync(new URL('faults.json', import.meta.url), 'utf8')) as readonly Case[];

function check({ policy, text = JSON.stringify(policy), missing = [], code, message, at }: Case): void {
  const fault = keyPolicyFault(text, (_type, name) => !missing.includes(name));
  assert.equal(fault?.code, code, fault?.message);
  if (message !== undefined) assert.ok(fault?.message.includes(message), fault?.message);
  if (at !== undefined) assert.equal(text.slice(fault?.span?.offset, fault!.span!.offset + fault!.span!.length), at);
}

describe('keyPolicyFault', () => {
  for (const each of cases) it(each.name, () => { check(each); });

  it('refuses one byte more than KMS stores, and counts bytes', () => {
    const statement = { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' };
    const textOf = (sid: string) => JSON.stringify({ Statement: [{ Sid: sid, ...statement }] });
    const room = maximumPolicyBytes - textOf('').length;
    assert.equal(keyPolicyFault(textOf('é'.repeat(Math.floor(room / 2)) + 'x'.repeat(room % 2))), undefined);
    assert.equal(keyPolicyFault(textOf('x'.repeat(room - 1) + 'é'))?.code, 'LimitExceededException');
  });
});

const administrator = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:user/team/alice' }, Action: 'kms:Put*', Resource: '*' };
const delegation = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' };
const iam = [[{ Effect: 'Allow', Action: 'kms:PutKeyPolicy', Resource: '*' }]];

interface LockoutCase extends Pick<DecisionCase, 'caller' | 'identity' | 'parameters'> {
  readonly name: string;
  readonly policy: readonly object[];
  readonly isLockedOut: boolean;
}

const lockouts: readonly LockoutCase[] = [
  { name: 'lets a caller stay whom the policy names', caller: 'alice', policy: [administrator], isLockedOut: false },
  { name: 'lets the root user stay whom the policy names', caller: 'root', policy: [delegation], isLockedOut: false },
  { name: 'lets a caller stay whom IAM allows through the account', caller: 'alice', policy: [delegation], identity: iam, isLockedOut: false },
  { name: 'refuses a caller whom IAM does not allow', caller: 'alice', policy: [delegation], isLockedOut: true },
  { name: 'refuses a caller whom the policy no longer names', caller: 'bob', policy: [administrator], identity: iam, isLockedOut: true },
  { name: 'refuses a caller whom the policy denies', caller: 'alice', policy: [administrator, { ...administrator, Effect: 'Deny' }], isLockedOut: true },
  { name: 'refuses the root user whom the policy does not name', caller: 'root', policy: [administrator], isLockedOut: true },
];

function checkLockout({ policy, isLockedOut, ...each }: LockoutCase): void {
  const request = requestOf({ operation: 'CreateKey', key: {}, expect: { allowed: true }, ...each });
  const fault = lockoutFault(policyOf(policy), { ...request, key: keyOf({}) });
  const expected = isLockedOut ? 'The new key policy will not allow you to update the key policy in the future.' : undefined;
  assert.equal(fault?.message, expected);
  assert.equal(fault?.code, isLockedOut ? 'MalformedPolicyDocumentException' : undefined);
}

describe('lockoutFault', () => {
  for (const each of lockouts) it(each.name, () => { checkLockout(each); });
});
