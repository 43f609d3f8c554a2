import { isChinaRegion, isKeyId, isRegionName, partitionOf } from '../../core/kms/arn.ts';
import { keySpecNames, keySpecs } from '../../core/kms/keySpecs.ts';
import { KmsException } from '../kmsException.ts';
import { checkPolicyDocument } from '../policies/checkPolicyDocument.ts';
import { isServiceAlias, serviceAliases } from '../serviceKeys.ts';
import type { SeedAccessKey, SeedDocument, SeedKey, SeedServiceKey } from './seedDocument.ts';
import { readGrant } from './seedGrants.ts';
import { readMaterial } from './seedMaterial.ts';
import { readSeedText, type SeedValue } from './seedReader.ts';

/** The account and Region of what the seed does not place. */
export interface SeedDefaults {
  readonly accountId: string;
  readonly region: string;
}

const keyMembers = [
  'id', 'account', 'region', 'spec', 'usage', 'origin', 'description', 'enabled', 'pendingDeletionDays', 'aliases',
  'tags', 'policy', 'rotationPeriodDays', 'replicas', 'grants', 'material',
];

function readAccount(value: SeedValue, defaults: SeedDefaults): string {
  const accountId = value.text(defaults.accountId);
  if (!/^\d{12}$/.test(accountId)) throw value.fail('has to be an account id of 12 digits, in quotes.');
  return accountId;
}

function readRegion(value: SeedValue, fallback?: string): string {
  const region = value.text(fallback);
  if (!isRegionName(region)) throw value.fail('has to be the name of a Region, such as eu-west-1.');
  return region;
}

function readAccessKey(item: SeedValue, accountId: string, userName: string | undefined): SeedAccessKey {
  item.members(['id', 'secret']);
  return { accountId, userName, accessKeyId: item.member('id').text(), secretAccessKey: item.member('secret').text() };
}

function readAccountKeys(accountId: string, account: SeedValue): SeedAccessKey[] {
  if (!/^\d{12}$/.test(accountId)) throw account.fail('has to be under an account id of 12 digits, in quotes.');
  account.members(['accessKeys', 'users']);
  const root = account.member('accessKeys').items().map((item) => readAccessKey(item, accountId, undefined));
  const users = [...account.member('users').members()].flatMap(([name, user]) => {
    user.members(['tags', 'accessKeys', 'policies', 'boundary']);
    return user.member('accessKeys').items().map((item) => readAccessKey(item, accountId, name));
  });
  return [...root, ...users];
}

function readPolicy(value: SeedValue): string | undefined {
  if (!value.isPresent()) return undefined;
  const policy = JSON.stringify(value.value);
  try {
    checkPolicyDocument(policy);
  } catch (error) {
    if (error instanceof KmsException) throw value.fail(`is not a key policy. ${error.message}`);
    throw error;
  }
  return policy;
}

function readKeyId(value: SeedValue): string | undefined {
  if (!value.isPresent()) return undefined;
  const id = value.text();
  if (!isKeyId(id)) throw value.fail('has to be a UUID in lower case, or mrk- and 32 hexadecimal digits.');
  return id;
}

function readAlias(item: SeedValue): string {
  const name = item.text();
  if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name) || name.startsWith('alias/aws/')) {
    throw item.fail('has to begin with alias/, and not with alias/aws/.');
  }
  return name;
}

/** Throws for replicas that AWS KMS would not make: one for each Region, in the partition of the primary key. */
function checkReplicas(value: SeedValue, { keyId, region, replicas }: SeedKey): void {
  if (replicas.length > 0 && keyId?.startsWith('mrk-') !== true) {
    throw value.fail('are for multi-Region keys, whose id begins with mrk-.');
  }
  if (new Set([region, ...replicas]).size <= replicas.length) throw value.fail('name a Region twice, or that of the key itself.');
  const foreign = replicas.find((each) => partitionOf(each) !== partitionOf(region));
  if (foreign !== undefined) throw value.fail(`name ${foreign}, which is not in the partition ${partitionOf(region)} of the key.`);
}

/** Throws for what a key with these members cannot be in AWS KMS, or could not be known by when the seed is loaded again. */
function checkKey(value: SeedValue, key: SeedKey): SeedKey {
  if (key.keyId === undefined && key.aliases.length === 0) {
    throw value.fail('needs an id or an alias, by which it is known when the seed is loaded again.');
  }
  if (key.spec === 'SM2' && ![key.region, ...key.replicas].every(isChinaRegion)) {
    throw value.member('spec').fail('can be SM2 in the China Regions only.');
  }
  checkReplicas(value.member('replicas'), key);
  const rotates = key.spec === 'SYMMETRIC_DEFAULT';
  if (key.rotationPeriodDays !== undefined && !(rotates && key.origin === 'AWS_KMS')) {
    throw value.member('rotationPeriodDays').fail('is for symmetric keys of origin AWS_KMS.');
  }
  if (key.material.length > 1 && !rotates) throw value.member('material').fail('has more than one item, but only symmetric keys rotate.');
  const different = new Set(key.material.map((each) => Buffer.from(each).toString('hex')));
  if (different.size < key.material.length) throw value.member('material').fail('has the same item twice.');
  return key;
}

function readKey(value: SeedValue, defaults: SeedDefaults): SeedKey {
  value.members(keyMembers);
  const spec = value.member('spec').oneOf(keySpecNames);
  const { usages } = keySpecs[spec];
  const usage = value.member('usage').oneOf(usages, usages.length === 1 ? usages[0] : undefined);
  const origin = value.member('origin').oneOf(['AWS_KMS', 'EXTERNAL'], 'AWS_KMS');
  const region = readRegion(value.member('region'), defaults.region);
  const tags = [...value.member('tags').members()].map(([name, tag]) => [name, tag.text()] as const);
  const keyId = readKeyId(value.member('id'));
  return checkKey(value, {
    keyId,
    accountId: readAccount(value.member('account'), defaults),
    region,
    spec,
    usage,
    origin,
    description: value.member('description').text(''),
    enabled: value.member('enabled').flag(true),
    pendingDeletionDays: value.member('pendingDeletionDays').integer(7, 30),
    aliases: value.member('aliases').items().map(readAlias),
    tags: Object.fromEntries(tags),
    policy: readPolicy(value.member('policy')),
    rotationPeriodDays: value.member('rotationPeriodDays').integer(90, 2560),
    replicas: value.member('replicas').items().map((item) => readRegion(item)),
    grants: value.member('grants').items().map((item) => readGrant(item, { spec, usage })),
    material: value.member('material').items().map((item) => readMaterial(item, spec)),
  });
}

function readServiceKey(value: SeedValue, defaults: SeedDefaults): SeedServiceKey {
  value.members(['service', 'account', 'region']);
  const service = value.member('service');
  const aliasName = `alias/aws/${service.text()}`;
  if (!isServiceAlias(aliasName)) {
    throw service.fail(`has to be one of ${serviceAliases.map((name) => name.slice('alias/aws/'.length)).join(', ')}.`);
  }
  return { aliasName, accountId: readAccount(value.member('account'), defaults), region: readRegion(value.member('region'), defaults.region) };
}

/** Reads a seed file's text (YAML or JSON). `file` names it in messages. Throws StartFailure BAD_SEED with the line. */
export function readSeed(file: string, text: string, defaults: SeedDefaults): SeedDocument {
  const root = readSeedText(file, text);
  root.members(['accounts', 'keys', 'serviceKeys']);
  return {
    accessKeys: [...root.member('accounts').members()].flatMap(([id, account]) => readAccountKeys(id, account)),
    keys: root.member('keys').items().map((item) => readKey(item, defaults)),
    serviceKeys: root.member('serviceKeys').items().map((item) => readServiceKey(item, defaults)),
  };
}
