import type { EncryptionContext } from '../../../core/kms/keyMetadata.ts';
import type { GrantConstraints, NewGrant } from '../../../core/kms/service/grants.ts';
import type { KeyChange } from '../../../protocol/keyPanel.ts';
import { isRecord } from '../../../protocol/rpc.ts';

/** No member of a change is longer in the API of KMS. */
const longestText = 8192;

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestText;
}

/** Names and values that are texts; undefined for anything else. */
export function readContext(value: unknown): EncryptionContext | undefined {
  if (!isRecord(value)) return undefined;
  const pairs = Object.entries(value);
  return pairs.every((pair): pair is [string, string] => isText(pair[1])) ? Object.fromEntries(pairs) : undefined;
}

function readConstraints(value: unknown): GrantConstraints | undefined {
  if (!isRecord(value)) return undefined;
  const equals = readContext(value['encryptionContextEquals']);
  const subset = readContext(value['encryptionContextSubset']);
  return {
    ...(equals === undefined ? {} : { encryptionContextEquals: equals }),
    ...(subset === undefined ? {} : { encryptionContextSubset: subset }),
  };
}

function readGrant(value: unknown): NewGrant | undefined {
  if (!isRecord(value)) return undefined;
  const { granteePrincipal, retiringPrincipal, operations, name } = value;
  if (!isText(granteePrincipal) || !Array.isArray(operations) || !operations.every(isText)) return undefined;
  const constraints = readConstraints(value['constraints']);
  return {
    granteePrincipal,
    operations,
    ...(isText(retiringPrincipal) && retiringPrincipal !== '' ? { retiringPrincipal } : {}),
    ...(isText(name) && name !== '' ? { name } : {}),
    ...(constraints === undefined ? {} : { constraints }),
  };
}

/** Checks a change that came over the wire. Undefined for what is none. */
export function readChange(params: unknown): { params: KeyChange } | undefined {
  const change = isRecord(params) ? toChange(params) : undefined;
  return change && { params: change };
}

function toChange(params: Readonly<Record<string, unknown>>): KeyChange | undefined {
  const { kind, expected, description, aliasName, tagKey, tagValue, periodInDays, grantId, region } = params;
  switch (kind) {
    case 'description':
      return isText(description) && isText(expected) ? { kind, description, expected } : undefined;
    case 'createAlias':
    case 'deleteAlias':
      return isText(aliasName) ? { kind, aliasName } : undefined;
    case 'putTag':
      return isText(tagKey) && isText(tagValue) && (expected === null || isText(expected)) ? { kind, tagKey, tagValue, expected } : undefined;
    case 'removeTag':
      return isText(tagKey) ? { kind, tagKey } : undefined;
    case 'enableRotation':
      return typeof periodInDays === 'number' && Number.isInteger(periodInDays) ? { kind, periodInDays } : undefined;
    case 'disableRotation':
    case 'rotateNow':
      return { kind };
    case 'createGrant': {
      const grant = readGrant(params['grant']);
      return grant && { kind, grant };
    }
    case 'revokeGrant':
    case 'retireGrant':
      return isText(grantId) ? { kind, grantId } : undefined;
    case 'replicate':
    case 'promote':
      return isText(region) ? { kind, region } : undefined;
    default:
      return undefined;
  }
}
