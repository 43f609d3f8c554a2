import assert from 'node:assert/strict';
import {
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DescribeKeyCommand,
  type KeyMetadata,
  type KMSClient,
  ReplicateKeyCommand,
} from '@aws-sdk/client-kms';
import type { EmulatorProcess } from '../../emulatorProcess.ts';
import { administer } from '../../support/rawRequest.ts';

/** The Regions of the tests, the one in which keys are made first. */
export const regions = ['us-east-1', 'eu-west-1', 'ap-southeast-2'] as const;

export type Region = (typeof regions)[number];

/** The keys of one multi-Region key, by the Region of each. */
export interface KeyRing {
  readonly keyId: string;
  arn(region: Region): string;
  client(region: Region): KMSClient;
  describe(region: Region): Promise<KeyMetadata>;
}

/** Moves the emulator's clock on, or back, by so many seconds. */
export async function passSeconds(emulator: EmulatorProcess, advanceSeconds: number): Promise<void> {
  const answer = await administer(emulator.ready, '/_emulator/clock', { advanceSeconds });
  assert.equal(answer.status, 200, answer.body);
}

/** Reaches the keys of the multi-Region key `keyId`, whichever of them there are. */
export function keyRing(emulator: EmulatorProcess, keyId: string): KeyRing {
  const clients = new Map(regions.map((region) => [region, emulator.client(region)]));
  return {
    keyId,
    arn: (region) => `arn:aws:kms:${region}:111122223333:key/${keyId}`,
    client: (region) => clients.get(region)!,
    describe: async (region) => (await clients.get(region)!.send(new DescribeKeyCommand({ KeyId: keyId }))).KeyMetadata!,
  };
}

/** Makes a multi-Region key in the first Region with replicas in the others, and waits until all of it is ready. */
export async function makeKeyRing(emulator: EmulatorProcess, input: CreateKeyCommandInput = {}): Promise<KeyRing> {
  const kms = emulator.client(regions[0]);
  const { KeyMetadata: made } = await kms.send(new CreateKeyCommand({ ...input, MultiRegion: true }));
  for (const ReplicaRegion of regions.slice(1)) await kms.send(new ReplicateKeyCommand({ KeyId: made!.KeyId, ReplicaRegion }));
  await passSeconds(emulator, 1);
  return keyRing(emulator, made!.KeyId!);
}
