import type { CreateAliasRequest, DeleteAliasRequest, ListAliasesRequest, UpdateAliasRequest } from '@aws-sdk/client-kms';
import { aliasArn, parseKmsArn } from '../../core/kms/arn.ts';
import { keySpecs } from '../../core/kms/keySpecs.ts';
import { KmsException } from '../kmsException.ts';
import { admitKey, checkKey } from '../pipeline/admitKey.ts';
import { authorize, denyForeignKey } from '../pipeline/authorize.ts';
import type { Call } from '../pipeline/call.ts';
import { takePage } from '../pipeline/marker.ts';
import { freeOperation, type Validated } from '../pipeline/operation.ts';
import { resolveKey } from '../pipeline/resolveKey.ts';
import { serviceAliases } from '../serviceKeys.ts';
import type { AliasRecord } from '../store/tables/aliasTable.ts';
import type { KeyRecord } from '../store/keyRecord.ts';

/** https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
export const mostAliases = 50;
const longestPage = 100;
const defaultPage = 50;

function checkName(name: string): void {
  if (!name.startsWith('alias/')) {
    throw new KmsException(
      'ValidationException',
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  }
  if (name === 'alias/') throw new KmsException('InvalidAliasNameException', 'The alias has no name after the prefix "alias/".');
  if (name.startsWith('alias/aws/')) throw new KmsException('NotAuthorizedException');
}

/** The key an alias is to stand for, which has to be named by itself and not by an alias. */
function targetOf(call: Call, targetKeyId: string): KeyRecord {
  if (targetKeyId.startsWith('alias/') || parseKmsArn(targetKeyId)?.kind === 'alias') {
    throw new KmsException('ValidationException', 'Aliases must refer to keys. Not aliases');
  }
  return resolveKey(call, targetKeyId, { aliases: false });
}

function arnOf({ region, caller }: Call, name: string): string {
  return aliasArn(region, caller.accountId, name);
}

function existing(call: Call, name: string): AliasRecord {
  const alias = call.store.aliases.find(call.caller.accountId, call.region, name);
  if (alias) return alias;
  throw new KmsException('NotFoundException', `Alias ${arnOf(call, name)} is not found.`);
}

function checkRoom({ store }: Call, key: KeyRecord): void {
  if (store.aliases.listOf(key.arn, '', mostAliases).length >= mostAliases) {
    throw new KmsException('LimitExceededException', `${key.arn} has ${mostAliases} aliases, the most a key may have.`);
  }
}

/** Code that uses an alias counts on the type of its key: symmetric, asymmetric or HMAC. */
function typeOf({ spec }: KeyRecord): 'symmetric' | 'asymmetric' | 'hmac' {
  const { kind } = keySpecs[spec];
  return kind === 'symmetric' || kind === 'hmac' ? kind : 'asymmetric';
}

export const createAlias = freeOperation<Validated<CreateAliasRequest, 'AliasName' | 'TargetKeyId'>>({
  name: 'CreateAlias',
  authorizes: true,
  run(call, { AliasName: name, TargetKeyId: target }) {
    checkName(name);
    const key = targetOf(call, target);
    admitKey(call, { action: 'CreateAlias', key, aliasArn: arnOf(call, name) }, { operation: 'CreateAlias' });
    const { region, store, now } = call;
    const { accountId } = call.caller;
    if (store.aliases.find(accountId, region, name)) {
      throw new KmsException('AlreadyExistsException', `An alias with the name ${arnOf(call, name)} already exists`);
    }
    checkRoom(call, key);
    store.aliases.insert({ accountId, region, name, keyArn: key.arn, createdAt: now, updatedAt: now });
    return undefined;
  },
});

/**
 * The old key as well as the new one has to allow it; the state of the old one does not matter
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateAlias.html).
 */
export const updateAlias = freeOperation<Validated<UpdateAliasRequest, 'AliasName' | 'TargetKeyId'>>({
  name: 'UpdateAlias',
  authorizes: true,
  run(call, { AliasName: name, TargetKeyId: target }) {
    checkName(name);
    const alias = existing(call, name);
    const before = call.store.keys.find(alias.keyArn);
    const key = targetOf(call, target);
    authorize(call, { action: 'UpdateAlias', key: before, otherKey: key, aliasArn: arnOf(call, name) });
    checkKey(call, key, { operation: 'UpdateAlias' });
    if (before && (before.usage !== key.usage || typeOf(before) !== typeOf(key))) {
      throw new KmsException('ValidationException', `Alias ${name} may only be moved to a key of the same type and key usage.`);
    }
    if (alias.keyArn !== key.arn) checkRoom(call, key);
    call.store.aliases.retarget(alias, key.arn, call.now);
    return undefined;
  },
});

export const deleteAlias = freeOperation<Validated<DeleteAliasRequest, 'AliasName'>>({
  name: 'DeleteAlias',
  authorizes: true,
  run(call, { AliasName: name }) {
    checkName(name);
    const alias = existing(call, name);
    const key = call.store.keys.find(alias.keyArn);
    if (key) admitKey(call, { action: 'DeleteAlias', key, aliasArn: arnOf(call, name) }, { operation: 'DeleteAlias' });
    call.store.aliases.remove(alias);
    return undefined;
  },
});

/** A row of ListAliases: a stored alias, or the name of a service's alias whose key was not made yet. */
type ListedAlias = AliasRecord | { readonly name: string; readonly keyArn?: never };

function rowsOf(call: Call, key: KeyRecord | undefined, after: string, limit: number): ListedAlias[] {
  const { store, region } = call;
  const { accountId } = call.caller;
  if (key) return store.aliases.listOf(key.arn, after, limit);
  const stored = store.aliases.list(accountId, region, after, limit);
  // One that was made and is not among them comes behind the page, and is cut off with what stands there.
  const made = new Set(stored.map(({ name }) => name));
  const unmade = serviceAliases.filter((name) => name > after && !made.has(name));
  return [...stored, ...unmade.map((name) => ({ name }))].sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, limit);
}

/** `start` is what the ARNs of the Region's aliases begin with. Times are in seconds, as the answer has them. */
function toEntry(start: string, alias: ListedAlias): object {
  const { name, keyArn } = alias;
  if (keyArn === undefined) return { AliasName: name, AliasArn: start + name };
  return {
    AliasName: name,
    AliasArn: start + name,
    TargetKeyId: keyArn.slice(keyArn.indexOf('/') + 1),
    CreationDate: alias.createdAt / 1000,
    LastUpdatedDate: alias.updatedAt / 1000,
  };
}

export const listAliases = freeOperation<Validated<ListAliasesRequest>>({
  name: 'ListAliases',
  run(call, input) {
    const key = input.KeyId === undefined ? undefined : resolveKey(call, input.KeyId, { aliases: false });
    if (key && key.accountId !== call.caller.accountId) throw denyForeignKey(call, 'ListAliases', key.arn);
    if (key) checkKey(call, key, { operation: 'ListAliases' });
    const start = arnOf(call, '');
    const { rows, ...rest } = takePage({
      markers: call.markers,
      list: ['ListAliases', call.caller.accountId, call.region, key?.arn ?? ''],
      marker: input.Marker,
      limit: Math.min(input.Limit ?? defaultPage, longestPage),
      fetch: (after, limit) => rowsOf(call, key, after, limit),
      nameOf: ({ name }) => name,
    });
    return { Aliases: rows.map((alias) => toEntry(start, alias)), ...rest };
  },
});
