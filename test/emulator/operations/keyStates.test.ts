import { randomBytes } from 'node:crypto';
import {
  CancelKeyDeletionCommand,
  CreateKeyCommand,
  DeleteImportedKeyMaterialCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GetKeyLastUsageCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ListKeyRotationsCommand,
  RotateKeyOnDemandCommand,
  ScheduleKeyDeletionCommand,
  UpdateKeyDescriptionCommand,
} from '@aws-sdk/client-kms';
import { type EmulatorProcess, startEmulator } from '../emulatorProcess.ts';
import { importMaterial, parametersFor } from './material/importing.ts';
import { assertRefused } from '../support/refusal.ts';

const refusals = {
  disabled: ['DisabledException', 'is disabled.'],
  pendingDeletion: ['KMSInvalidStateException', 'is pending deletion.'],
  notPendingDeletion: ['KMSInvalidStateException', 'is not pending deletion.'],
  pendingImport: ['KMSInvalidStateException', 'is pending import.'],
  noImport: ['UnsupportedOperationException', 'origin is AWS_KMS which is not valid for this operation.'],
  imported: ['UnsupportedOperationException', 'origin is EXTERNAL which is not valid for this operation.'],
} as const;

type Expected = keyof typeof refusals | 'ok';
type State = 'Enabled' | 'Disabled' | 'PendingDeletion' | 'PendingImport';

/** The states of keys with material of AWS's, and PendingImport of one without. */
const states: readonly State[] = ['Enabled', 'Disabled', 'PendingDeletion', 'PendingImport'];

describe('A key in a state', () => {
  let emulator: EmulatorProcess;
  let kms: KMSClient;
  before(async () => {
    emulator = await startEmulator();
    kms = emulator.client();
  });
  after(() => emulator.stop());

  async function keyIn(state: State): Promise<string> {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Origin: state === 'PendingImport' ? 'EXTERNAL' : 'AWS_KMS' }));
    const KeyId = KeyMetadata!.Arn!;
    if (state === 'Disabled') await kms.send(new DisableKeyCommand({ KeyId }));
    if (state === 'PendingDeletion') await kms.send(new ScheduleKeyDeletionCommand({ KeyId }));
    return KeyId;
  }

  // https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
  const table: readonly (readonly [operation: string, act: (KeyId: string) => Promise<unknown>, ...expected: readonly Expected[]])[] = [
    ['CancelKeyDeletion', (KeyId) => kms.send(new CancelKeyDeletionCommand({ KeyId })), 'notPendingDeletion', 'notPendingDeletion', 'ok', 'notPendingDeletion'],
    ['DeleteImportedKeyMaterial', (KeyId) => kms.send(new DeleteImportedKeyMaterialCommand({ KeyId })), 'noImport', 'noImport', 'noImport', 'ok'],
    ['DisableKey', (KeyId) => kms.send(new DisableKeyCommand({ KeyId })), 'ok', 'ok', 'pendingDeletion', 'pendingImport'],
    ['DisableKeyRotation', (KeyId) => kms.send(new DisableKeyRotationCommand({ KeyId })), 'ok', 'disabled', 'pendingDeletion', 'imported'],
    ['EnableKey', (KeyId) => kms.send(new EnableKeyCommand({ KeyId })), 'ok', 'ok', 'pendingDeletion', 'pendingImport'],
    ['EnableKeyRotation', (KeyId) => kms.send(new EnableKeyRotationCommand({ KeyId })), 'ok', 'disabled', 'pendingDeletion', 'imported'],
    ['Encrypt', (KeyId) => kms.send(new EncryptCommand({ KeyId, Plaintext: randomBytes(1) })), 'ok', 'disabled', 'pendingDeletion', 'pendingImport'],
    ['GetKeyLastUsage', (KeyId) => kms.send(new GetKeyLastUsageCommand({ KeyId })), 'ok', 'ok', 'ok', 'ok'],
    ['GetKeyRotationStatus', (KeyId) => kms.send(new GetKeyRotationStatusCommand({ KeyId })), 'ok', 'ok', 'ok', 'ok'],
    ['GetParametersForImport', (KeyId) => parametersFor(kms, KeyId), 'noImport', 'noImport', 'pendingDeletion', 'ok'],
    ['ImportKeyMaterial', (KeyId) => importMaterial(kms, KeyId, randomBytes(32)), 'noImport', 'noImport', 'pendingDeletion', 'ok'],
    ['ListKeyRotations', (KeyId) => kms.send(new ListKeyRotationsCommand({ KeyId })), 'ok', 'ok', 'ok', 'ok'],
    ['RotateKeyOnDemand', (KeyId) => kms.send(new RotateKeyOnDemandCommand({ KeyId })), 'ok', 'disabled', 'pendingDeletion', 'pendingImport'],
    ['ScheduleKeyDeletion', (KeyId) => kms.send(new ScheduleKeyDeletionCommand({ KeyId })), 'ok', 'ok', 'pendingDeletion', 'ok'],
    ['UpdateKeyDescription', (KeyId) => kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description: 'd' })), 'ok', 'ok', 'pendingDeletion', 'ok'],
  ];
  for (const [operation, act, ...expected] of table) {
    for (const [index, state] of states.entries()) {
      const answer = expected[index]!;
      it(`${state} answers ${operation} with ${answer}`, async () => {
        const KeyId = await keyIn(state);
        if (answer === 'ok') await act(KeyId);
        else await assertRefused(act(KeyId), refusals[answer][0], `${KeyId} ${refusals[answer][1]}`);
      });
    }
  }
});
