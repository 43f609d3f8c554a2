import type { EncryptionContext } from '../../kms/keyMetadata.ts';
import type { Caller, KeyFacts } from '../evaluate/request.ts';
import type { GrantTerms } from '../grants/grantUse.ts';

/** What a request asks for, under the names of the API in camelCase. What was not sent and has no default is missing. */
export interface RequestParameters {
  readonly encryptionContext?: EncryptionContext;
  readonly encryptionAlgorithm?: string;
  readonly signingAlgorithm?: string;
  readonly messageType?: string;
  readonly macAlgorithm?: string;
  readonly keyAgreementAlgorithm?: string;
  readonly keyPairSpec?: string;
  readonly wrappingAlgorithm?: string;
  readonly wrappingKeySpec?: string;
  readonly expirationModel?: string;
  /** Epoch milliseconds. */
  readonly validTo?: number;
  readonly pendingWindowInDays?: number;
  readonly rotationPeriodInDays?: number;
  /** Days since the key was last used. */
  readonly trailingDaysWithoutKeyUsage?: number;
  readonly primaryRegion?: string;
  readonly replicaRegion?: string;
  readonly bypassPolicyLockoutSafetyCheck?: boolean;
  readonly reEncryptOnSameKey?: boolean;
  /** The alias name by which the request names the key; missing when it names it by id or key ARN. */
  readonly requestAlias?: string;
  /** Tags of CreateKey, ReplicateKey and TagResource. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Tag keys of UntagResource. */
  readonly tagKeys?: readonly string[];
  /** What CreateKey makes. */
  readonly newKey?: { readonly spec: string; readonly usage: string; readonly origin: string; readonly multiRegion: boolean };
  readonly grant?: GrantTerms & {
    readonly granteePrincipal?: string;
    readonly granteeServicePrincipal?: string;
    readonly retiringPrincipal?: string;
    readonly retiringServicePrincipal?: string;
  };
  /** Whether an AWS service asks on the caller's behalf, for its own resource. */
  readonly grantIsForAwsResource?: boolean;
  /** Measurements of an attestation document by name, as in `PCR0` or `ImageSha384`. */
  readonly recipientAttestation?: Readonly<Record<string, string>>;
}

/** Everything from which the condition keys of a request come. */
export interface RequestFacts {
  /** Without `kms:`. */
  readonly operation: string;
  readonly caller: Caller;
  /** The key that is decided on; of two keys each has its own context. */
  readonly key?: KeyFacts;
  readonly region: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly parameters?: RequestParameters;
  /** The service that the request comes through, as in `s3.eu-west-1.amazonaws.com`. */
  readonly viaService?: string;
  readonly calledVia?: readonly string[];
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
  readonly sourceIp?: string;
  readonly sourceVpc?: string;
  readonly sourceVpce?: string;
  readonly secureTransport?: boolean;
  readonly userAgent?: string;
  readonly multiFactorAuthPresent?: boolean;
}
