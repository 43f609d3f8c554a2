import { aliasArn, isKeyId, keyArn, parseKmsArn } from '../../core/kms/arn.ts';
import { KmsException } from '../kmsException.ts';
import { ensureServiceKey, isServiceAlias } from '../serviceKeys.ts';
import type { KeyRecord } from '../store/keyRecord.ts';
import { denyForeignKey } from './authorize.ts';
import type { Call } from './call.ts';

/**
 * Finds the key that a KeyId names: a key id or key ARN, and an alias name or alias ARN where `aliases` says so.
 * Throws NotFoundException in AWS's words, and AccessDeniedException for a key of another account.
 */
export function resolveKey(call: Call, keyId: string, aliases: boolean): KeyRecord {
  call.notes.keyId = keyId;
  if (!keyId.startsWith('arn:')) return resolveName(call, keyId, aliases);
  const arn = parseKmsArn(keyId);
  if (!arn) throw new KmsException('InvalidArnException', `Invalid arn ${keyId}`);
  if (arn.region !== call.region) throw new KmsException('NotFoundException', `Invalid arn ${arn.region}`);
  if (arn.accountId !== call.caller.accountId) throw denyForeignKey(call, call.operation, keyId);
  return resolveName(call, arn.resource, aliases);
}

function resolveName(call: Call, name: string, aliases: boolean): KeyRecord {
  if (aliases && name.startsWith('alias/')) return resolveAlias(call, name);
  if (!isKeyId(name)) throw new KmsException('NotFoundException', `Invalid keyId '${name}'`);
  const arn = keyArn(call.region, call.caller.accountId, name);
  const key = call.store.keys.find(arn);
  if (!key) throw new KmsException('NotFoundException', `Key '${arn}' does not exist`);
  return key;
}

function resolveAlias(call: Call, name: string): KeyRecord {
  const { region, caller, store } = call;
  const alias = store.aliases.find(caller.accountId, region, name);
  const key = alias && store.keys.find(alias.keyArn);
  if (key) return key;
  // AWS makes a service's key when it is first wanted; here that is when someone looks at it.
  if (isServiceAlias(name)) return ensureServiceKey(call, caller.accountId, region, name);
  throw new KmsException('NotFoundException', `Alias ${aliasArn(region, caller.accountId, name)} is not found.`);
}
