import type { KeyOrigin, KeyUsage } from '../../../../src/core/kms/keyMetadata.ts';
import { compilePolicy } from '../../../../src/core/policy/compile/compilePolicy.ts';
import type { CompiledPolicy } from '../../../../src/core/policy/compile/compiledPolicy.ts';
import { conditionContext } from '../../../../src/core/policy/conditions/conditionContext.ts';
import { contextOf } from '../../../../src/core/policy/conditions/context.ts';
import type { RequestFacts, RequestParameters } from '../../../../src/core/policy/conditions/requestFacts.ts';
import type { DecisionKind } from '../../../../src/core/policy/evaluate/decision.ts';
import type { AccessRequest, Caller, KeyFacts } from '../../../../src/core/policy/evaluate/request.ts';
import { indexGrants, type GrantFacts, type GrantTerms } from '../../../../src/core/policy/grants/grantUse.ts';

/** A policy document, or its statements alone, which then are of Version 2012-10-17. */
type PolicyJson = readonly object[] | Readonly<Record<string, unknown>>;

export interface CaseKey {
  /** Without one the key has the default policy, which leaves everything to the account. */
  readonly policy?: PolicyJson;
  readonly account?: string;
  readonly id?: string;
  readonly spec?: string;
  readonly usage?: KeyUsage;
  readonly origin?: KeyOrigin;
  readonly manager?: 'AWS' | 'CUSTOMER';
  readonly aliases?: readonly string[] | number;
  readonly tags?: Readonly<Record<string, string>>;
  readonly multiRegionKeyType?: 'PRIMARY' | 'REPLICA';
  readonly grants?: readonly Partial<GrantFacts>[];
}

export interface DecisionCase {
  readonly name: string;
  readonly caller: string;
  readonly operation: string;
  readonly key?: CaseKey;
  readonly otherKey?: CaseKey;
  /** One list of statements or document for each identity policy. */
  readonly identity?: readonly PolicyJson[];
  readonly boundary?: PolicyJson;
  readonly session?: readonly PolicyJson[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly scp?: readonly (readonly PolicyJson[])[];
  readonly rcp?: readonly PolicyJson[];
  readonly vpce?: PolicyJson;
  readonly parameters?: RequestParameters;
  /** More facts of the request. */
  readonly facts?: Partial<RequestFacts>;
  /** Condition keys that are set over those of the facts. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  readonly alias?: string;
  readonly newKey?: { readonly arn: string; readonly isTagged: boolean };
  readonly tokens?: readonly string[];
  readonly newGrant?: GrantTerms;
  readonly retired?: Partial<GrantFacts>;
  readonly assume?: 'favourable' | 'unfavourable';
  readonly expect: {
    readonly allowed: boolean;
    readonly kind?: DecisionKind;
    /** As in `keyPolicy 0`. */
    readonly statements?: readonly string[];
    readonly grants?: readonly string[];
    readonly action?: string;
    readonly suffix?: string;
    /** As in `StringEquals kms:ViaService: s3.eu-west-1.amazonaws.com`, or `... : nothing`. */
    readonly failed?: readonly string[];
    readonly sentence?: string;
  };
}

export const account = '111122223333';
const otherAccount = '444455556666';

/** The people of the cases. */
const callers: Readonly<Record<string, Caller>> = {
  root: { kind: 'root', account, arn: `arn:aws:iam::${account}:root` },
  alice: { kind: 'user', account, arn: `arn:aws:iam::${account}:user/team/alice`, userId: 'AIDAALICE', organizationId: 'o-example' },
  bob: { kind: 'user', account, arn: `arn:aws:iam::${account}:user/bob`, userId: 'AIDABOB' },
  deploy: {
    kind: 'role',
    account,
    arn: `arn:aws:sts::${account}:assumed-role/deploy/build-7`,
    roleArn: `arn:aws:iam::${account}:role/ci/deploy`,
    userId: 'AROADEPLOY:build-7',
  },
  plainRole: { kind: 'role', account, arn: `arn:aws:sts::${account}:assumed-role/reader/one` },
  webRole: {
    kind: 'role',
    account,
    arn: `arn:aws:sts::${account}:assumed-role/web/one`,
    federatedProvider: 'cognito-identity.amazonaws.com',
  },
  guest: { kind: 'federatedUser', account, arn: `arn:aws:sts::${account}:federated-user/guest` },
  s3: { kind: 'service', account: '', arn: 's3.amazonaws.com' },
  stranger: { kind: 'user', account: otherAccount, arn: `arn:aws:iam::${otherAccount}:user/stranger` },
  strangerRole: { kind: 'role', account: otherAccount, arn: `arn:aws:sts::${otherAccount}:assumed-role/visitor/one` },
  strangerRoot: { kind: 'root', account: otherAccount, arn: `arn:aws:iam::${otherAccount}:root` },
};

export function policyOf(policy: PolicyJson): CompiledPolicy {
  return compilePolicy(JSON.stringify(Array.isArray(policy) ? { Version: '2012-10-17', Statement: policy as unknown } : policy));
}

const delegation = (owner: string): PolicyJson => [
  { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${owner}:root` }, Action: 'kms:*', Resource: '*' },
];

const firstKeyId = '11111111-1111-4111-8111-111111111111';

export function keyOf(key: CaseKey): KeyFacts {
  const owner = key.account ?? account;
  const { aliases = [], grants = [], multiRegionKeyType } = key;
  return {
    arn: `arn:aws:kms:eu-west-1:${owner}:key/${key.id ?? firstKeyId}`,
    account: owner,
    policy: policyOf(key.policy ?? delegation(owner)),
    spec: key.spec ?? 'SYMMETRIC_DEFAULT',
    usage: key.usage ?? 'ENCRYPT_DECRYPT',
    origin: key.origin ?? 'AWS_KMS',
    manager: key.manager ?? 'CUSTOMER',
    aliases: typeof aliases === 'number' ? Array.from({ length: aliases }, (_, index) => `alias/a${index}`) : aliases,
    tags: key.tags ?? {},
    ...(multiRegionKeyType === undefined ? {} : { multiRegionKeyType }),
    grants: indexGrants(grants.map((grant, index) => grantOf(grant, index))),
  };
}

function grantOf(grant: Partial<GrantFacts>, index = 0): GrantFacts {
  return { id: `g${index}`, grantee: callers['bob']?.arn ?? '', operations: ['Decrypt'], issuingAccount: account, ...grant };
}

export function callerOf(each: DecisionCase): Caller {
  const caller = callers[each.caller];
  if (caller === undefined) throw new Error(`Nobody is called ${each.caller}.`);
  return {
    ...caller,
    identityPolicies: (each.identity ?? []).map(policyOf),
    ...(each.boundary === undefined ? {} : { boundary: policyOf(each.boundary) }),
    ...(each.session === undefined ? {} : { sessionPolicies: each.session.map(policyOf) }),
    ...(each.tags === undefined ? {} : { tags: each.tags }),
  };
}

/** The request of a case; its context is made by `conditionContext`, as in the product. */
export function requestOf(each: DecisionCase): AccessRequest {
  const caller = callerOf(each);
  const key = each.key === undefined ? undefined : keyOf(each.key);
  const otherKey = each.otherKey === undefined ? undefined : keyOf(each.otherKey);
  const contextFor = (of: KeyFacts | undefined) => {
    const facts: RequestFacts = {
      operation: each.operation,
      caller,
      region: 'eu-west-1',
      now: Date.UTC(2026, 0, 15, 12),
      parameters: each.parameters ?? {},
      ...each.facts,
      ...(of === undefined ? {} : { key: of }),
    };
    return new Map([...conditionContext(facts), ...contextOf(each.context ?? {})]);
  };
  return {
    operation: each.operation,
    caller,
    context: contextFor(key),
    ...(key === undefined ? {} : { key }),
    ...(otherKey === undefined ? {} : { otherKey, otherContext: contextFor(otherKey) }),
    ...(each.alias === undefined ? {} : { aliasArn: `arn:aws:kms:eu-west-1:${account}:${each.alias}` }),
    ...(each.newKey === undefined ? {} : { newKey: each.newKey }),
    ...(each.parameters?.encryptionContext === undefined ? {} : { encryptionContext: each.parameters.encryptionContext }),
    ...(each.tokens === undefined ? {} : { grantTokens: each.tokens }),
    ...(each.newGrant === undefined ? {} : { newGrant: each.newGrant }),
    ...(each.retired === undefined ? {} : { retiredGrant: grantOf(each.retired) }),
    ...(each.assume === undefined ? {} : { assume: each.assume }),
    ceilings: {
      ...(each.scp === undefined ? {} : { serviceControlPolicies: each.scp.map((level) => level.map(policyOf)) }),
      ...(each.rcp === undefined ? {} : { resourceControlPolicies: each.rcp.map(policyOf) }),
      ...(each.vpce === undefined ? {} : { vpcEndpointPolicy: policyOf(each.vpce) }),
    },
  };
}
