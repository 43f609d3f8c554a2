import type { Span } from '../parse/policyTree.ts';

/** Why KMS refuses to store a key policy. */
export interface PolicyFault {
  /** The exception of PutKeyPolicy and CreateKey. */
  readonly code:
    | 'InvalidArnException'
    | 'LimitExceededException'
    | 'MalformedPolicyDocumentException'
    | 'ValidationException';
  readonly message: string;
  /** Where in the text, when it is about one place. */
  readonly span: Span | undefined;
}

export function malformed(message: string, span?: Span): PolicyFault {
  return { code: 'MalformedPolicyDocumentException', message, span };
}
