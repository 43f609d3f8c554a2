import { aliasArn, isKeyId, keyArn, parseKmsArn } from '../../core/kms/arn.ts';
import { KmsException } from '../kmsException.ts';
import { ensureServiceKey, isServiceAlias } from '../serviceKeys.ts';
import type { KeyRecord } from '../store/keyRecord.ts';
import { denyForeignKey } from './authorize.ts';
import type { Call } from './call.ts';

/** How a request may name a key. */
export interface Naming {
  /** Whether an alias name or alias ARN will do. */
  readonly aliases: boolean;
  /** The action that the key is wanted for, when it is not the operation. */
  readonly action?: string;
}

/**
 * Finds the key that a KeyId names. The key of another account is found by an ARN, for the policies to decide on.
 * Throws NotFoundException in AWS's words, and AccessDeniedException for a key of another account that is not there.
 */
export function resolveKey(call: Call, keyId: string, { aliases, action = call.operation }: Naming): KeyRecord {
  call.notes.keyId = keyId;
  const { accountId } = call.caller;
  if (!keyId.startsWith('arn:')) return resolveName(call, accountId, keyId, aliases);
  const arn = parseKmsArn(keyId);
  if (!arn) throw new KmsException('InvalidArnException', `Invalid arn ${keyId}`);
  if (arn.region !== call.region) throw new KmsException('NotFoundException', `Invalid arn ${arn.region}`);
  if (arn.accountId === accountId) return resolveName(call, accountId, arn.resource, aliases);
  const found = find(call, arn.accountId, arn.resource, aliases);
  if (!found) throw denyForeignKey(call, action, keyId);
  return found;
}

function find({ store, region }: Call, accountId: string, name: string, aliases: boolean): KeyRecord | undefined {
  if (!aliases || !name.startsWith('alias/')) return store.keys.find(keyArn(region, accountId, name));
  const alias = store.aliases.find(accountId, region, name);
  return alias && store.keys.find(alias.keyArn);
}

function resolveName(call: Call, accountId: string, name: string, aliases: boolean): KeyRecord {
  const { region } = call;
  const isAlias = aliases && name.startsWith('alias/');
  if (!isAlias && !isKeyId(name)) throw new KmsException('NotFoundException', `Invalid keyId '${name}'`);
  const key = find(call, accountId, name, aliases);
  if (key) return key;
  if (!isAlias) throw new KmsException('NotFoundException', `Key '${keyArn(region, accountId, name)}' does not exist`);
  // AWS makes a service's key when it is first wanted; here that is when someone looks at it.
  if (isServiceAlias(name)) return ensureServiceKey(call, accountId, region, name);
  throw new KmsException('NotFoundException', `Alias ${aliasArn(region, accountId, name)} is not found.`);
}
