import type { DecidingStatement, Denial, FailedCondition, PolicyKind } from './decision.ts';

/** What AWS calls the kinds of policies in AccessDeniedException (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html). */
const awsNames: Readonly<Record<PolicyKind, string>> = {
  keyPolicy: 'resource-based policy',
  identityPolicy: 'identity-based policy',
  permissionsBoundary: 'permissions boundary',
  sessionPolicy: 'session policy',
  serviceControlPolicy: 'service control policy',
  resourceControlPolicy: 'resource control policy',
  vpcEndpointPolicy: 'VPC endpoint policy',
  trustPolicy: 'resource-based policy',
};

const plainNames: Readonly<Record<PolicyKind, string>> = {
  keyPolicy: 'the key policy',
  identityPolicy: 'an identity policy',
  permissionsBoundary: 'the permissions boundary',
  sessionPolicy: 'the session policy',
  serviceControlPolicy: 'a service control policy',
  resourceControlPolicy: 'a resource control policy',
  vpcEndpointPolicy: 'the VPC endpoint policy',
  trustPolicy: 'the trust policy',
};

/** The end of AWS's sentence, as in "because no identity-based policy allows the kms:Decrypt action". */
export function denialSuffix({ policy, isExplicit }: Denial, action: string): string {
  const name = awsNames[policy];
  if (!isExplicit) return `because no ${name} allows the ${action} action`;
  return `with an explicit deny in ${name.startsWith('identity') ? 'an' : 'a'} ${name}`;
}

/** AWS's whole sentence (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html). */
export function accessDeniedMessage(callerArn: string, { action, resource, suffix }: { action: string; resource: string; suffix: string | undefined }): string {
  const start = `User: ${callerArn} is not authorized to perform: ${action} on resource: ${resource}`;
  return suffix === undefined ? start : `${start} ${suffix}`;
}

/** `statement 2 ("Allow use of the key") of the key policy`. */
export function statementName({ policy, index, sid }: DecidingStatement): string {
  const name = sid === undefined || sid === '' ? '' : ` ("${sid}")`;
  return `statement ${index + 1}${name} of ${plainNames[policy]}`;
}

export function policyName(policy: PolicyKind): string {
  return plainNames[policy];
}

/** The encryption context is its owner's business: sentences are logged, and have none of its values. */
const privateKey = 'kms:encryptioncontext:';

/** Why a statement that would have allowed did not. */
export function failureClause({ statement, operator, key, expected, actual }: FailedCondition): string {
  const isPrivate = key.toLowerCase().startsWith(privateKey);
  const needs = `${statementName(statement)} would allow it, but needs ${operator} ${key}${isPrivate ? '' : ` ${list(expected)}`}`;
  if (actual === undefined || actual.length === 0) return `${needs}, and the request has no such value`;
  return `${needs}, and the request has ${isPrivate ? 'a value that does not fit' : list(actual)}`;
}

function list(values: readonly string[]): string {
  return values.map((value) => `"${value}"`).join(' or ');
}

export function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}
