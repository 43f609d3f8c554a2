import type { EncryptionContext } from '../../kms/keyMetadata.ts';
import { compilePolicy } from '../compile/compilePolicy.ts';
import { conditionContext } from '../conditions/conditionContext.ts';
import type { Decision } from '../evaluate/decision.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Caller, KeyFacts } from '../evaluate/request.ts';

/** A request that somebody describes. */
export interface DescribedRequest {
  /** Without `kms:`. */
  readonly operation: string;
  readonly caller: Caller;
  readonly encryptionContext: EncryptionContext;
  /** As in `s3.eu-west-1.amazonaws.com`; undefined for a direct call. */
  readonly viaService: string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface TriedRequest {
  readonly decision: Decision;
  /** The IAM policies of the caller, which are not known, have to allow it as well. */
  readonly needsIam: boolean;
}

/** What any IAM policy could allow at most. */
const everythingAllowed = compilePolicy('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"kms:*","Resource":"*"}}');

/** Decides on a request as KMS would, by the key's own policy, its grants and the caller's IAM policies, or as far as IAM policies that allow would go where they are not known. */
export function tryRequest(key: KeyFacts, request: DescribedRequest): TriedRequest {
  const { operation, caller, encryptionContext, viaService, now } = request;
  const region = key.arn.split(':')[3] ?? '';
  const parameters = { encryptionContext, grantIsForAwsResource: viaService !== undefined };
  const facts = { operation, caller, key, region, now, parameters, ...(viaService === undefined ? {} : { viaService }) };
  const ask = (identityPolicies: Caller['identityPolicies'] & object) =>
    evaluate({
      operation,
      caller: { ...caller, identityPolicies },
      key,
      otherKey: key,
      aliasArn: `${key.arn.slice(0, key.arn.lastIndexOf(':') + 1)}${key.aliases[0] ?? 'alias/new'}`,
      context: conditionContext(facts),
      encryptionContext,
    });
  if (caller.identityPolicies !== undefined) return { decision: ask(caller.identityPolicies), needsIam: false };
  const alone = ask([]);
  if (alone.allowed) return { decision: alone, needsIam: false };
  const helped = ask([everythingAllowed]);
  return helped.allowed ? { decision: helped, needsIam: true } : { decision: alone, needsIam: false };
}
