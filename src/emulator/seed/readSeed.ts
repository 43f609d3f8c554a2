import { isChinaRegion, isKeyId, partitionOf } from '../../core/kms/arn.ts';
import { keySpecNames, keySpecs } from '../../core/kms/keySpecs.ts';
import { keyPolicyFault } from '../../core/policy/save/keyPolicyFault.ts';
import { isServiceAlias, serviceAliases } from '../serviceKeys.ts';
import { readAccounts } from './readAccounts.ts';
import { readKeyStore } from './readKeyStores.ts';
import { isLocalKmsSeed, readLocalKmsSeed } from './readLocalKmsSeed.ts';
import type { SeedDocument, SeedKey, SeedKeyStore, SeedServiceKey } from './seedDocument.ts';
import { readGrant } from './seedGrants.ts';
import { readMaterial } from './seedMaterial.ts';
import { readAccount, readRegion, readTags, type SeedDefaults } from './seedPlace.ts';
import { readSeedText, type SeedValue } from './seedReader.ts';

const keyMembers = [
  'id', 'account', 'region', 'spec', 'usage', 'origin', 'description', 'enabled', 'pendingDeletionDays', 'aliases',
  'tags', 'policy', 'rotationPeriodDays', 'replicas', 'grants', 'material', 'customKeyStoreId', 'xksKeyId',
];

function readPolicy(value: SeedValue): string | undefined {
  if (!value.isPresent()) return undefined;
  const policy = JSON.stringify(value.value);
  const fault = keyPolicyFault(policy);
  if (fault) throw value.fail(`is not a key policy. ${fault.message}`);
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

/** The store that the key names, which has to be declared in the seed for the same account and Region. */
function readPlace(value: SeedValue, stores: readonly SeedKeyStore[], keyId: string | undefined): Pick<SeedKey, 'origin' | 'storeId' | 'xksKeyId'> {
  const [origin, storeId, xksKeyId] = [value.member('origin'), value.member('customKeyStoreId'), value.member('xksKeyId')];
  const store = storeId.isPresent() ? stores.find((each) => each.storeId === storeId.text()) : undefined;
  if (storeId.isPresent() && !store) throw storeId.fail('is not the id of one of customKeyStores.');
  if (store?.type !== 'EXTERNAL_KEY_STORE' && xksKeyId.isPresent()) throw xksKeyId.fail('is for keys in an external key store.');
  if (!store) return { origin: origin.oneOf(['AWS_KMS', 'EXTERNAL'] as const, 'AWS_KMS'), storeId: undefined, xksKeyId: undefined };
  const place = { origin: origin.oneOf([store.type], store.type), storeId: store.storeId };
  if (store.type === 'AWS_CLOUDHSM') return { ...place, xksKeyId: undefined };
  const external = xksKeyId.text(keyId);
  if (!/^[a-zA-Z0-9-_.]{1,128}$/.test(external)) throw xksKeyId.fail('has to have 1 to 128 letters, digits and the characters -_.');
  return { ...place, xksKeyId: external };
}

/** Throws for a key that its store cannot hold. */
function checkInStore(value: SeedValue, key: SeedKey, stores: readonly SeedKeyStore[]): SeedKey {
  const store = key.storeId === undefined ? undefined : stores.find(({ storeId }) => storeId === key.storeId);
  if (!store) return key;
  if (key.spec !== 'SYMMETRIC_DEFAULT' || key.keyId?.startsWith('mrk-') === true) {
    throw value.fail('is in a custom key store, which holds single-Region keys of SYMMETRIC_DEFAULT only.');
  }
  if (store.accountId !== key.accountId || store.region !== key.region) {
    throw value.member('customKeyStoreId').fail('is a store of another account or Region.');
  }
  return key;
}

function readKey(value: SeedValue, defaults: SeedDefaults, stores: readonly SeedKeyStore[]): SeedKey {
  value.members(keyMembers);
  const spec = value.member('spec').oneOf(keySpecNames);
  const { usages } = keySpecs[spec];
  const usage = value.member('usage').oneOf(usages, usages.length === 1 ? usages[0] : undefined);
  const region = readRegion(value.member('region'), defaults.region);
  const keyId = readKeyId(value.member('id'));
  const key = checkKey(value, {
    keyId,
    accountId: readAccount(value.member('account'), defaults),
    region,
    spec,
    usage,
    ...readPlace(value, stores, keyId),
    description: value.member('description').text(''),
    enabled: value.member('enabled').flag(true),
    pendingDeletionDays: value.member('pendingDeletionDays').integer(7, 30),
    aliases: value.member('aliases').items().map(readAlias),
    tags: readTags(value.member('tags')),
    policy: readPolicy(value.member('policy')),
    rotationPeriodDays: value.member('rotationPeriodDays').integer(90, 2560),
    nextRotationAt: undefined,
    replicas: value.member('replicas').items().map((item) => readRegion(item)),
    grants: value.member('grants').items().map((item) => readGrant(item, { spec, usage })),
    material: value.member('material').items().map((item) => readMaterial(item, spec)),
  });
  return checkInStore(value, key, stores);
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

/** Reads a seed file's text (YAML or JSON), of this emulator or of local-kms. `file` names it in messages. Throws StartFailure BAD_SEED with the line. */
export function readSeed(file: string, text: string, defaults: SeedDefaults): SeedDocument {
  const root = readSeedText(file, text);
  if (isLocalKmsSeed(root)) return readLocalKmsSeed(root, defaults);
  root.members(['accounts', 'keys', 'customKeyStores', 'serviceKeys']);
  const keyStores = root.member('customKeyStores').items().map((item) => readKeyStore(item, defaults));
  return {
    ...readAccounts(root.member('accounts'), defaults),
    keyStores,
    keys: root.member('keys').items().map((item) => readKey(item, defaults, keyStores)),
    serviceKeys: root.member('serviceKeys').items().map((item) => readServiceKey(item, defaults)),
  };
}
