import { conditionContext } from '../../core/policy/conditions/conditionContext.ts';
import type { ConditionContext } from '../../core/policy/conditions/context.ts';
import type { RequestParameters } from '../../core/policy/conditions/requestFacts.ts';
import type { AccessRequest, Caller, KeyFacts } from '../../core/policy/evaluate/request.ts';
import type { Call } from '../pipeline/call.ts';
import type { StoredKey } from '../store/keyRecord.ts';
import type { GrantRow } from '../store/tables/grantTable.ts';
import { engineConstraints, grantFacts } from './grantFacts.ts';
import { grantTerms } from './grantParameters.ts';
import type { KeyAccess } from './keyFacts.ts';
import { requestOrigin } from './requestOrigin.ts';
import { encryptionContextOf, requestParameters } from './requestParameters.ts';

/** What a call has to be allowed to do. */
export interface Asked {
  /** An operation such as `UpdateAlias`, or an action such as `ReEncryptTo`; without `kms:`. */
  readonly action: string;
  /** The key; of UpdateAlias the one that the alias leaves. */
  readonly key?: StoredKey | undefined;
  /** Of UpdateAlias the key that the alias comes to. */
  readonly otherKey?: StoredKey | undefined;
  readonly aliasArn?: string;
  /** The key that CreateKey or ReplicateKey is going to make, and where. */
  readonly newKey?: { readonly arn: string; readonly isTagged: boolean; readonly region: string };
  /** The grant that RetireGrant is to retire. */
  readonly retiredGrant?: GrantRow;
  /** What the request alone does not tell. */
  readonly parameters?: RequestParameters;
}

const nothingKnown: ConditionContext = new Map();

/**
 * The question that a call puts to the policy engine. The condition keys are gathered only where a policy asks for one:
 * most do not, and most of the work is in them.
 */
export function accessRequest(call: Call, asked: Asked): AccessRequest {
  const { action, aliasArn, newKey, retiredGrant } = asked;
  const { caller, asksContext } = call.access.caller(call.caller);
  const key = asked.key && call.access.key(asked.key, caller);
  const otherKey = asked.otherKey && call.access.key(asked.otherKey, caller);
  const isAsked = asksContext || key?.asksContext === true || otherKey?.asksContext === true;
  const contextOf = (record: StoredKey | undefined, access: KeyAccess | undefined, region: string): ConditionContext =>
    isAsked ? contextOfCall(call, asked, { caller, record, key: access?.key, region }) : nothingKnown;
  return {
    operation: action,
    caller,
    context: contextOf(asked.key, key, call.region),
    ...(key ? { key: key.key } : {}),
    ...(otherKey ? { otherKey: otherKey.key, otherContext: contextOf(asked.otherKey, otherKey, call.region) } : {}),
    ...(newKey ? { newKey } : {}),
    // A replica is created in its own Region.
    ...(newKey && key ? { otherContext: contextOf(asked.key, key, newKey.region) } : {}),
    ...(aliasArn === undefined ? {} : { aliasArn }),
    ...(action === 'CreateGrant' ? { newGrant: grantTerms(call.input) } : {}),
    ...(retiredGrant ? { retiredGrant: grantFacts(retiredGrant) } : {}),
    encryptionContext: encryptionContextOf(call, action) ?? {},
  };
}

/** Whether no policy that the question was put to asks for condition keys. */
export function asksNothing({ context }: AccessRequest): boolean {
  return context === nothingKnown;
}

/** What the condition keys are about. */
interface Subject {
  readonly caller: Caller;
  readonly record: StoredKey | undefined;
  readonly key: KeyFacts | undefined;
  readonly region: string;
}

/** Everything that a policy may ask of a call. RetireGrant tells of the constraints of its grant, and of nothing else in it. */
export function contextOfCall(call: Call, { action, retiredGrant, parameters }: Asked, { caller, record, key, region }: Subject): ConditionContext {
  const constraints = engineConstraints(retiredGrant?.constraints);
  return conditionContext({
    ...requestOrigin(call),
    operation: action,
    caller,
    region,
    ...(key ? { key } : {}),
    parameters: {
      ...requestParameters(call, action, record),
      ...(constraints === undefined ? {} : { grant: { operations: [], constraints } }),
      ...parameters,
    },
  });
}
