import { KMSServiceException } from '@aws-sdk/client-kms';
import { KmsExplorerError, type ErrorCode } from '../core/kms/errorCode.ts';
import { refusalWords } from '../core/kms/explain/refusalWords.ts';

/** Where a call went, for the sentence that says what failed. */
export interface CallPlace {
  readonly operation: string;
  readonly region: string;
  readonly endpoint: string;
  readonly isEmulator: boolean;
}

/** KMS's and STS's exception names in the words of the features (API reference, "Errors" of each operation). */
const codesByException: Readonly<Record<string, ErrorCode>> = {
  AccessDeniedException: 'ACCESS_DENIED',
  AccessDenied: 'ACCESS_DENIED',
  NotFoundException: 'NOT_FOUND',
  DisabledException: 'DISABLED',
  KMSInvalidStateException: 'INVALID_STATE',
  InvalidKeyUsageException: 'INVALID_KEY_USAGE',
  InvalidCiphertextException: 'INVALID_CIPHERTEXT',
  IncorrectKeyException: 'INCORRECT_KEY',
  MalformedPolicyDocumentException: 'MALFORMED_POLICY',
  LimitExceededException: 'LIMIT_EXCEEDED',
  UnsupportedOperationException: 'UNSUPPORTED_OPERATION',
  ThrottlingException: 'THROTTLED',
  Throttling: 'THROTTLED',
  TooManyRequestsException: 'THROTTLED',
  ExpiredTokenException: 'EXPIRED_CREDENTIALS',
  ExpiredToken: 'EXPIRED_CREDENTIALS',
  TokenRefreshRequired: 'EXPIRED_CREDENTIALS',
  UnrecognizedClientException: 'INVALID_CREDENTIALS',
  InvalidClientTokenId: 'INVALID_CREDENTIALS',
  InvalidSignatureException: 'INVALID_CREDENTIALS',
  SignatureDoesNotMatch: 'INVALID_CREDENTIALS',
  IncompleteSignatureException: 'INVALID_CREDENTIALS',
  MissingAuthenticationTokenException: 'INVALID_CREDENTIALS',
  CredentialsProviderError: 'NO_CREDENTIALS',
  TokenProviderError: 'EXPIRED_CREDENTIALS',
  ValidationException: 'INVALID_REQUEST',
  InvalidArnException: 'INVALID_REQUEST',
  AbortError: 'CANCELLED',
};

const unreachable = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)$/;

/** What KMS leaves unsaid, or what the user can do; KMS's own words, where it has any, follow after a colon. */
const sentences: Partial<Record<ErrorCode, string>> = {
  ACCESS_DENIED: 'KMS denied access',
  DISABLED: 'The key is disabled. Enable it or choose another key',
  THROTTLED: 'KMS is throttling the calls of this account. Wait a moment and try again',
  NO_CREDENTIALS: 'No AWS credentials were found. Sign in or choose another profile with "KMS: Select Backend"',
  EXPIRED_CREDENTIALS: 'The AWS credentials have expired. Sign in again, then retry',
  INVALID_CREDENTIALS: 'AWS does not accept these credentials',
  INVALID_CIPHERTEXT:
    'KMS cannot decrypt this: the ciphertext was changed or cut off, or the encryption context is not the one it was encrypted with',
  INCORRECT_KEY: 'The ciphertext was made under another key',
  UNSUPPORTED_OPERATION: 'The key does not support this operation',
  CANCELLED: 'The operation was cancelled.',
};

/** Turns anything the SDK rejected with into a KmsExplorerError that says what failed and where. */
export function mapError(error: unknown, place: CallPlace): KmsExplorerError {
  if (error instanceof KmsExplorerError) return error;
  const name = error instanceof Error ? error.name : 'UnknownError';
  const own = Object.hasOwn(codesByException, name) ? codesByException[name] : isRefusal(error) ? 'INVALID_REQUEST' : undefined;
  const code = own ?? (isUnreachable(error) ? unreachableCode(place) : 'KMS_FAULT');
  const serviceCode = own === 'NO_CREDENTIALS' || own === 'CANCELLED' || own === undefined ? undefined : name;
  return new KmsExplorerError(code, messageFor(code, name, error, place), {
    ...(serviceCode === undefined ? {} : { serviceCode }),
    cause: error,
  });
}

function unreachableCode(place: CallPlace): ErrorCode {
  return place.isEmulator ? 'EMULATOR_DIED' : 'UNREACHABLE';
}

/** Whether the service itself answered that the request is at fault; its words are KMS's own then, and fit to be shown. */
function isRefusal(error: unknown): boolean {
  return error instanceof KMSServiceException && error.$fault === 'client';
}

/** Node reports a refused connection by its code, an unresponsive host by a TimeoutError of the SDK's handler. */
function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'TimeoutError') return true;
  const codes = error instanceof AggregateError ? error.errors : [error];
  return codes.some((each: unknown) => each instanceof Error && 'code' in each && unreachable.test(String(each.code)));
}

function messageFor(code: ErrorCode, name: string, error: unknown, place: CallPlace): string {
  const where = `${place.operation} in ${place.region}`;
  if (code === 'CANCELLED') return sentences.CANCELLED ?? '';
  if (code === 'EMULATOR_DIED') return `The local emulator at ${place.endpoint} does not answer. Restart it to go on.`;
  if (code === 'UNREACHABLE') {
    return `${where} failed: ${place.endpoint} cannot be reached. Check the network, the proxy and the endpoint.`;
  }
  if (code === 'KMS_FAULT') return `${where} failed: ${name}. The log names the place.`;
  const answer = error instanceof Error && code !== 'NO_CREDENTIALS' ? kmsWords(error) : '';
  const sentence = refusalWords(name) ?? sentences[code];
  if (sentence === undefined) return `${where} failed: ${answer === '' ? name : answer}`;
  return `${where} failed. ${sentence}${answer === '' ? '.' : `: ${answer}`}`;
}

/** KMS answers some errors without a message; the SDK then fills in the name or "UnknownError", which says nothing. */
function kmsWords(error: Error): string {
  const words = error.message.trim();
  return words === error.name || words === 'UnknownError' || words === '' ? '' : words;
}
