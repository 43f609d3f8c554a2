import { randomUUID } from 'node:crypto';
import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  GenerateRandomCommand,
  GetKeyPolicyCommand,
  GetPublicKeyCommand,
  type KMSClient,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  SignCommand,
  TagResourceCommand,
  UpdateAliasCommand,
  VerifyCommand,
} from '@aws-sdk/client-kms';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { assertRefused } from '../support/refusal.ts';
import { sampleSeed } from '../support/sampleSeed.ts';

const missing = randomUUID();
const arn = (resource: string, region = 'us-east-1'): string => `arn:aws:kms:${region}:111122223333:${resource}`;
const symmetric = 'alias/orders/config';
const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(1);
const nothing = { Message: bytes(1), MessageType: 'RAW' } as const;
const statement = { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' };

/** The name that the member had before 2021. */
const oldSpec = { CustomerMasterKeySpec: 'RSA_2048' } as const;

describe('Refusals', () => {
  let emulator: EmulatorProcess;
  let ids: Readonly<Record<string, string>>;
  before(async () => {
    emulator = await startEmulator({ seed: sampleSeed });
    const named = [symmetric, 'alias/release/signing', 'alias/webhooks/mac', 'alias/legacy/reports', 'alias/aws/s3'];
    const place = async (region: string, aliases: readonly string[]): Promise<readonly (readonly [string, string])[]> =>
      Promise.all(
        aliases.map(async (alias) => {
          const { KeyMetadata } = await emulator.client(region).send(new DescribeKeyCommand({ KeyId: alias }));
          return [alias, KeyMetadata!.KeyId!] as const;
        }),
      );
    ids = Object.fromEntries([
      ...(await place('us-east-1', named)),
      ...(await place('eu-west-1', ['alias/exports/old', 'alias/partners/exchange'])),
      ...(await place('ap-southeast-2', ['alias/warehouse/bank'])),
    ]);
  });
  after(() => emulator.stop());

  type Refusal = readonly [
    title: string,
    send: (kms: KMSClient, id: (alias: string) => string) => Promise<unknown>,
    name: string,
    message: string | RegExp | ((id: (alias: string) => string) => string),
    region?: string,
  ];

  const refusals: readonly Refusal[] = [
    ['a text that is no key id', (kms) => kms.send(new DescribeKeyCommand({ KeyId: 'fake-key-id' })), 'NotFoundException', "Invalid keyId 'fake-key-id'"],
    ['a key that is not there', (kms) => kms.send(new DescribeKeyCommand({ KeyId: missing })), 'NotFoundException', `Key '${arn(`key/${missing}`)}' does not exist`],
    ['an alias that is not there', (kms) => kms.send(new DescribeKeyCommand({ KeyId: 'alias/none' })), 'NotFoundException', `Alias ${arn('alias/none')} is not found.`],
    ['an alias where only a key is taken', (kms) => kms.send(new EnableKeyCommand({ KeyId: symmetric })), 'NotFoundException', `Invalid keyId '${symmetric}'`],
    ['an ARN of another Region', (kms) => kms.send(new DescribeKeyCommand({ KeyId: arn(`key/${missing}`, 'eu-west-1') })), 'NotFoundException', 'Invalid arn eu-west-1'],
    ['a key of another account', (kms) => kms.send(new DescribeKeyCommand({ KeyId: arn(`key/${missing}`).replace('111122223333', '444455556666') })), 'AccessDeniedException', /is not authorized to perform: kms:DescribeKey on resource: arn:aws:kms:us-east-1:444455556666:key/],

    ['a disabled key', (kms) => kms.send(new EncryptCommand({ KeyId: 'alias/legacy/reports', Plaintext: bytes(1) })), 'DisabledException', (id) => `${arn(`key/${id('alias/legacy/reports')}`)} is disabled.`],
    ['a key that is pending deletion', (kms) => kms.send(new EncryptCommand({ KeyId: 'alias/exports/old', Plaintext: bytes(1) })), 'KMSInvalidStateException', (id) => `${arn(`key/${id('alias/exports/old')}`, 'eu-west-1')} is pending deletion.`, 'eu-west-1'],
    ['a key that waits for material', (kms) => kms.send(new EncryptCommand({ KeyId: 'alias/warehouse/bank', Plaintext: bytes(1) })), 'KMSInvalidStateException', (id) => `${arn(`key/${id('alias/warehouse/bank')}`, 'ap-southeast-2')} is pending import.`, 'ap-southeast-2'],
    ['cancelling a deletion that is not pending', (kms, id) => kms.send(new CancelKeyDeletionCommand({ KeyId: id(symmetric) })), 'KMSInvalidStateException', (id) => `${arn(`key/${id(symmetric)}`)} is not pending deletion.`],
    ['encrypting with a signing key', (kms) => kms.send(new EncryptCommand({ KeyId: 'alias/release/signing', Plaintext: bytes(1) })), 'InvalidKeyUsageException', (id) => `${arn(`key/${id('alias/release/signing')}`)} key usage is SIGN_VERIFY which is not valid for Encrypt.`],
    ['verifying with an encryption key', (kms) => kms.send(new VerifyCommand({ KeyId: symmetric, ...nothing, Signature: bytes(64), SigningAlgorithm: 'ECDSA_SHA_256' })), 'InvalidKeyUsageException', /key usage is ENCRYPT_DECRYPT which is not valid for Verify\.$/],
    ['a MAC algorithm of another spec', (kms) => kms.send(new GenerateMacCommand({ KeyId: 'alias/webhooks/mac', Message: bytes(1), MacAlgorithm: 'HMAC_SHA_512' })), 'InvalidKeyUsageException', 'Algorithm HMAC_SHA_512 is incompatible with key spec HMAC_256.'],
    ['a digest of the wrong length', (kms) => kms.send(new SignCommand({ KeyId: 'alias/release/signing', Message: bytes(31), MessageType: 'DIGEST', SigningAlgorithm: 'RSASSA_PSS_SHA_256' })), 'ValidationException', 'Digest is invalid length for algorithm RSASSA_PSS_SHA_256.'],
    ['the public key of a symmetric key', (kms) => kms.send(new GetPublicKeyCommand({ KeyId: symmetric })), 'UnsupportedOperationException', ''],
    ['a data key under an asymmetric key', (kms) => kms.send(new GenerateDataKeyCommand({ KeyId: 'alias/partners/exchange', KeySpec: 'AES_256' })), 'InvalidKeyUsageException', 'You cannot generate a data key with an asymmetric CMK', 'eu-west-1'],
    ['too much for RSA', (kms) => kms.send(new EncryptCommand({ KeyId: 'alias/partners/exchange', Plaintext: bytes(215), EncryptionAlgorithm: 'RSAES_OAEP_SHA_1' })), 'ValidationException', 'Algorithm RSAES_OAEP_SHA_1 and key spec RSA_2048 cannot encrypt data larger than 214 bytes.', 'eu-west-1'],
    ['an RSA ciphertext without its key', (kms) => kms.send(new DecryptCommand({ CiphertextBlob: bytes(256), EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' })), 'ValidationException', 'KeyId must not be null'],
    ['raw RSA bytes as a symmetric ciphertext', (kms) => kms.send(new DecryptCommand({ CiphertextBlob: bytes(256) })), 'InvalidCiphertextException', ''],
    ['a dry run that would succeed', (kms) => kms.send(new EncryptCommand({ KeyId: symmetric, Plaintext: bytes(1), DryRun: true })), 'DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.'],

    ['a plaintext over 4096 bytes', (kms) => kms.send(new EncryptCommand({ KeyId: symmetric, Plaintext: bytes(4097) })), 'ValidationException', "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096"],
    ['no random bytes', (kms) => kms.send(new GenerateRandomCommand({ NumberOfBytes: 0 })), 'ValidationException', "1 validation error detected: Value '0' at 'numberOfBytes' failed to satisfy constraint: Member must have value greater than or equal to 1"],
    ['an unsaid number of random bytes', (kms) => kms.send(new GenerateRandomCommand({})), 'ValidationException', 'NumberOfBytes is required.'],
    ['two mistakes at once', (kms) => kms.send(new GenerateDataKeyCommand({ KeyId: '', NumberOfBytes: 1025 })), 'ValidationException', "2 validation errors detected: Value '' at 'keyId' failed to satisfy constraint: Member must have length greater than or equal to 1; Value '1025' at 'numberOfBytes' failed to satisfy constraint: Member must have value less than or equal to 1024"],
    ['a data key without a length', (kms) => kms.send(new GenerateDataKeyCommand({ KeyId: symmetric })), 'ValidationException', 'Please specify either number of bytes or key spec.'],
    ['a tag key that is too long', (kms) => kms.send(new CreateKeyCommand({ Tags: [{ TagKey: 'k'.repeat(129), TagValue: '' }] })), 'ValidationException', `1 validation error detected: Value '${'k'.repeat(129)}' at 'tags.1.member.tagKey' failed to satisfy constraint: Member must have length less than or equal to 128`],
    ['a missing member', (kms) => kms.send(new CreateAliasCommand({ AliasName: 'alias/x', TargetKeyId: undefined })), 'ValidationException', "1 validation error detected: Value null at 'targetKeyId' failed to satisfy constraint: Member must not be null"],
    ['a waiting period under seven days', (kms, id) => kms.send(new ScheduleKeyDeletionCommand({ KeyId: id(symmetric), PendingWindowInDays: 6 })), 'ValidationException', /at 'pendingWindowInDays' failed to satisfy constraint: Member must have value greater than or equal to 7$/],

    ['an asymmetric key without a usage', (kms) => kms.send(new CreateKeyCommand({ KeySpec: 'RSA_2048' })), 'ValidationException', 'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.'],
    ['a spec under its old and its new name', (kms) => kms.send(new CreateKeyCommand({ KeySpec: 'RSA_2048', ...oldSpec, KeyUsage: 'SIGN_VERIFY' })), 'ValidationException', 'You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.'],
    ['a usage that does not fit the spec', (kms) => kms.send(new CreateKeyCommand({ KeySpec: 'RSA_2048', KeyUsage: 'KEY_AGREEMENT' })), 'ValidationException', 'KeyUsage KEY_AGREEMENT is not compatible with KeySpec RSA_2048'],
    ['a spec of the China Regions', (kms) => kms.send(new CreateKeyCommand({ KeySpec: 'SM2', KeyUsage: 'SIGN_VERIFY' })), 'UnsupportedOperationException', 'KeySpec SM2 is not supported in this Region'],
    ['the same tag twice', (kms) => kms.send(new CreateKeyCommand({ Tags: [{ TagKey: 'a', TagValue: '' }, { TagKey: 'a', TagValue: '' }] })), 'TagException', 'Duplicate tag keys'],
    ['a reserved tag', (kms, id) => kms.send(new TagResourceCommand({ KeyId: id(symmetric), Tags: [{ TagKey: 'aws:a', TagValue: '' }] })), 'TagException', 'Tags beginning with aws: are reserved'],
    ['more than fifty tags', (kms, id) => kms.send(new TagResourceCommand({ KeyId: id(symmetric), Tags: Array.from({ length: 50 }, (_, index) => ({ TagKey: `t${index}`, TagValue: '' })) })), 'TagException', 'Too many tags'],

    ['an alias without its prefix', (kms, id) => kms.send(new CreateAliasCommand({ AliasName: 'x', TargetKeyId: id(symmetric) })), 'ValidationException', 'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html'],
    ['an alias that is there', (kms, id) => kms.send(new CreateAliasCommand({ AliasName: symmetric, TargetKeyId: id(symmetric) })), 'AlreadyExistsException', `An alias with the name ${arn(symmetric)} already exists`],
    ['an alias of a service', (kms, id) => kms.send(new CreateAliasCommand({ AliasName: 'alias/aws/x', TargetKeyId: id(symmetric) })), 'NotAuthorizedException', ''],
    ['moving an alias to another kind of key', (kms, id) => kms.send(new UpdateAliasCommand({ AliasName: symmetric, TargetKeyId: id('alias/webhooks/mac') })), 'ValidationException', /same type and key usage/],
    ['deleting an alias that is not there', (kms) => kms.send(new DeleteAliasCommand({ AliasName: 'alias/none' })), 'NotFoundException', `Alias ${arn('alias/none')} is not found.`],

    ['rotating an asymmetric key', (kms, id) => kms.send(new EnableKeyRotationCommand({ KeyId: id('alias/release/signing') })), 'UnsupportedOperationException', ''],
    ['rotating imported material on a schedule', (kms, id) => kms.send(new EnableKeyRotationCommand({ KeyId: id('alias/warehouse/bank') })), 'UnsupportedOperationException', (id) => `${arn(`key/${id('alias/warehouse/bank')}`, 'ap-southeast-2')} origin is EXTERNAL which is not valid for this operation.`, 'ap-southeast-2'],
    ['using an AWS managed key', (kms) => kms.send(new EncryptCommand({ KeyId: 'alias/aws/s3', Plaintext: bytes(1) })), 'AccessDeniedException', /^User: arn:aws:iam::111122223333:root is not authorized to perform: kms:Encrypt on resource: arn:aws:kms:us-east-1:111122223333:key\//],
    ['deleting an AWS managed key', (kms, id) => kms.send(new ScheduleKeyDeletionCommand({ KeyId: id('alias/aws/s3') })), 'AccessDeniedException', /is not authorized to perform: kms:ScheduleKeyDeletion/],

    ['a policy that is not JSON', (kms, id) => kms.send(new PutKeyPolicyCommand({ KeyId: id(symmetric), Policy: '{' })), 'MalformedPolicyDocumentException', 'A closing brace "}" is expected here.'],
    ['a policy without statements', (kms, id) => kms.send(new PutKeyPolicyCommand({ KeyId: id(symmetric), Policy: '{}' })), 'MalformedPolicyDocumentException', 'The policy needs at least one Statement.'],
    ['a statement without a principal', (kms, id) => kms.send(new PutKeyPolicyCommand({ KeyId: id(symmetric), Policy: JSON.stringify({ Statement: [statement, { ...statement, Principal: undefined }] }) })), 'MalformedPolicyDocumentException', 'Policy contains a statement with no principal'],
    ['a policy over 32 KB', (kms, id) => kms.send(new PutKeyPolicyCommand({ KeyId: id(symmetric), Policy: JSON.stringify({ Id: 'x'.repeat(32_768), Statement: statement }) })), 'LimitExceededException', /and the limit is 32768\.$/],
    ['a policy by another name', (kms, id) => kms.send(new GetKeyPolicyCommand({ KeyId: id(symmetric), PolicyName: 'other' })), 'NotFoundException', 'No such policy exists'],
  ];
  for (const [title, send, name, message, region] of refusals) {
    it(`answers ${title} with ${name}`, async () => {
      const id = (alias: string): string => ids[alias]!;
      await assertRefused(send(emulator.client(region), id), name, typeof message === 'function' ? message(id) : message);
    });
  }
});
