/**
 * The closed set of things that can go wrong, in the words of the features. `kmsError` names what KMS answered;
 * everything else is found on this side. One place (features/shared/showError.ts) turns a code into a message.
 */
export type ErrorCode =
  // The way to KMS
  | 'NO_BACKEND'
  | 'NO_CREDENTIALS'
  | 'EXPIRED_CREDENTIALS'
  | 'INVALID_CREDENTIALS'
  | 'NO_REGION'
  | 'UNREACHABLE'
  | 'THROTTLED'
  | 'CANCELLED'
  | 'UNTRUSTED_WORKSPACE'
  // What KMS answered
  | 'ACCESS_DENIED'
  | 'NOT_FOUND'
  | 'DISABLED'
  | 'INVALID_STATE'
  | 'INVALID_KEY_USAGE'
  | 'INVALID_CIPHERTEXT'
  | 'INCORRECT_KEY'
  | 'MALFORMED_POLICY'
  | 'LIMIT_EXCEEDED'
  | 'UNSUPPORTED_OPERATION'
  | 'INVALID_REQUEST'
  | 'KMS_FAULT'
  // The text to work on
  | 'NOTHING_SELECTED'
  | 'PLAINTEXT_TOO_LONG'
  | 'NOT_CIPHERTEXT'
  | 'NOT_TEXT'
  | 'NO_VALUE_HERE'
  | 'PARSE_ERROR'
  | 'UNSUPPORTED_FILE'
  | 'DOCUMENT_CHANGED'
  | 'READ_ONLY_DOCUMENT'
  | 'EDIT_REFUSED'
  // A file that SOPS encrypts
  | 'SOPS_INVALID'
  | 'SOPS_MAC_MISMATCH'
  | 'SOPS_NO_KEY'
  | 'SOPS_UNSUPPORTED'
  // The emulator process
  | 'EMULATOR_NOT_STARTED'
  | 'EMULATOR_DIED'
  | 'EMULATOR_PORT_IN_USE'
  | 'EMULATOR_DATA_CORRUPT'
  | 'EMULATOR_DATA_OWNED';

/** Marks the errors of this class in whichever bundle they were made: the AWS part is a bundle of its own. */
const brand = Symbol.for('kmsExplorer.error');

/**
 * An expected failure. `message` is a sentence for the user that says what happened, where, and what to do;
 * it never holds plaintext, key material or credentials. `serviceCode` is KMS's own exception name, when KMS answered.
 */
export class KmsExplorerError extends Error {
  readonly code: ErrorCode;
  readonly serviceCode: string | undefined;
  readonly [brand] = true;

  constructor(code: ErrorCode, message: string, options: { serviceCode?: string; cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'KmsExplorerError';
    this.code = code;
    this.serviceCode = options.serviceCode;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && brand in value;
  }
}
