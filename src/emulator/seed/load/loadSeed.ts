import { randomUUID } from 'node:crypto';
import { aliasArn, keyArn } from '../../../core/kms/arn.ts';
import type { AccessKeys } from '../../auth/accessKeys.ts';
import { generateMaterial } from '../../crypto/keyMaterial.ts';
import { newGrant } from '../../grants/newGrant.ts';
import type { Services } from '../../pipeline/call.ts';
import { defaultKeyPolicy } from '../../policies/keyPolicies.ts';
import { ensureServiceKey } from '../../serviceKeys.ts';
import { StartFailure } from '../../startFailure.ts';
import type { Store } from '../../store/store.ts';
import type { SeedDocument, SeedKey } from '../seedDocument.ts';
import { loadKeyStore } from './loadKeyStore.ts';
import { loadPrincipal } from './loadPrincipal.ts';

const day = 86_400_000;

/** A key of the seed in one Region, ready to be stored. */
interface PreparedKey {
  readonly seed: SeedKey;
  readonly keyId: string;
  readonly region: string;
  readonly material: readonly Uint8Array[];
}

/** A multi-Region key is one key for each Region, all with the same material. */
async function prepare(seed: SeedKey): Promise<PreparedKey[]> {
  const keyId = seed.keyId ?? randomUUID();
  const generate = seed.material.length === 0 && seed.origin !== 'EXTERNAL';
  const material = generate ? [await generateMaterial(seed.spec)] : seed.material;
  return [seed.region, ...seed.replicas].map((region) => ({ seed, keyId, region, material }));
}

/**
 * Whether the seed's key is there already, in any of its Regions: the primary key may have moved and gone since. One
 * without an id is known by its first alias.
 */
function isLoaded({ store }: Services, seed: SeedKey): boolean {
  const { accountId, region, replicas, keyId, aliases } = seed;
  const [alias] = aliases;
  if (keyId !== undefined) return [region, ...replicas].some((each) => store.keys.find(keyArn(each, accountId, keyId)) !== undefined);
  return alias !== undefined && store.aliases.find(accountId, region, alias) !== undefined;
}

/** Throws StartFailure BAD_SEED for a key whose id or alias another one has. */
function checkFree(store: Store, { seed, keyId, region }: PreparedKey): void {
  const { accountId, aliases } = seed;
  const arn = keyArn(region, accountId, keyId);
  if (store.keys.find(arn)) throw new StartFailure('BAD_SEED', `The seed declares the key ${arn} more than once.`);
  // Only multi-Region keys have relatives, and asking costs a look at every key of the account.
  const relatives = keyId.startsWith('mrk-') ? store.keys.related(accountId, keyId) : [];
  const rival = relatives.find(({ primaryRegion }) => primaryRegion !== seed.region);
  if (rival) throw new StartFailure('BAD_SEED', `The seed declares the key ${arn}, but ${rival.arn} is there. Write the Regions of one key as its replicas.`);
  const taken = aliases.find((name) => store.aliases.find(accountId, region, name));
  if (taken !== undefined) {
    throw new StartFailure('BAD_SEED', `The seed gives ${aliasArn(region, accountId, taken)} to the key ${arn}, but another key has that alias already.`);
  }
}

function insert({ store, vault, clock }: Services, prepared: PreparedKey): void {
  checkFree(store, prepared);
  const { seed, keyId, region, material } = prepared;
  const { accountId, aliases, tags, pendingDeletionDays } = seed;
  const now = clock.now();
  const arn = keyArn(region, accountId, keyId);
  const waitsForReplicas = region === seed.region && seed.replicas.length > 0;
  store.keys.insert({
    arn,
    accountId,
    region,
    keyId,
    spec: seed.spec,
    usage: seed.usage,
    origin: seed.origin,
    manager: 'CUSTOMER',
    description: seed.description,
    enabled: seed.enabled,
    policy: seed.policy ?? defaultKeyPolicy(accountId, region),
    createdAt: now,
    deletionAt: pendingDeletionDays === undefined || waitsForReplicas ? undefined : now + pendingDeletionDays * day,
    deletionWindowDays: pendingDeletionDays,
    primaryRegion: keyId.startsWith('mrk-') ? seed.region : undefined,
    rotationPeriodDays: seed.rotationPeriodDays,
    nextRotationAt: seed.nextRotationAt ?? (seed.rotationPeriodDays === undefined ? undefined : now + seed.rotationPeriodDays * day),
    transient: undefined,
    storeId: seed.storeId,
    xksKeyId: seed.xksKeyId,
  });
  for (const [sequence, stored] of material.entries()) {
    const isLast = sequence === material.length - 1;
    const rotated = sequence === 0 ? {} : { rotatedAt: now, rotationType: 'ON_DEMAND' as const };
    vault.add({ arn, keyId }, stored, { sequence, state: isLast ? 'CURRENT' : 'NON_CURRENT', createdAt: now, ...rotated });
  }
  for (const [tagKey, tagValue] of Object.entries(tags)) store.tags.put(arn, { tagKey, tagValue });
  for (const terms of seed.grants) store.grants.insert(newGrant(terms, { keyArn: arn, issuingAccount: accountId, createdAt: now }));
  for (const name of aliases) store.aliases.insert({ accountId, region, name, keyArn: arn, createdAt: now, updatedAt: now });
}

/**
 * Puts into the store what the seed declares and the store does not have yet. What is there stays as it is, so loading
 * a seed twice changes nothing. All of the keys are stored, or none.
 * Rejects with StartFailure BAD_SEED when two keys claim the same id or alias.
 */
export async function loadSeed(services: Services, accessKeys: AccessKeys, seed: SeedDocument): Promise<void> {
  for (const principal of seed.principals) loadPrincipal(services.store, principal);
  accessKeys.forgetAll();
  for (const { accountId, userName, ...credentials } of seed.accessKeys) accessKeys.put(accountId, userName, credentials);
  const missing = seed.keys.filter((key) => !isLoaded(services, key));
  const prepared = (await Promise.all(missing.map(prepare))).flat();
  services.store.transaction(() => {
    for (const store of seed.keyStores) loadKeyStore(services, store);
    for (const key of prepared) insert(services, key);
  });
  for (const { aliasName, accountId, region } of seed.serviceKeys) ensureServiceKey(services, accountId, region, aliasName);
}
