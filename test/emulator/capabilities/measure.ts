import {
  CreateKeyCommand,
  type CreateKeyCommandInput,
  DeleteImportedKeyMaterialCommand,
  DisableKeyCommand,
  DisconnectCustomKeyStoreCommand,
  type KMSClient,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { membersOf, type OperationName, operationNames } from '../../../src/emulator/shapes/membersOf.ts';
import { type EmulatorProcess, startEmulator } from '../emulatorProcess.ts';
import { importMaterial } from '../operations/material/importing.ts';
import { administer, sendRaw, signed, targetHeaders } from '../support/rawRequest.ts';
import { withSeed } from '../support/seedFile.ts';
import { brokenMembers } from './brokenMembers.ts';
import { type Input, newMaterial, scenarios, type Stage, storeIn } from './scenarios.ts';

/** The states of a key that a call can be made in at will. */
export const keyStates = ['Enabled', 'Disabled', 'PendingDeletion', 'PendingImport', 'Unavailable'] as const;
export type ProbedState = (typeof keyStates)[number];

/** What one operation was seen to do. */
export interface Measured {
  readonly operation: OperationName;
  /** A correct call succeeded. */
  readonly works: boolean;
  /** How many ways to break a member were tried, and which of them were not refused as they should be. */
  readonly limits: { readonly tried: number; readonly missed: readonly string[] };
  /** By state, whether a key in it is accepted; without the states that a key of the kind cannot be in. */
  readonly states: ReadonlyMap<ProbedState, boolean>;
  /** A user whom no policy allows it was refused. */
  readonly policy: boolean;
}

const account = '111122223333';
const nobody = { accessKeyId: 'NOBODY', secretAccessKey: 'not-a-secret' };
const seed = { accounts: { [account]: { users: { nobody: { accessKeys: [{ id: nobody.accessKeyId, secret: nobody.secretAccessKey }] } } } } };

/** A request as it stands in JSON on the wire. */
function wireText(input: Input): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(input).map(([name, value]) => [name, value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value])),
  );
}

interface Answer {
  readonly status: number;
  readonly code: string | undefined;
}

async function call(emulator: EmulatorProcess, operation: string, body: string, as: Partial<typeof nobody> = {}): Promise<Answer> {
  const request = { headers: targetHeaders(operation), body };
  const answer = await sendRaw(emulator.ready.endpoint, signed(emulator.ready.endpoint, request, { ...emulator.ready, ...as }));
  return { status: answer.status, code: (JSON.parse(answer.body || '{}') as { __type?: string }).__type };
}

/** Makes a key for a scenario that can go into `state` afterwards, or gives undefined when no key of the kind can. */
async function keyFor(stage: Stage, wanted: CreateKeyCommandInput, state: ProbedState, store: string): Promise<string | undefined> {
  const ordinary = (wanted.KeySpec ?? 'SYMMETRIC_DEFAULT') === 'SYMMETRIC_DEFAULT';
  if (state === 'Unavailable' && (!ordinary || wanted.Origin !== undefined || wanted.MultiRegion === true)) return undefined;
  if (state === 'PendingImport' && !ordinary) return undefined;
  const change: CreateKeyCommandInput =
    state === 'Unavailable' ? { Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: store } : state === 'PendingImport' ? { Origin: 'EXTERNAL' } : {};
  const { KeyMetadata } = await stage.kms.send(new CreateKeyCommand({ ...wanted, ...change }));
  const KeyId = KeyMetadata!.Arn!;
  if (KeyMetadata!.Origin === 'EXTERNAL') await importMaterial(stage.kms, KeyId, stage.material);
  return KeyId;
}

async function move(kms: KMSClient, KeyId: string, state: ProbedState): Promise<void> {
  if (state === 'Disabled') await kms.send(new DisableKeyCommand({ KeyId }));
  if (state === 'PendingDeletion') await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
  if (state === 'PendingImport') await kms.send(new DeleteImportedKeyMaterialCommand({ KeyId }));
}

/** Makes the correct call of every operation on a key in `state`, and tells which succeeded. */
async function callsIn(emulator: EmulatorProcess, stage: Stage, state: ProbedState): Promise<ReadonlyMap<OperationName, boolean>> {
  const store = state === 'Unavailable' ? await storeIn(stage, 'CONNECTED') : '';
  const prepared: (readonly [OperationName, body: string])[] = [];
  for (const operation of operationNames) {
    const scenario = scenarios[operation];
    const { key } = scenario;
    if (key === undefined && state !== 'Enabled') continue;
    const KeyId = key === undefined ? '' : await keyFor(stage, key, state, store);
    if (KeyId === undefined) continue;
    prepared.push([operation, wireText(await scenario.input(stage, KeyId))]);
    await move(stage.kms, KeyId, state);
  }
  if (state === 'Unavailable') {
    await stage.kms.send(new DisconnectCustomKeyStoreCommand({ CustomKeyStoreId: store }));
    await stage.settle();
  }
  const answers = new Map<OperationName, boolean>();
  for (const [operation, body] of prepared) answers.set(operation, (await call(emulator, operation, body)).status === 200);
  return answers;
}

/** Breaks every member of an otherwise correct call in every way. */
async function limitsOf(emulator: EmulatorProcess, operation: OperationName, correct: Input): Promise<Measured['limits']> {
  const broken = brokenMembers(membersOf(operation));
  const missed: string[] = [];
  for (const { name, title, value, code } of broken) {
    const answer = await call(emulator, operation, wireText({ ...correct, [name]: value }));
    if (answer.code !== code) missed.push(`${title}: ${answer.status} ${answer.code ?? ''}`);
  }
  return { tried: broken.length, missed };
}

/** Calls every operation of an emulator of its own: correctly in every key state, wrongly, and by a user without permission. */
export function measureCapabilities(): Promise<readonly Measured[]> {
  return withSeed(seed, async (path) => {
    const emulator = await startEmulator({ seed: path });
    try {
      const settle = async (): Promise<void> => {
        await administer(emulator.ready, '/_emulator/clock', { advanceSeconds: 1 });
      };
      const stage: Stage = { kms: emulator.client(), settle, material: newMaterial() };
      const byState = new Map<ProbedState, ReadonlyMap<OperationName, boolean>>();
      for (const state of keyStates) byState.set(state, await callsIn(emulator, stage, state));
      const rows: Measured[] = [];
      for (const operation of operationNames) {
        const scenario = scenarios[operation];
        const { key } = scenario;
        const KeyId = key === undefined ? '' : await keyFor(stage, key, 'Enabled', '');
        const correct = await scenario.input(stage, KeyId!);
        const denied = await call(emulator, operation, wireText(correct), nobody);
        const answers = keyStates.flatMap((state) => {
          const answer = byState.get(state)!.get(operation);
          return answer === undefined ? [] : [[state, answer] as const];
        });
        rows.push({
          operation,
          works: answers.some(([, answer]) => answer),
          limits: await limitsOf(emulator, operation, correct),
          states: new Map(key === undefined ? [] : answers),
          policy: denied.code === 'AccessDeniedException',
        });
      }
      return rows;
    } finally {
      await emulator.stop();
    }
  });
}
