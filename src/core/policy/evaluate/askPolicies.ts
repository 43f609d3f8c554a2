import type { CompiledPolicy } from '../compile/compiledPolicy.ts';
import type { Check } from './checks.ts';
import type { DecidingStatement, PolicyKind } from './decision.ts';
import { findStatements, type Findings, type Question } from './findStatements.ts';
import type { AccessRequest } from './request.ts';
import { settledKeys } from './settledKeys.ts';

const nothing: Findings = { allows: [], denies: [], failures: [] };

/** What all policies say about one check. */
export interface Answers {
  readonly check: Check;
  readonly request: AccessRequest;
  /** The name of the action with its prefix. */
  readonly action: string;
  readonly keyPolicy: Findings;
  readonly identity: Findings;
  /** Undefined where the caller has no such limit. */
  readonly boundary: Findings | undefined;
  readonly session: Findings | undefined;
  /** One for each level of the organization. */
  readonly serviceControl: readonly Findings[];
  readonly resourceControl: Findings;
  readonly vpcEndpoint: Findings | undefined;
}

export function askPolicies(check: Check, request: AccessRequest): Answers {
  const { caller, ceilings = {}, assume } = request;
  const action = `kms:${check.action.name}`;
  const question: Question = {
    caller,
    action: action.toLowerCase(),
    resource: check.resource,
    context: check.context,
    assume,
    isSettled: settledKeys(check.key === undefined ? request : { ...request, key: check.key }),
  };
  const ask = (kind: PolicyKind, policies: readonly CompiledPolicy[]) => findStatements(policies, kind, question);
  // The root user has no identity policies, no boundary and no session policy, and a service has no account at all.
  const isIdentity = caller.kind !== 'root' && caller.kind !== 'service';
  const levels = caller.kind === 'service' ? [] : (ceilings.serviceControlPolicies ?? []);
  return {
    check,
    request,
    action,
    keyPolicy: check.key === undefined ? nothing : ask('keyPolicy', [check.key.policy]),
    identity: isIdentity ? ask('identityPolicy', caller.identityPolicies ?? []) : nothing,
    boundary: isIdentity && caller.boundary !== undefined ? ask('permissionsBoundary', [caller.boundary]) : undefined,
    session: isIdentity && caller.sessionPolicies !== undefined ? ask('sessionPolicy', caller.sessionPolicies) : undefined,
    serviceControl: levels.map((policies) => ask('serviceControlPolicy', policies)),
    resourceControl: hasResourceControl(check) ? ask('resourceControlPolicy', ceilings.resourceControlPolicies ?? []) : nothing,
    vpcEndpoint: ceilings.vpcEndpointPolicy === undefined ? undefined : ask('vpcEndpointPolicy', [ceilings.vpcEndpointPolicy]),
  };
}

/**
 * Resource control policies do not reach AWS managed keys, nor kms:RetireGrant
 * (https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html).
 */
function hasResourceControl({ key, action }: Check): boolean {
  return key !== undefined && key.manager !== 'AWS' && action.name !== 'RetireGrant';
}

export function denialsOf(answers: Answers): readonly DecidingStatement[] {
  return allFindings(answers).flatMap(({ denies }) => denies);
}

export function allFindings({ keyPolicy, identity, boundary, session, serviceControl, resourceControl, vpcEndpoint }: Answers): readonly Findings[] {
  return [keyPolicy, identity, boundary ?? nothing, session ?? nothing, ...serviceControl, resourceControl, vpcEndpoint ?? nothing];
}

/** The limit of the whole account or network that lacks an Allow. */
export function lackingCeiling({ serviceControl, vpcEndpoint }: Answers): PolicyKind | undefined {
  if (serviceControl.some(({ allows }) => allows.length === 0)) return 'serviceControlPolicy';
  return vpcEndpoint?.allows.length === 0 ? 'vpcEndpointPolicy' : undefined;
}

/** The limit of the caller that lacks an Allow. */
export function lackingLimit({ boundary, session }: Answers): PolicyKind | undefined {
  if (boundary?.allows.length === 0) return 'permissionsBoundary';
  return session?.allows.length === 0 ? 'sessionPolicy' : undefined;
}

/** Which policy of the caller's own lacks an Allow; undefined when IAM allows within the caller's limits. */
export function lackingIdentity(answers: Answers): PolicyKind | undefined {
  const { caller, assume } = answers.request;
  if (caller.kind === 'root') return undefined;
  const isUnknown = caller.identityPolicies === undefined && assume === 'favourable' && caller.kind !== 'service';
  if (answers.identity.allows.length === 0 && !isUnknown) return 'identityPolicy';
  return lackingLimit(answers);
}
