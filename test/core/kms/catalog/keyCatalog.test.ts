import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { EnableKeyRotationCommand, GenerateRandomCommand } from '@aws-sdk/client-kms';
import { connect } from '../../../../src/aws/connect.ts';
import { KeyCatalog } from '../../../../src/core/kms/catalog/keyCatalog.ts';
import type { KeyService } from '../../../../src/core/kms/service/keyService.ts';
import { startEmulator, type EmulatorProcess } from '../../../emulator/emulatorProcess.ts';

const region = 'us-east-1';
const customerKeys = 230;

/** Keys enough for several pages of aliases, the first ten without an alias. */
function seedDocument(): string {
  const keys = Array.from({ length: customerKeys }, (_, index) => ({
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    region,
    spec: 'SYMMETRIC_DEFAULT',
    aliases: index < 10 ? [] : [`alias/k${String(index).padStart(3, '0')}`],
  }));
  return JSON.stringify({ keys, serviceKeys: [{ service: 's3', region }] });
}

describe('The catalogue of keys', () => {
  let folder: string;
  let emulator: EmulatorProcess;
  let service: KeyService;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kms-catalog-'));
    const seed = join(folder, 'seed.json');
    await writeFile(seed, seedDocument());
    emulator = await startEmulator({ seed });
    service = await connect({ kind: 'emulator', address: emulator.ready });
  });
  after(async () => {
    service.dispose();
    await emulator.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Events come by another way than answers: waits for that of a call of its own, which comes after all others. */
  async function everyEvent(): Promise<void> {
    const randoms = (): number => emulator.events().filter((event) => event.event === 'call' && event.operation === 'GenerateRandom').length;
    const seen = randoms();
    await emulator.client().send(new GenerateRandomCommand({ NumberOfBytes: 1 }));
    while (randoms() === seen) await setTimeout(5);
  }

  it('lists all keys by name, those without an alias last', async () => {
    const catalog = new KeyCatalog(service, () => undefined);
    await catalog.load(region);
    const { keys, state } = catalog.region(region);
    assert.equal(state, 'loaded');
    assert.equal(keys.filter(({ keyManager }) => keyManager === 'CUSTOMER').length, customerKeys);
    const named = keys.map(({ aliasName }) => aliasName);
    assert.ok(named.slice(-10).every((name) => name === undefined));
    assert.deepEqual(named.slice(0, -10), named.slice(0, -10).sort());
  });

  it('knows an AWS managed key by its alias, without describing any key', async () => {
    const before = emulator.events().length;
    const catalog = new KeyCatalog(service, () => undefined);
    await catalog.load(region);
    const aws = catalog.region(region).keys.filter(({ keyManager }) => keyManager === 'AWS');
    assert.deepEqual(aws.map(({ aliasName }) => aliasName), ['alias/aws/s3']);
    const calls = emulator.events().slice(before).flatMap((event) => (event.event === 'call' ? [event.operation] : []));
    assert.ok(calls.includes('ListKeys') && calls.includes('ListAliases'), calls.join());
    assert.ok(!calls.includes('DescribeKey'), calls.join());
  });

  it('never shows an AWS managed key as a customer’s while its pages come in', async () => {
    let seen = 0;
    const catalog: KeyCatalog = new KeyCatalog(service, () => {
      for (const key of catalog.region(region).keys) {
        seen += 1;
        if (key.keyManager === 'CUSTOMER') assert.ok(!(key.aliasName ?? '').startsWith('alias/aws/'));
        if (key.aliasName === undefined) assert.equal(key.aliasNames.length, 0);
      }
    });
    await catalog.load(region);
    // A failed assertion above would end the listing.
    assert.equal(catalog.region(region).state, 'loaded');
    assert.ok(seen > customerKeys);
  });

  it('asks once when two want the same Region, and describes a key once', async () => {
    const catalog = new KeyCatalog(service, () => undefined);
    await everyEvent();
    const before = emulator.events().length;
    await Promise.all([catalog.load(region), catalog.load(region)]);
    const [key] = catalog.region(region).keys;
    await catalog.describe([key!]);
    await catalog.describe([key!]);
    assert.equal(catalog.region(region).keys[0]?.metadata?.keySpec, 'SYMMETRIC_DEFAULT');
    await everyEvent();
    const calls = emulator.events().slice(before).flatMap((event) => (event.event === 'call' ? [event.operation] : []));
    assert.equal(calls.filter((operation) => operation === 'ListKeys').length, 1);
    assert.equal(calls.filter((operation) => operation === 'DescribeKey').length, 1);
  });

  it('asks once for the rotation of what a row shows, where the user may choose it, and again after a change', async () => {
    const catalog = new KeyCatalog(service, () => undefined);
    await catalog.load(region);
    const keys = catalog.region(region).keys.slice(0, 3);
    const [key] = keys;
    const rotation = () => catalog.region(region).keys.find(({ keyId }) => keyId === key!.keyId)?.rotation;
    await everyEvent();
    const before = emulator.events().length;
    await catalog.detail(keys);
    await catalog.detail(keys);
    assert.equal(keys.some(({ keyManager }) => keyManager === 'AWS'), true);
    assert.equal(rotation()?.keyRotationEnabled, key!.keyManager === 'AWS' ? undefined : false);
    await everyEvent();
    const calls = emulator.events().slice(before).flatMap((event) => (event.event === 'call' ? [event.operation] : []));
    assert.equal(calls.filter((operation) => operation === 'GetKeyRotationStatus').length, keys.filter(({ keyManager }) => keyManager === 'CUSTOMER').length);

    const own = catalog.region(region).keys.find(({ keyManager }) => keyManager === 'CUSTOMER')!;
    await emulator.client().send(new EnableKeyRotationCommand({ KeyId: own.keyId, RotationPeriodInDays: 100 }));
    await catalog.renew([own]);
    assert.equal(catalog.region(region).keys.find(({ keyId }) => keyId === own.keyId)?.rotation?.rotationPeriodInDays, 100);
  });

  it('keeps the failure of a Region, and loads it when asked again', async () => {
    const other = await startEmulator();
    const lost = await connect({ kind: 'emulator', address: other.ready });
    await other.stop();
    const catalog = new KeyCatalog(lost, () => undefined);
    await catalog.load(region);
    assert.equal(catalog.region(region).state, 'failed');
    assert.equal(catalog.region(region).error?.code, 'EMULATOR_DIED');
    lost.dispose();
  });
});
