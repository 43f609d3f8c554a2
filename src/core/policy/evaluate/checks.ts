import type { EncryptionContext } from '../../kms/keyMetadata.ts';
import { actionOf } from '../catalog/catalog.ts';
import type { CatalogAction } from '../catalog/catalogRows.ts';
import type { ConditionContext } from '../conditions/context.ts';
import type { AccessRequest, KeyFacts } from './request.ts';

/** One permission that an operation needs: an action on a key, or one that IAM alone decides on. */
export interface Check {
  readonly action: CatalogAction;
  /** An ARN, or `*`. */
  readonly resource: string;
  /** The key whose policy and grants decide; undefined where identity policies alone do. */
  readonly key: KeyFacts | undefined;
  readonly context: ConditionContext;
  readonly encryptionContext: EncryptionContext;
}

/**
 * The permissions that an operation needs, all of them
 * (https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html): alias operations need
 * the alias and every key it leaves or comes to, ReEncrypt its two keys, ReplicateKey the right to create the replica.
 * Undefined for an operation that KMS does not have, or when the request does not name what the operation is about.
 */
export function checksOf(request: AccessRequest): readonly Check[] | undefined {
  const { key, otherKey, aliasArn, newKey } = request;
  const alone = (action: string, resource: string | undefined) => identityCheck(request, action, resource);
  const tagging = newKey?.isTagged === true ? [alone('TagResource', newKey.arn)] : [];
  switch (request.operation) {
    case 'ReEncrypt':
      return complete([keyCheck(request, 'ReEncryptFrom', key), otherCheck(request, 'ReEncryptTo', otherKey)]);
    case 'CreateAlias':
    case 'DeleteAlias':
      return complete([alone(request.operation, aliasArn), keyCheck(request, request.operation, key)]);
    case 'UpdateAlias':
      return complete([
        alone('UpdateAlias', aliasArn),
        keyCheck(request, 'UpdateAlias', key),
        otherCheck(request, 'UpdateAlias', otherKey),
      ]);
    case 'CreateKey':
      return complete([alone('CreateKey', '*'), ...tagging]);
    case 'ReplicateKey':
      return complete([keyCheck(request, 'ReplicateKey', key), ...replicaChecks(request)]);
    default: {
      const isOnKey = actionOf(request.operation)?.resources.includes('key') === true;
      return complete([isOnKey ? keyCheck(request, request.operation, key) : alone(request.operation, '*')]);
    }
  }
}

/** The replica is created in a Region of its own, whose context may be another one. */
function replicaChecks(request: AccessRequest): readonly (Check | undefined)[] {
  const { context, otherContext = context, newKey } = request;
  const there = { ...request, context: otherContext };
  const tagging = newKey?.isTagged === true ? [identityCheck(there, 'TagResource', newKey.arn)] : [];
  return [identityCheck(there, 'CreateKey', '*'), ...tagging];
}

function complete(checks: readonly (Check | undefined)[]): readonly Check[] | undefined {
  const present = checks.filter((check) => check !== undefined);
  return present.length === checks.length ? present : undefined;
}

function identityCheck({ context }: AccessRequest, name: string, resource: string | undefined): Check | undefined {
  const action = actionOf(name);
  if (action === undefined || resource === undefined) return undefined;
  return { action, resource, key: undefined, context, encryptionContext: {} };
}

function keyCheck({ context, encryptionContext = {} }: AccessRequest, name: string, key: KeyFacts | undefined): Check | undefined {
  const action = actionOf(name);
  if (action === undefined || key === undefined) return undefined;
  return { action, resource: key.arn, key, context, encryptionContext };
}

/** The same for the second key of an operation. */
function otherCheck(request: AccessRequest, name: string, key: KeyFacts | undefined): Check | undefined {
  const { context, otherContext = context, encryptionContext = {}, otherEncryptionContext = encryptionContext } = request;
  return keyCheck({ ...request, context: otherContext, encryptionContext: otherEncryptionContext }, name, key);
}
