import assert from 'node:assert/strict';
import {
  CancelKeyDeletionCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ListKeyRotationsCommand,
  paginateListKeyRotations,
  RotateKeyOnDemandCommand,
  type RotationsListEntry,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { type EmulatorProcess, startEmulator } from '../../emulatorProcess.ts';
import { passDays } from '../../support/clock.ts';
import { administer } from '../../support/rawRequest.ts';
import { assertRefused } from '../../support/refusal.ts';
import { withSeed } from '../../support/seedFile.ts';

const day = 86_400_000;
const multiRegionId = 'mrk-1234abcd12ab34cd56ef1234567890ab';

describe('Rotation', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  before(async () => {
    const replicas = ['eu-west-1', 'ap-southeast-2'];
    emulator = await withSeed({ keys: [{ id: multiRegionId, spec: 'SYMMETRIC_DEFAULT', replicas }] }, (seed) => startEmulator({ seed }));
    kms = emulator.client();
  });
  after(() => emulator.stop());
  afterEach(() => administer(emulator.ready, '/_emulator/clock', { reset: true }));

  const create = async (input: CreateKeyCommandInput = {}): Promise<string> => (await kms.send(new CreateKeyCommand(input))).KeyMetadata!.Arn!;
  const currentOf = async (KeyId: string, client = kms): Promise<string> =>
    (await client.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata!.CurrentKeyMaterialId!;
  const rotationsOf = async (KeyId: string, client = kms): Promise<RotationsListEntry[]> =>
    (await client.send(new ListKeyRotationsCommand({ KeyId }))).Rotations!;
  const encrypt = async (KeyId: string): Promise<Uint8Array> =>
    (await kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.from('kept') }))).CiphertextBlob!;
  const statusOf = (KeyId: string, client = kms) => client.send(new GetKeyRotationStatusCommand({ KeyId }));
  const datesOf = (entries: readonly RotationsListEntry[]): number[] => entries.map(({ RotationDate }) => RotationDate!.getTime());

  async function assertDecrypts(ciphertext: Uint8Array, materialId: string, client = kms): Promise<void> {
    const { Plaintext, KeyMaterialId } = await client.send(new DecryptCommand({ CiphertextBlob: ciphertext }));
    assert.deepEqual([Buffer.from(Plaintext!).toString(), KeyMaterialId], ['kept', materialId]);
  }

  describe('by itself', () => {
    it('happens once for each period of three years that passed at once, on its own date', async () => {
      const KeyId = await create();
      await kms.send(new EnableKeyRotationCommand({ KeyId }));
      const first = (await statusOf(KeyId)).NextRotationDate!.getTime();
      const [ciphertext, materialId] = [await encrypt(KeyId), await currentOf(KeyId)];
      await passDays(emulator.ready, 3 * 365 + 1);
      const rotations = await rotationsOf(KeyId);
      assert.deepEqual(datesOf(rotations), [0, 1, 2].map((years) => first + years * 365 * day));
      assert.deepEqual(rotations.map(({ RotationType }) => RotationType), ['AUTOMATIC', 'AUTOMATIC', 'AUTOMATIC']);
      assert.deepEqual(rotations.map(({ KeyMaterialState }) => KeyMaterialState), ['NON_CURRENT', 'NON_CURRENT', 'CURRENT']);
      assert.equal((await statusOf(KeyId)).NextRotationDate!.getTime(), first + 3 * 365 * day);
      await assertDecrypts(ciphertext, materialId);
    });

    it('catches up with a thousand years without making anybody wait', async () => {
      const KeyId = await create();
      await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
      const [ciphertext, materialId] = [await encrypt(KeyId), await currentOf(KeyId)];
      await passDays(emulator.ready, 365_000);
      await assertDecrypts(ciphertext, materialId);
      await assertDecrypts(await encrypt(KeyId), await currentOf(KeyId));
    }).timeout(10_000);

    it('uses the new material in every operation that encrypts, a day at a time as well', async () => {
      const KeyId = await create();
      await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
      const before = await currentOf(KeyId);
      await passDays(emulator.ready, 89);
      assert.equal(await currentOf(KeyId), before);
      await passDays(emulator.ready, 1);
      const after = await currentOf(KeyId);
      assert.notEqual(after, before);
      assert.equal((await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }))).KeyMaterialId, after);
      await assertDecrypts(await encrypt(KeyId), after);
    });

    it('takes a year when no period is asked for, even after another one', async () => {
      const KeyId = await create();
      await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
      await kms.send(new EnableKeyRotationCommand({ KeyId }));
      assert.equal((await statusOf(KeyId)).RotationPeriodInDays, 365);
    });

    it('ends when it is turned off', async () => {
      const KeyId = await create();
      await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
      await kms.send(new DisableKeyRotationCommand({ KeyId }));
      await passDays(emulator.ready, 400);
      assert.deepEqual(await rotationsOf(KeyId), []);
      assert.equal((await statusOf(KeyId)).KeyRotationEnabled, false);
    });

    it('waits for a disabled key, and is made up for once when that is enabled', async () => {
      const KeyId = await create();
      await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
      await kms.send(new DisableKeyCommand({ KeyId }));
      const enabledAt = await passDays(emulator.ready, 1000);
      const before = await currentOf(KeyId);
      assert.equal((await statusOf(KeyId)).KeyRotationEnabled, true);
      await kms.send(new EnableKeyCommand({ KeyId }));
      assert.notEqual(await currentOf(KeyId), before);
      const [rotation, ...more] = await rotationsOf(KeyId);
      assert.deepEqual(more, []);
      assert.ok(Math.abs(rotation!.RotationDate!.getTime() - enabledAt.getTime()) < 60_000);
      assert.equal((await statusOf(KeyId)).NextRotationDate!.getTime() - rotation!.RotationDate!.getTime(), 90 * day);
    });

    it('keeps its date when a key is disabled and enabled before it', async () => {
      const KeyId = await create();
      await kms.send(new EnableKeyRotationCommand({ KeyId }));
      const { NextRotationDate } = await statusOf(KeyId);
      await kms.send(new DisableKeyCommand({ KeyId }));
      await passDays(emulator.ready, 30);
      await kms.send(new EnableKeyCommand({ KeyId }));
      assert.deepEqual((await statusOf(KeyId)).NextRotationDate, NextRotationDate);
    });

    it('pauses while deletion is pending, and its status comes back with the key', async () => {
      const KeyId = await create();
      await passDays(emulator.ready, 1);
      await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
      await passDays(emulator.ready, 80);
      await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 30 }));
      assert.deepEqual({ ...(await statusOf(KeyId)), $metadata: undefined }, { KeyId, KeyRotationEnabled: false, $metadata: undefined });
      await passDays(emulator.ready, 20);
      await kms.send(new CancelKeyDeletionCommand({ KeyId }));
      assert.deepEqual(await rotationsOf(KeyId), []);
      assert.equal((await statusOf(KeyId)).KeyRotationEnabled, true);
      await kms.send(new EnableKeyCommand({ KeyId }));
      assert.equal((await rotationsOf(KeyId)).length, 1);
    });

    it('gives every Region of a multi-Region key the same material, and the schedule of the primary', async () => {
      const replica = emulator.client('eu-west-1');
      await kms.send(new EnableKeyRotationCommand({ KeyId: multiRegionId, RotationPeriodInDays: 100 }));
      const ciphertext = await encrypt(multiRegionId);
      const materialId = await currentOf(multiRegionId);
      const [here, there] = [await statusOf(multiRegionId), await statusOf(multiRegionId, replica)];
      assert.deepEqual([there.KeyRotationEnabled, there.RotationPeriodInDays, there.NextRotationDate], [true, 100, here.NextRotationDate]);
      await passDays(emulator.ready, 201);
      assert.deepEqual(datesOf(await rotationsOf(multiRegionId, replica)), datesOf(await rotationsOf(multiRegionId)));
      assert.equal((await rotationsOf(multiRegionId)).length, 2);
      assert.equal(await currentOf(multiRegionId, replica), await currentOf(multiRegionId));
      await assertDecrypts(await encrypt(multiRegionId), await currentOf(multiRegionId), replica);
      await assertDecrypts(ciphertext, materialId, replica);
      await kms.send(new DisableKeyRotationCommand({ KeyId: multiRegionId }));
      assert.equal((await statusOf(multiRegionId, replica)).KeyRotationEnabled, false);
    });

    it('rotates AWS managed keys every year', async () => {
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/aws/sqs' }));
      const { KeyRotationEnabled, RotationPeriodInDays } = await statusOf(KeyMetadata!.KeyId!);
      assert.deepEqual([KeyRotationEnabled, RotationPeriodInDays], [true, 365]);
      await passDays(emulator.ready, 2 * 365 + 1);
      assert.equal((await rotationsOf(KeyMetadata!.KeyId!)).length, 2);
    });
  });

  describe('on demand', () => {
    it('happens 25 times, and old ciphertexts of all materials decrypt', async () => {
      const KeyId = await create();
      const made: { ciphertext: Uint8Array; materialId: string }[] = [];
      const keep = async (): Promise<void> => {
        made.push({ ciphertext: await encrypt(KeyId), materialId: await currentOf(KeyId) });
      };
      await keep();
      for (let count = 0; count < 25; count += 1) {
        assert.equal((await kms.send(new RotateKeyOnDemandCommand({ KeyId }))).KeyId, KeyId);
        await keep();
      }
      assert.equal(new Set(made.map(({ materialId }) => materialId)).size, 26);
      await assertRefused(
        kms.send(new RotateKeyOnDemandCommand({ KeyId })),
        'LimitExceededException',
        `The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: ${KeyId}`,
      );
      for (const { ciphertext, materialId } of made) await assertDecrypts(ciphertext, materialId);
    });

    it('leaves the schedule of automatic rotation as it is', async () => {
      const KeyId = await create();
      await kms.send(new EnableKeyRotationCommand({ KeyId }));
      const { NextRotationDate } = await statusOf(KeyId);
      await passDays(emulator.ready, 10);
      await kms.send(new RotateKeyOnDemandCommand({ KeyId }));
      const { OnDemandRotationStartDate, ...status } = await statusOf(KeyId);
      assert.deepEqual([status.NextRotationDate, OnDemandRotationStartDate], [NextRotationDate, undefined]);
      assert.deepEqual((await rotationsOf(KeyId)).map(({ RotationType }) => RotationType), ['ON_DEMAND']);
    });

    it('is in conflict with an automatic rotation within 20 minutes, and not before', async () => {
      const KeyId = await create();
      await kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
      await passDays(emulator.ready, 90 - 21 / 24 / 60);
      await kms.send(new RotateKeyOnDemandCommand({ KeyId }));
      await passDays(emulator.ready, 2 / 24 / 60);
      await assertRefused(
        kms.send(new RotateKeyOnDemandCommand({ KeyId })),
        'ConflictException',
        `An automatic rotation of ${KeyId} is scheduled to begin within the next 20 minutes.`,
      );
    });

    it('gives every Region of a multi-Region key the same material', async () => {
      const replica = emulator.client('ap-southeast-2');
      await kms.send(new RotateKeyOnDemandCommand({ KeyId: multiRegionId }));
      assert.equal(await currentOf(multiRegionId, replica), await currentOf(multiRegionId));
      await assertDecrypts(await encrypt(multiRegionId), await currentOf(multiRegionId), replica);
    });

    it('is listed page by page, in whole only when asked for all key material', async () => {
      const KeyId = await create();
      const first = await currentOf(KeyId);
      for (let count = 0; count < 4; count += 1) await kms.send(new RotateKeyOnDemandCommand({ KeyId }));
      const pages: RotationsListEntry[][] = [];
      for await (const { Rotations } of paginateListKeyRotations({ client: kms, pageSize: 2 }, { KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' })) {
        pages.push(Rotations!);
      }
      assert.deepEqual(pages.map(({ length }) => length), [2, 2, 1]);
      assert.deepEqual(pages.flat()[0], { KeyId, KeyMaterialId: first, KeyMaterialState: 'NON_CURRENT' });
      assert.deepEqual(Object.keys(pages.flat()[4]!).sort(), ['KeyId', 'KeyMaterialId', 'KeyMaterialState', 'RotationDate', 'RotationType']);
      assert.equal(pages.flat()[4]!.KeyMaterialId, await currentOf(KeyId));
      assert.deepEqual(await rotationsOf(KeyId), pages.flat().slice(1));
    });

    it('takes no marker of another list of the same key', async () => {
      const KeyId = await create();
      for (let count = 0; count < 2; count += 1) await kms.send(new RotateKeyOnDemandCommand({ KeyId }));
      const { NextMarker } = await kms.send(new ListKeyRotationsCommand({ KeyId, Limit: 1 }));
      const other = new ListKeyRotationsCommand({ KeyId, Marker: NextMarker!, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' });
      await assertRefused(kms.send(other), 'InvalidMarkerException', /marker is not valid/);
    });
  });

  describe('is refused', () => {
    const rotate = (KeyId: string) => kms.send(new RotateKeyOnDemandCommand({ KeyId }));
    const enable = (KeyId: string) => kms.send(new EnableKeyRotationCommand({ KeyId }));
    const disable = (KeyId: string) => kms.send(new DisableKeyRotationCommand({ KeyId }));
    const list = (KeyId: string) => kms.send(new ListKeyRotationsCommand({ KeyId }));
    const hmac: CreateKeyCommandInput = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' };
    const ecc: CreateKeyCommandInput = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' };
    const external: CreateKeyCommandInput = { Origin: 'EXTERNAL' };
    const unsupported = 'UnsupportedOperationException';
    const noImport = 'origin is EXTERNAL which is not valid for this operation.';

    const cases: readonly (readonly [title: string, input: CreateKeyCommandInput, act: (KeyId: string) => Promise<unknown>, code: string, words: string])[] = [
      ['on demand for HMAC keys', hmac, rotate, unsupported, ''],
      ['on demand for asymmetric keys', ecc, rotate, unsupported, ''],
      ['by itself for HMAC keys', hmac, enable, unsupported, ''],
      ['by itself for asymmetric keys', ecc, disable, unsupported, ''],
      ['in the status of asymmetric keys', ecc, statusOf, unsupported, ''],
      ['in the list of HMAC keys', hmac, list, unsupported, ''],
      ['by itself for imported material', external, enable, unsupported, noImport],
      ['when it was never on, for imported material', external, disable, unsupported, noImport],
      ['on demand for keys without material', external, rotate, 'KMSInvalidStateException', 'is pending import.'],
    ];
    for (const [title, input, act, code, words] of cases) {
      it(title, async () => {
        const KeyId = await create(input);
        await assertRefused(act(KeyId), code, words === '' ? '' : `${KeyId} ${words}`);
      });
    }

    const operations = { rotate, enable, disable };
    for (const [name, act] of Object.entries(operations)) {
      it(`to ${name} a disabled key, and one that is pending deletion`, async () => {
        const KeyId = await create();
        await kms.send(new DisableKeyCommand({ KeyId }));
        await assertRefused(act(KeyId), 'DisabledException', `${KeyId} is disabled.`);
        await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
        await assertRefused(act(KeyId), 'KMSInvalidStateException', `${KeyId} is pending deletion.`);
      });
    }

    for (const [command, name] of [[RotateKeyOnDemandCommand, 'RotateKeyOnDemand'], [EnableKeyRotationCommand, 'EnableKeyRotation']] as const) {
      it(`to replicas: ${name}`, async () => {
        const arn = `arn:aws:kms:eu-west-1:111122223333:key/${multiRegionId}`;
        const sent = emulator.client('eu-west-1').send(new command({ KeyId: multiRegionId }));
        await assertRefused(sent, unsupported, `${arn} is not a multi-region primary key.`);
      });
    }

    it('for AWS managed keys', async () => {
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: 'alias/aws/sns' }));
      await assertRefused(rotate(KeyMetadata!.KeyId!), 'AccessDeniedException', /kms:RotateKeyOnDemand/);
    });

    it('in a period that is too short or too long', async () => {
      const KeyId = await create();
      const enableFor = (days: number) => kms.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: days }));
      await assertRefused(
        enableFor(89),
        'ValidationException',
        "1 validation error detected: Value '89' at 'rotationPeriodInDays' failed to satisfy constraint: Member must have value greater than or equal to 90",
      );
      await assertRefused(
        enableFor(2561),
        'ValidationException',
        "1 validation error detected: Value '2561' at 'rotationPeriodInDays' failed to satisfy constraint: Member must have value less than or equal to 2560",
      );
    });
  });
});
