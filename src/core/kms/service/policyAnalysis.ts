/** Something that IAM Access Analyzer says about a policy (https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicyFinding.html). */
export interface AnalyzerFinding {
  readonly findingType: 'ERROR' | 'SECURITY_WARNING' | 'WARNING' | 'SUGGESTION';
  /** As in `MISSING_VERSION`. */
  readonly issueCode: string;
  readonly details: string;
  readonly learnMoreLink: string;
  /** Places in the text, in characters from its beginning. */
  readonly spans: readonly { readonly offset: number; readonly length: number }[];
}

/** Whether a policy can give the public access (https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CheckNoPublicAccess.html). */
export interface PublicAccess {
  readonly isPublic: boolean;
  readonly reasons: readonly { readonly description: string; /** Counted from zero. */ readonly statementIndex: number | undefined }[];
}

/**
 * What IAM Access Analyzer tells of key policies. It is a service of AWS alone: with an emulator both reject with
 * UNSUPPORTED_OPERATION, and with ACCESS_DENIED where the permission of the same name is missing.
 */
export interface PolicyAnalysis {
  /** Calls ValidatePolicy for every page of findings. */
  validatePolicy(policy: string, region: string, signal: AbortSignal): Promise<readonly AnalyzerFinding[]>;
  /** Calls CheckNoPublicAccess. */
  checkNoPublicAccess(policy: string, region: string, signal: AbortSignal): Promise<PublicAccess>;
}
