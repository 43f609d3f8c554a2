import assert from 'node:assert/strict';
import fc from 'fast-check';
import { evaluate } from '../../../../src/core/policy/evaluate/evaluate.ts';
import { requestOf, type DecisionCase } from './caseRequest.ts';

const conditions = fc.constantFrom<object | undefined>(
  undefined,
  { StringEquals: { 'kms:CallerAccount': '111122223333' } },
  { StringNotEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
  { StringLike: { 'kms:EncryptionContext:app': '${aws:username}*' } },
  { 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': ['app', 'env'] } },
  { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['env'] } },
  { Null: { 'kms:ViaService': 'true' } },
  { BoolIfExists: { 'kms:MultiRegion': 'true' } },
  { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } },
);
const actions = fc.constantFrom<object>(
  { Action: 'kms:*' },
  { Action: 'kms:Decrypt' },
  { Action: ['kms:Enc*', 'kms:?ecrypt'] },
  { NotAction: 'kms:Put*' },
  { NotAction: ['kms:Decrypt', 'kms:Encrypt'] },
);
const principals = fc.constantFrom<object>(
  { Principal: '*' },
  { Principal: { AWS: '111122223333' } },
  { Principal: { AWS: 'arn:aws:iam::111122223333:user/team/alice' } },
  { Principal: { AWS: ['arn:aws:iam::111122223333:role/ci/deploy', 'arn:aws:iam::444455556666:root'] } },
  { NotPrincipal: { AWS: 'arn:aws:iam::111122223333:user/team/alice' } },
  { Principal: { Service: 's3.amazonaws.com' } },
);
const resources = fc.constantFrom<object>({ Resource: '*' }, { Resource: 'arn:aws:kms:*:111122223333:key/*' }, { NotResource: 'arn:aws:kms:*:*:alias/*' }, {});
const effects = fc.constantFrom<'Allow' | 'Deny'>('Allow', 'Deny');

const identityStatement = fc
  .tuple(effects, actions, resources, conditions)
  .map(([Effect, action, resource, Condition]) => ({ Effect, ...action, ...resource, ...(Condition === undefined ? {} : { Condition }) }));
const keyStatement = fc.tuple(identityStatement, principals).map(([statement, principal]) => ({ ...statement, ...principal }));

const cases = fc.record({
  caller: fc.constantFrom('alice', 'bob', 'deploy', 'root', 's3', 'stranger', 'strangerRoot'),
  operation: fc.constantFrom('Decrypt', 'Encrypt', 'PutKeyPolicy', 'DescribeKey'),
  statements: fc.array(keyStatement, { maxLength: 6 }),
  identity: fc.array(identityStatement, { maxLength: 4 }),
  boundary: fc.option(fc.array(identityStatement, { maxLength: 2 }), { nil: undefined }),
  encryptionContext: fc.constantFrom<Record<string, string>>({}, { app: 'alice-1' }, { env: 'p' }, { app: 'x', env: 'p' }),
  viaService: fc.constantFrom(undefined, 's3.eu-west-1.amazonaws.com'),
  hasGrant: fc.boolean(),
});
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

function decisionCase({ caller, operation, statements, identity, boundary, encryptionContext, viaService, hasGrant }: Case): DecisionCase {
  return {
    name: '',
    caller,
    operation,
    key: { policy: statements, grants: hasGrant ? [{ operations: ['Decrypt', 'DescribeKey'] }] : [] },
    identity: [identity],
    ...(boundary === undefined ? {} : { boundary }),
    parameters: { encryptionContext },
    facts: viaService === undefined ? {} : { viaService },
    expect: { allowed: true },
  };
}

function allows(each: Case): boolean {
  return evaluate(requestOf(decisionCase(each))).allowed;
}

describe('evaluate, whatever the policies,', () => {
  it('denies what a statement of any policy denies', () => {
    fc.assert(
      fc.property(cases, fc.boolean(), (each, inKeyPolicy) => {
        const deny = { Effect: 'Deny' as const, Action: '*', Resource: '*' };
        fc.pre(inKeyPolicy || !['root', 's3', 'strangerRoot'].includes(each.caller));
        const denied = inKeyPolicy ? { ...each, statements: [...each.statements, { ...deny, Principal: '*' }] } : { ...each, identity: [...each.identity, deny] };
        assert.equal(evaluate(requestOf(decisionCase(denied))).kind, 'explicitDeny');
      }),
    );
  });

  it('does not care for the order of statements', () => {
    fc.assert(
      fc.property(cases, fc.nat(), (each, turn) => {
        const turned = <T>(list: readonly T[]): T[] => list.map((_, index) => list[(index + turn) % list.length]!);
        assert.equal(allows({ ...each, statements: turned(each.statements), identity: turned(each.identity) }), allows(each));
        assert.equal(allows({ ...each, statements: each.statements.toReversed() }), allows(each));
      }),
    );
  });

  it('never takes access away for one more Allow', () => {
    fc.assert(
      fc.property(cases, keyStatement, identityStatement, (each, statement, own) => {
        fc.pre(allows(each));
        assert.ok(allows({ ...each, statements: [...each.statements, { ...statement, Effect: 'Allow' }] }));
        assert.ok(allows({ ...each, identity: [...each.identity, { ...own, Effect: 'Allow' }] }));
        assert.ok(allows({ ...each, hasGrant: true }));
      }),
    );
  });

  it('never gives access for one more Deny', () => {
    fc.assert(
      fc.property(cases, keyStatement, (each, statement) => {
        fc.pre(!allows(each));
        assert.ok(!allows({ ...each, statements: [...each.statements, { ...statement, Effect: 'Deny' }] }));
      }),
    );
  });

  it('allows nothing to those whom no policy and no grant is about', () => {
    fc.assert(
      fc.property(cases, (each) => {
        assert.ok(!allows({ ...each, statements: [], hasGrant: false }));
      }),
    );
  });

  it('lies between the worst and the best that the open conditions can make of it', () => {
    fc.assert(
      fc.property(cases, (each) => {
        const request = requestOf(decisionCase(each));
        const fixed = new Map([...request.context].filter(([name]) => !/^kms:(?:encryptioncontext|viaservice)/.test(name)));
        const best = evaluate({ ...request, context: fixed, assume: 'favourable' }).allowed;
        const worst = evaluate({ ...request, context: fixed, assume: 'unfavourable' }).allowed;
        assert.ok(best || !allows(each), 'what is allowed is possible');
        assert.ok(!worst || allows(each), 'what is certain is allowed');
      }),
      { numRuns: 500 },
    );
  });

  it('names the statements that decided', () => {
    fc.assert(
      fc.property(cases, (each) => {
        const { allowed, statements } = evaluate(requestOf(decisionCase(each)));
        for (const { policy, index, effect } of statements) {
          const list = policy === 'keyPolicy' ? each.statements : policy === 'identityPolicy' ? each.identity : each.boundary;
          assert.equal(list?.[index]?.Effect, effect);
          assert.equal(effect, allowed ? 'Allow' : 'Deny');
        }
      }),
    );
  });
});
