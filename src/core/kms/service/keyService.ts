import type { AccountRegions } from './accountRegions.ts';
import type { Cryptography } from './cryptography.ts';
import type { CustomKeyStores } from './customKeyStores.ts';
import type { Grants } from './grants.ts';
import type { IdentityPolicies } from './identityPolicies.ts';
import type { KeyLifecycle } from './keyLifecycle.ts';
import type { KeyMaterialImport } from './keyMaterialImport.ts';
import type { KeyNaming } from './keyNaming.ts';
import type { KeyReading } from './keyReading.ts';
import type { PolicyAnalysis } from './policyAnalysis.ts';

/** Who answers. Every cache is keyed by this identity, so that one account's keys are never shown as another's. */
export interface BackendIdentity {
  readonly accountId: string;
  /** The caller's ARN, as STS GetCallerIdentity gives it. */
  readonly callerArn: string;
  /** The endpoint the calls really go to, for instance `https://kms.eu-west-1.amazonaws.com`. */
  readonly endpoint: string;
  /** Whether it is the local emulator, which has no service of AWS but KMS and parts of STS and IAM. */
  readonly isEmulator: boolean;
}

/** Other credentials than those of the backend. */
export interface ActingAs {
  /** The ARN of a role to assume. */
  readonly roleArn: string | undefined;
  /** A profile of the user's AWS configuration. */
  readonly profile: string | undefined;
}

/** All that the features ask of AWS KMS, room by room. */
export interface KeyOperations
  extends KeyReading, KeyLifecycle, KeyNaming, Grants, KeyMaterialImport, Cryptography, CustomKeyStores {}

/**
 * The port through which the features use AWS KMS, whoever answers: the account or the emulator.
 * Every method rejects with a KmsExplorerError. Lists are streamed a page at a time; aborting `signal` ends any call
 * with the code CANCELLED.
 */
export interface KeyService extends KeyOperations, AccountRegions, IdentityPolicies, PolicyAnalysis {
  /** The backend's own Region, used where the user picks none. */
  readonly region: string;

  /** Region names of the partition that has the backend's Region, sorted. No call is made. */
  regions(): readonly string[];

  /** Calls STS GetCallerIdentity once and remembers the answer. */
  identity(signal: AbortSignal): Promise<BackendIdentity>;

  /**
   * The same KMS for somebody else: with the credentials of a profile, which an emulator does not know and passes over,
   * and of a role that is assumed with them, or with those of this service. Makes no call; the first one assumes the role.
   */
  actingAs(who: ActingAs): Promise<KeyService>;

  /** Closes the sockets. Calls under way end with CANCELLED. */
  dispose(): void;
}
