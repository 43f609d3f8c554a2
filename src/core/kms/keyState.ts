import type { KeyState } from './keyMetadata.ts';

/**
 * Which key states each operation accepts, from "Key states of AWS KMS keys"
 * (https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html). An operation that is not in the table accepts
 * every state.
 */

/** What KMS says of a key in a state it refuses; the message is the key's ARN followed by `words`. */
export interface StateRefusal {
  readonly code: 'DisabledException' | 'KMSInvalidStateException';
  readonly words: string;
}

type StateRules = Readonly<Partial<Record<KeyState, StateRefusal>>>;

const invalid = (words: string): StateRefusal => ({ code: 'KMSInvalidStateException', words });

const disabled: StateRefusal = { code: 'DisabledException', words: 'is disabled.' };
const pendingDeletion = invalid('is pending deletion.');
const pendingImport = invalid('is pending import.');
const unavailable = invalid('is unavailable.');
const creating = invalid('is creating.');
const updating = invalid('is updating.');
const notPendingDeletion = invalid('is not pending deletion.');

const deletion = { PendingDeletion: pendingDeletion, PendingReplicaDeletion: pendingDeletion };
const use: StateRules = { ...deletion, Disabled: disabled, PendingImport: pendingImport, Unavailable: unavailable, Creating: creating };
const grant: StateRules = { ...deletion, Disabled: disabled, PendingImport: pendingImport, Creating: creating };
const multiRegion: StateRules = { ...grant, Updating: updating };
const enabling: StateRules = { ...deletion, PendingImport: pendingImport, Creating: creating, Updating: updating };
/**
 * Keys with imported material and keys in custom key stores do not rotate by themselves, and the latter not on demand
 * either: that is said of them whatever their state.
 */
const automaticRotation: StateRules = { ...deletion, Disabled: disabled, Creating: creating };
const rotation: StateRules = { ...automaticRotation, PendingImport: pendingImport, Updating: updating };
const importing: StateRules = { ...deletion, Creating: creating };
const cancelDeletion: StateRules = {
  Enabled: notPendingDeletion,
  Disabled: notPendingDeletion,
  PendingImport: notPendingDeletion,
  Unavailable: notPendingDeletion,
  Creating: notPendingDeletion,
  Updating: notPendingDeletion,
};

const rules: Readonly<Record<string, StateRules>> = {
  CancelKeyDeletion: cancelDeletion,
  CreateAlias: deletion,
  CreateGrant: grant,
  Decapsulate: use,
  Decrypt: use,
  DeleteImportedKeyMaterial: { Creating: creating, Updating: updating },
  DeriveSharedSecret: use,
  DisableKey: enabling,
  DisableKeyRotation: automaticRotation,
  EnableKey: enabling,
  EnableKeyRotation: automaticRotation,
  Encapsulate: use,
  Encrypt: use,
  GenerateDataKey: use,
  GenerateDataKeyPair: use,
  GenerateDataKeyPairWithoutPlaintext: use,
  GenerateDataKeyWithoutPlaintext: use,
  GenerateMac: use,
  GetParametersForImport: { ...importing, Updating: updating },
  GetPublicKey: use,
  ImportKeyMaterial: importing,
  ReEncrypt: use,
  ReplicateKey: multiRegion,
  RotateKeyOnDemand: rotation,
  ScheduleKeyDeletion: { ...deletion, Updating: updating },
  Sign: use,
  TagResource: deletion,
  UntagResource: deletion,
  UpdateAlias: deletion,
  UpdateKeyDescription: deletion,
  UpdatePrimaryRegion: multiRegion,
  Verify: use,
  VerifyMac: use,
};

/** How KMS refuses `operation` on a key in `state`, or undefined when it accepts. */
export function stateRefusal(operation: string, state: KeyState): StateRefusal | undefined {
  return Object.hasOwn(rules, operation) ? rules[operation]?.[state] : undefined;
}
