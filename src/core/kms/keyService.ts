import type {
  AliasListEntry,
  EncryptionContext,
  KeyListEntry,
  KeyMetadata,
  KeyRotationStatus,
  Tag,
} from './keyMetadata.ts';

/** Where a call goes: the Region and a key id, key ARN, alias name or alias ARN. */
export interface KeyReference {
  readonly region: string;
  readonly keyId: string;
}

/** Who answers. Every cache is keyed by this identity, so that one account's keys are never shown as another's. */
export interface BackendIdentity {
  readonly accountId: string;
  /** The caller's ARN, as STS GetCallerIdentity gives it. */
  readonly callerArn: string;
  /** The endpoint the calls really go to, for instance `https://kms.eu-west-1.amazonaws.com`. */
  readonly endpoint: string;
}

export interface EncryptResult {
  readonly keyArn: string;
  readonly ciphertext: Uint8Array;
}

export interface DecryptResult {
  readonly keyArn: string;
  readonly plaintext: Uint8Array;
}

/**
 * The port through which the features use AWS KMS, whoever answers: the account or the emulator.
 * Every method rejects with a KmsExplorerError. Lists are streamed a page at a time; aborting `signal` ends any call
 * with the code CANCELLED.
 */
export interface KeyService {
  /** The backend's own Region, used where the user picks none. */
  readonly region: string;

  /** Region names of the partition that has the backend's Region, sorted. No call is made. */
  regions(): readonly string[];

  /** Calls STS GetCallerIdentity once and remembers the answer. */
  identity(signal: AbortSignal): Promise<BackendIdentity>;

  listKeys(region: string, signal: AbortSignal): AsyncIterable<readonly KeyListEntry[]>;
  listAliases(region: string, signal: AbortSignal): AsyncIterable<readonly AliasListEntry[]>;
  listAliasesOf(key: KeyReference, signal: AbortSignal): Promise<readonly AliasListEntry[]>;
  describeKey(key: KeyReference, signal: AbortSignal): Promise<KeyMetadata>;
  listResourceTags(key: KeyReference, signal: AbortSignal): Promise<readonly Tag[]>;
  getKeyRotationStatus(key: KeyReference, signal: AbortSignal): Promise<KeyRotationStatus>;
  /** The default key policy exactly as it is stored. */
  getKeyPolicy(key: KeyReference, signal: AbortSignal): Promise<string>;
  putKeyPolicy(key: KeyReference, policy: string, signal: AbortSignal): Promise<void>;

  /** `plaintext` holds 1 to 4096 bytes for a symmetric key, less for RSA. */
  encrypt(
    key: KeyReference,
    plaintext: Uint8Array,
    encryptionContext: EncryptionContext,
    signal: AbortSignal,
  ): Promise<EncryptResult>;
  /** A ciphertext of a symmetric key names its key itself; KMS finds it in `region`. */
  decrypt(
    region: string,
    ciphertext: Uint8Array,
    encryptionContext: EncryptionContext,
    signal: AbortSignal,
  ): Promise<DecryptResult>;

  /** Closes the sockets. Calls under way end with CANCELLED. */
  dispose(): void;
}
