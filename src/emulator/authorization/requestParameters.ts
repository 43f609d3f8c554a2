import type { RequestParameters } from '../../core/policy/conditions/requestFacts.ts';
import type { Call } from '../pipeline/call.ts';
import type { Input } from '../pipeline/memberRules.ts';
import { measurementsOf } from '../pipeline/recipient.ts';
import type { StoredKey } from '../store/keyRecord.ts';
import { grantParameters } from './grantParameters.ts';
import { flagOf, numberOf, structuresOf, textMapOf, textOf, textsOf } from './members.ts';

const day = 86_400_000;

/** The members that hold the key, encryption context and algorithm of an action; those of ReEncrypt have names of their own. */
interface Names {
  readonly key: string;
  readonly context: string;
  readonly algorithm: string;
}

const usualNames: Names = { key: 'KeyId', context: 'EncryptionContext', algorithm: 'EncryptionAlgorithm' };
const namesOfReEncrypt: Readonly<Record<string, Names>> = {
  ReEncryptFrom: { key: 'SourceKeyId', context: 'SourceEncryptionContext', algorithm: 'SourceEncryptionAlgorithm' },
  ReEncryptTo: { key: 'DestinationKeyId', context: 'DestinationEncryptionContext', algorithm: 'DestinationEncryptionAlgorithm' },
};

function namesOf(action: string): Names {
  return namesOfReEncrypt[action] ?? usualNames;
}

/** The encryption context that an action comes with; grants compare it with their constraints. */
export function encryptionContextOf({ input }: Call, action: string): Readonly<Record<string, string>> | undefined {
  return textMapOf(input, namesOf(action).context);
}

/** Actions that encrypt or decrypt, by a symmetric key unless the request says otherwise. */
const encrypting: ReadonlySet<string> = new Set([
  'Decrypt',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
]);

/**
 * What a request asks for, as condition keys tell it
 * (https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html). A member with a default counts as sent
 * with it. `key` is the one that the action is about.
 */
export function requestParameters(call: Call, action: string, key: StoredKey | undefined): RequestParameters {
  const { input } = call;
  return {
    ...cryptography(input, action),
    ...management(input, action),
    ...tagging(input),
    trailingDaysWithoutKeyUsage: key && idleDays(call, key),
    newKey: action === 'CreateKey' ? newKey(input) : undefined,
    grant: action === 'CreateGrant' ? grantParameters(input) : undefined,
    recipientAttestation: measurementsOf(input, call.now),
  };
}

function cryptography(input: Input, action: string): RequestParameters {
  const names = namesOf(action);
  const signs = action === 'Sign' || action === 'Verify';
  return {
    encryptionContext: textMapOf(input, names.context),
    encryptionAlgorithm: encrypting.has(action) ? (textOf(input, names.algorithm) ?? 'SYMMETRIC_DEFAULT') : undefined,
    signingAlgorithm: textOf(input, 'SigningAlgorithm'),
    messageType: signs ? (textOf(input, 'MessageType') ?? 'RAW') : undefined,
    macAlgorithm: textOf(input, 'MacAlgorithm'),
    keyAgreementAlgorithm: textOf(input, 'KeyAgreementAlgorithm'),
    keyPairSpec: textOf(input, 'KeyPairSpec'),
    requestAlias: aliasNameOf(textOf(input, names.key)),
  };
}

/** The alias name when an alias name or ARN is how the request names its key. */
function aliasNameOf(keyId = ''): string | undefined {
  return /^(?:arn:[^/]*:)?(alias\/.+)$/.exec(keyId)?.[1];
}

function management(input: Input, action: string): RequestParameters {
  const validTo = input['ValidTo'];
  return {
    wrappingAlgorithm: textOf(input, 'WrappingAlgorithm'),
    wrappingKeySpec: textOf(input, 'WrappingKeySpec'),
    expirationModel: textOf(input, 'ExpirationModel') ?? (action === 'ImportKeyMaterial' ? 'KEY_MATERIAL_EXPIRES' : undefined),
    validTo: validTo instanceof Date ? validTo.getTime() : undefined,
    pendingWindowInDays: numberOf(input, 'PendingWindowInDays') ?? (action === 'ScheduleKeyDeletion' ? 30 : undefined),
    rotationPeriodInDays: numberOf(input, 'RotationPeriodInDays') ?? (action === 'EnableKeyRotation' ? 365 : undefined),
    primaryRegion: textOf(input, 'PrimaryRegion'),
    replicaRegion: textOf(input, 'ReplicaRegion'),
    bypassPolicyLockoutSafetyCheck: flagOf(input, 'BypassPolicyLockoutSafetyCheck'),
  };
}

function tagging(input: Input): RequestParameters {
  const tags = structuresOf(input, 'Tags')?.map((tag) => [textOf(tag, 'TagKey') ?? '', textOf(tag, 'TagValue') ?? ''] as const);
  return { tags: tags && Object.fromEntries(tags), tagKeys: textsOf(input, 'TagKeys') };
}

function newKey(input: Input): RequestParameters['newKey'] {
  return {
    spec: textOf(input, 'KeySpec') ?? textOf(input, 'CustomerMasterKeySpec') ?? 'SYMMETRIC_DEFAULT',
    usage: textOf(input, 'KeyUsage') ?? 'ENCRYPT_DECRYPT',
    origin: textOf(input, 'Origin') ?? 'AWS_KMS',
    multiRegion: flagOf(input, 'MultiRegion') ?? false,
  };
}

/** Whole days since the key was last used, or since it was made when it never was; only two operations tell them. */
function idleDays({ operation, lastUsage, now }: Call, { arn, createdAt }: StoredKey): number | undefined {
  if (operation !== 'DisableKey' && operation !== 'ScheduleKeyDeletion') return undefined;
  return Math.max(0, Math.floor((now - (lastUsage.of(arn)?.usedAt ?? createdAt)) / day));
}
