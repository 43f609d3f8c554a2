import { CreateKeyCommand, DecryptCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import { mapError } from '../../../../src/aws/mapError.ts';
import { keyUse } from '../../../../src/core/secrets/sops/changeKeys.ts';
import type { KmsKeyUse, SopsKeys, SopsTools } from '../../../../src/core/secrets/sops/sopsPorts.ts';
import { sopsCrypto } from '../../../../src/features/shared/secrets/sopsCrypto.ts';
import { startEmulator, type EmulatorProcess } from '../../../emulator/emulatorProcess.ts';

/** An emulator of KMS, and SOPS's port on it through the real SDK client. */
export interface EmulatedKms {
  readonly emulator: EmulatorProcess;
  readonly keys: SopsKeys;
  readonly tools: SopsTools;
  /** Makes a symmetric key. */
  createKey(region?: string): Promise<KmsKeyUse>;
  stop(): Promise<unknown>;
}

/** The time of every change in these tests. */
export const now = new Date('2026-02-03T04:05:06.789Z');

export async function startEmulatedKms(): Promise<EmulatedKms> {
  const emulator = await startEmulator({ args: ['--log', 'off'] });
  const clients = new Map<string, KMSClient>();
  const clientOf = (region: string): KMSClient => {
    const client = clients.get(region) ?? emulator.client(region);
    clients.set(region, client);
    return client;
  };
  const keys: SopsKeys = {
    async encryptDataKey({ arn, region, encryptionContext }, plaintext) {
      const command = new EncryptCommand({ KeyId: arn, Plaintext: plaintext, EncryptionContext: encryptionContext });
      const { CiphertextBlob } = await clientOf(region).send(command).catch(failAs(emulator, 'Encrypt', region));
      return CiphertextBlob!;
    },
    async decryptDataKey({ arn, region, encryptionContext }, ciphertext) {
      const command = new DecryptCommand({ KeyId: arn, CiphertextBlob: ciphertext, EncryptionContext: encryptionContext });
      const { Plaintext } = await clientOf(region).send(command).catch(failAs(emulator, 'Decrypt', region));
      return Plaintext!;
    },
  };
  return {
    emulator,
    keys,
    tools: { keys, crypto: sopsCrypto, now: () => now },
    async createKey(region = emulator.ready.region) {
      const { KeyMetadata } = await clientOf(region).send(new CreateKeyCommand({}));
      return keyUse(KeyMetadata!.Arn!);
    },
    stop: () => emulator.stop(),
  };
}

function failAs({ ready }: EmulatorProcess, operation: string, region: string): (error: unknown) => never {
  return (error) => {
    throw mapError(error, { operation, region, endpoint: ready.endpoint, isEmulator: true });
  };
}
