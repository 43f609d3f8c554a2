import type { Caller } from '../pipeline/call.ts';

/** Who wants to do what with a role, as its trust policy may ask. */
export interface TrustRequest {
  readonly action: 'sts:AssumeRole' | 'sts:TagSession';
  readonly caller: Caller;
  readonly externalId: string | undefined;
}

type Statement = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
}

function matchesAction(statement: Statement, action: string): boolean {
  return texts(statement['Action']).some((pattern) => {
    const parts = pattern.toLowerCase().split('*').map((part) => part.replace(/[^a-z0-9]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`).test(action.toLowerCase());
  });
}

/** A principal is the caller, the role of its session, everybody, or its account, which stands for all in it. */
function matchesPrincipal(statement: Statement, { arn, principalArn, accountId }: Caller): boolean {
  const { Principal: principal } = statement;
  const named = isObject(principal) ? texts(principal['AWS']) : texts(principal);
  const root = `${arn.split(':').slice(0, 2).join(':')}:iam::${accountId}:root`;
  return named.some((name) => ['*', arn, principalArn, accountId, root].includes(name));
}

/** Undefined for a condition that this check does not know. */
function meetsConditions({ Condition: condition }: Statement, externalId: string | undefined): boolean | undefined {
  if (condition === undefined) return true;
  if (!isObject(condition)) return undefined;
  const checks = Object.entries(condition).flatMap(([operator, keys]) => (isObject(keys) ? Object.entries(keys).map(([key, values]) => ({ operator, key, values })) : []));
  if (checks.some(({ operator, key }) => operator !== 'StringEquals' || key.toLowerCase() !== 'sts:externalid')) return undefined;
  return checks.every(({ values }) => externalId !== undefined && texts(values).includes(externalId));
}

/**
 * Whether a role's trust policy lets the caller in: a statement allows it and none denies it. Of conditions it knows
 * `StringEquals` of `sts:ExternalId`; a statement with any other condition never allows, and always denies.
 */
export function trustAllows(trust: string, { action, caller, externalId }: TrustRequest): boolean {
  const document: unknown = JSON.parse(trust);
  const { Statement: given } = isObject(document) ? document : {};
  const statements = (Array.isArray(given) ? given : [given]).filter(isObject);
  const matching = statements.filter((each) => matchesAction(each, action) && matchesPrincipal(each, caller));
  const denied = matching.some((each) => each['Effect'] === 'Deny' && meetsConditions(each, externalId) !== false);
  return !denied && matching.some((each) => each['Effect'] === 'Allow' && meetsConditions(each, externalId) === true);
}
