import type { EncryptionContext } from '../../kms/keyMetadata.ts';
import type { Caller, KeyFacts } from '../evaluate/request.ts';
import type { GrantTerms } from '../grants/grantUse.ts';

/** What a request asks for, under the names of the API in camelCase. What was not sent and has no default is missing. */
export interface RequestParameters {
  readonly encryptionContext?: EncryptionContext | undefined;
  readonly encryptionAlgorithm?: string | undefined;
  readonly signingAlgorithm?: string | undefined;
  readonly messageType?: string | undefined;
  readonly macAlgorithm?: string | undefined;
  readonly keyAgreementAlgorithm?: string | undefined;
  readonly keyPairSpec?: string | undefined;
  readonly wrappingAlgorithm?: string | undefined;
  readonly wrappingKeySpec?: string | undefined;
  readonly expirationModel?: string | undefined;
  /** Epoch milliseconds. */
  readonly validTo?: number | undefined;
  readonly pendingWindowInDays?: number | undefined;
  readonly rotationPeriodInDays?: number | undefined;
  /** Days since the key was last used. */
  readonly trailingDaysWithoutKeyUsage?: number | undefined;
  readonly primaryRegion?: string | undefined;
  readonly replicaRegion?: string | undefined;
  readonly bypassPolicyLockoutSafetyCheck?: boolean | undefined;
  readonly reEncryptOnSameKey?: boolean | undefined;
  /** The alias name by which the request names the key; missing when it names it by id or key ARN. */
  readonly requestAlias?: string | undefined;
  /** Tags of CreateKey, ReplicateKey and TagResource. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Tag keys of UntagResource. */
  readonly tagKeys?: readonly string[] | undefined;
  /** What CreateKey makes. */
  readonly newKey?: { readonly spec: string; readonly usage: string; readonly origin: string; readonly multiRegion: boolean } | undefined;
  readonly grant?: (GrantTerms & {
    readonly granteePrincipal?: string | undefined;
    readonly granteeServicePrincipal?: string | undefined;
    readonly retiringPrincipal?: string | undefined;
    readonly retiringServicePrincipal?: string | undefined;
  }) | undefined;
  /** Whether an AWS service asks on the caller's behalf, for its own resource. */
  readonly grantIsForAwsResource?: boolean | undefined;
  /** Measurements of an attestation document by name, as in `PCR0` or `ImageSha384`. */
  readonly recipientAttestation?: Readonly<Record<string, string>> | undefined;
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
  readonly userAgent?: string | undefined;
  readonly multiFactorAuthPresent?: boolean | undefined;
}
