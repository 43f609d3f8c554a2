import { randomBytes } from 'node:crypto';
import {
  ConnectCustomKeyStoreCommand,
  CreateAliasCommand,
  CreateCustomKeyStoreCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  EncapsulateCommand,
  EncryptCommand,
  GenerateMacCommand,
  GetPublicKeyCommand,
  type KMSClient,
  ReplicateKeyCommand,
  SignCommand,
} from '@aws-sdk/client-kms';
import type { OperationName } from '../../../src/emulator/shapes/membersOf.ts';
import { parametersFor, wrapMaterial } from '../operations/material/importing.ts';
import { certificate } from '../support/proxy/certificate.ts';

export type Input = Readonly<Record<string, unknown>>;

/** What scenarios work with: a client, the emulator's clock, and names that nothing else uses. */
export interface Stage {
  readonly kms: KMSClient;
  /** Lets transient states end. */
  settle(): Promise<void>;
  /** The material of the keys with imported material. */
  readonly material: Buffer;
}

/** One correct call of an operation. */
export interface Scenario {
  /** The key that the call is about; undefined where it is about none. */
  readonly key?: CreateKeyCommandInput;
  /** Prepares what the call needs and gives its request. */
  input(stage: Stage, KeyId: string): Input | Promise<Input>;
}

const symmetric: CreateKeyCommandInput = {};
const imported: CreateKeyCommandInput = { Origin: 'EXTERNAL' };
const primary: CreateKeyCommandInput = { MultiRegion: true };
const signing: CreateKeyCommandInput = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' };
const agreement: CreateKeyCommandInput = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' };
const mac: CreateKeyCommandInput = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' };
const encapsulation: CreateKeyCommandInput = { KeySpec: 'ML_KEM_768', KeyUsage: 'ENCAPSULATE_DECAPSULATE' };

const Plaintext = Buffer.from('text');
const Message = Buffer.from('message');
const SigningAlgorithm = 'ECDSA_SHA_256';
const MacAlgorithm = 'HMAC_SHA_256';
const otherRegion = 'eu-central-1';
const grantee = 'arn:aws:iam::111122223333:user/nobody';

let count = 0;
/** Five letters that nothing else uses. */
const fresh = (): string => (count += 1).toString().padStart(5, '0').replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));

const ofKey = (members: Input = {}) => (_: Stage, KeyId: string): Input => ({ KeyId, ...members });

async function encrypted({ kms }: Stage, KeyId: string): Promise<Uint8Array> {
  return (await kms.send(new EncryptCommand({ KeyId, Plaintext }))).CiphertextBlob!;
}

async function aliased({ kms }: Stage, TargetKeyId: string): Promise<string> {
  const AliasName = `alias/${fresh()}`;
  await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId }));
  return AliasName;
}

async function granted({ kms }: Stage, KeyId: string): Promise<string> {
  return (await kms.send(new CreateGrantCommand({ KeyId, GranteePrincipal: grantee, Operations: ['Decrypt'] }))).GrantId!;
}

const newStore = (): Input & { CustomKeyStoreName: string } => ({
  CustomKeyStoreName: fresh(),
  CloudHsmClusterId: `cluster-${fresh()}bcdefg`,
  TrustAnchorCertificate: certificate,
  KeyStorePassword: 'not-a-secret',
});

/** A custom key store, connected where the scenario wants it. */
export async function storeIn(stage: Stage, state: 'CONNECTED' | 'DISCONNECTED'): Promise<string> {
  const { kms } = stage;
  const { CustomKeyStoreId } = await kms.send(new CreateCustomKeyStoreCommand(newStore()));
  if (state === 'CONNECTED') {
    await kms.send(new ConnectCustomKeyStoreCommand({ CustomKeyStoreId }));
    await stage.settle();
  }
  return CustomKeyStoreId!;
}

async function otherKey(kms: KMSClient, input: CreateKeyCommandInput): Promise<string> {
  return (await kms.send(new CreateKeyCommand(input))).KeyMetadata!.KeyId!;
}

/** A correct call of every operation. */
export const scenarios: Readonly<Record<OperationName, Scenario>> = {
  CancelKeyDeletion: { key: symmetric, input: ofKey() },
  ConnectCustomKeyStore: { input: async (stage) => ({ CustomKeyStoreId: await storeIn(stage, 'DISCONNECTED') }) },
  CreateAlias: { key: symmetric, input: (_, TargetKeyId) => ({ TargetKeyId, AliasName: `alias/${fresh()}` }) },
  CreateCustomKeyStore: { input: newStore },
  CreateGrant: { key: symmetric, input: ofKey({ GranteePrincipal: grantee, Operations: ['Encrypt'] }) },
  CreateKey: { input: () => ({}) },
  Decapsulate: {
    key: encapsulation,
    input: async ({ kms }, KeyId) => {
      const { SharedSecretCiphertextBlob } = await kms.send(new EncapsulateCommand({ KeyId, EncapsulationAlgorithm: 'ML_KEM' }));
      return { KeyId, SharedSecretCiphertextBlob, EncapsulationAlgorithm: 'ML_KEM' };
    },
  },
  Decrypt: { key: symmetric, input: async (stage, KeyId) => ({ CiphertextBlob: await encrypted(stage, KeyId) }) },
  DeleteAlias: { key: symmetric, input: async (stage, KeyId) => ({ AliasName: await aliased(stage, KeyId) }) },
  DeleteCustomKeyStore: { input: async (stage) => ({ CustomKeyStoreId: await storeIn(stage, 'DISCONNECTED') }) },
  DeleteImportedKeyMaterial: { key: imported, input: ofKey() },
  DeriveSharedSecret: {
    key: agreement,
    input: async ({ kms }, KeyId) => {
      const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: await otherKey(kms, agreement) }));
      return { KeyId, PublicKey, KeyAgreementAlgorithm: 'ECDH' };
    },
  },
  DescribeCustomKeyStores: { input: () => ({}) },
  DescribeKey: { key: symmetric, input: ofKey() },
  DisableKey: { key: symmetric, input: ofKey() },
  DisableKeyRotation: { key: symmetric, input: ofKey() },
  DisconnectCustomKeyStore: { input: async (stage) => ({ CustomKeyStoreId: await storeIn(stage, 'CONNECTED') }) },
  EnableKey: { key: symmetric, input: ofKey() },
  EnableKeyRotation: { key: symmetric, input: ofKey() },
  Encapsulate: { key: encapsulation, input: ofKey({ EncapsulationAlgorithm: 'ML_KEM' }) },
  Encrypt: { key: symmetric, input: ofKey({ Plaintext }) },
  GenerateDataKey: { key: symmetric, input: ofKey({ KeySpec: 'AES_256' }) },
  GenerateDataKeyPair: { key: symmetric, input: ofKey({ KeyPairSpec: 'ECC_NIST_P256' }) },
  GenerateDataKeyPairWithoutPlaintext: { key: symmetric, input: ofKey({ KeyPairSpec: 'ECC_NIST_P256' }) },
  GenerateDataKeyWithoutPlaintext: { key: symmetric, input: ofKey({ KeySpec: 'AES_256' }) },
  GenerateMac: { key: mac, input: ofKey({ Message, MacAlgorithm }) },
  GenerateRandom: { input: () => ({ NumberOfBytes: 32 }) },
  GetKeyLastUsage: { key: symmetric, input: ofKey() },
  GetKeyPolicy: { key: symmetric, input: ofKey() },
  GetKeyRotationStatus: { key: symmetric, input: ofKey() },
  GetParametersForImport: { key: imported, input: ofKey({ WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' }) },
  GetPublicKey: { key: signing, input: ofKey() },
  ImportKeyMaterial: {
    key: imported,
    input: async ({ kms, material }, KeyId) => {
      const { PublicKey, ImportToken } = await parametersFor(kms, KeyId);
      const EncryptedKeyMaterial = wrapMaterial('RSAES_OAEP_SHA_256', PublicKey!, material);
      return { KeyId, ImportToken, EncryptedKeyMaterial, ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' };
    },
  },
  ListAliases: { input: () => ({}) },
  ListGrants: { key: symmetric, input: ofKey() },
  ListKeyPolicies: { key: symmetric, input: ofKey() },
  ListKeyRotations: { key: symmetric, input: ofKey() },
  ListKeys: { input: () => ({}) },
  ListResourceTags: { key: symmetric, input: ofKey() },
  ListRetirableGrants: { input: () => ({ RetiringPrincipal: grantee }) },
  PutKeyPolicy: {
    key: symmetric,
    input: ofKey({
      Policy: JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'kms:*', Resource: '*' } }),
    }),
  },
  ReEncrypt: {
    key: symmetric,
    input: async (stage, KeyId) => ({ CiphertextBlob: await encrypted(stage, KeyId), DestinationKeyId: await otherKey(stage.kms, {}) }),
  },
  ReplicateKey: { key: primary, input: ofKey({ ReplicaRegion: otherRegion }) },
  RetireGrant: { key: symmetric, input: async (stage, KeyId) => ({ KeyId, GrantId: await granted(stage, KeyId) }) },
  RevokeGrant: { key: symmetric, input: async (stage, KeyId) => ({ KeyId, GrantId: await granted(stage, KeyId) }) },
  RotateKeyOnDemand: { key: symmetric, input: ofKey() },
  ScheduleKeyDeletion: { key: symmetric, input: ofKey() },
  Sign: { key: signing, input: ofKey({ Message, SigningAlgorithm }) },
  TagResource: { key: symmetric, input: ofKey({ Tags: [{ TagKey: 'team', TagValue: 'a' }] }) },
  UntagResource: { key: symmetric, input: ofKey({ TagKeys: ['team'] }) },
  UpdateAlias: {
    key: symmetric,
    input: async (stage, TargetKeyId) => ({ TargetKeyId, AliasName: await aliased(stage, await otherKey(stage.kms, {})) }),
  },
  UpdateCustomKeyStore: { input: async (stage) => ({ CustomKeyStoreId: await storeIn(stage, 'DISCONNECTED'), NewCustomKeyStoreName: fresh() }) },
  UpdateKeyDescription: { key: symmetric, input: ofKey({ Description: 'words' }) },
  UpdatePrimaryRegion: {
    key: primary,
    input: async (stage, KeyId) => {
      await stage.kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: otherRegion }));
      await stage.settle();
      return { KeyId, PrimaryRegion: otherRegion };
    },
  },
  Verify: {
    key: signing,
    input: async ({ kms }, KeyId) => {
      const { Signature } = await kms.send(new SignCommand({ KeyId, Message, SigningAlgorithm }));
      return { KeyId, Message, SigningAlgorithm, Signature };
    },
  },
  VerifyMac: {
    key: mac,
    input: async ({ kms }, KeyId) => {
      const { Mac } = await kms.send(new GenerateMacCommand({ KeyId, Message, MacAlgorithm }));
      return { KeyId, Message, MacAlgorithm, Mac };
    },
  },
};

/** Material that a key of the scenarios may hold. */
export const newMaterial = (): Buffer => randomBytes(32);
