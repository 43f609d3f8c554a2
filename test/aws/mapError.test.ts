import assert from 'node:assert/strict';
import { KMSServiceException } from '@aws-sdk/client-kms';
import { mapError, type CallPlace } from '../../src/aws/mapError.ts';
import type { ErrorCode } from '../../src/core/kms/errorCode.ts';

const account: CallPlace = {
  operation: 'Encrypt',
  region: 'eu-west-1',
  endpoint: 'https://kms.eu-west-1.amazonaws.com',
  isEmulator: false,
};
const emulator: CallPlace = { ...account, endpoint: 'http://127.0.0.1:4599', isEmulator: true };

function named(name: string, message = ''): Error {
  return Object.assign(new Error(message), { name });
}

function system(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code });
}

const cases: readonly { what: string; error: unknown; place?: CallPlace; code: ErrorCode; message: RegExp }[] = [
  {
    what: 'a denied call, in KMS’s own words',
    error: named('AccessDeniedException', 'User: arn:x is not authorized to perform: kms:Encrypt'),
    code: 'ACCESS_DENIED',
    message: /^Encrypt in eu-west-1 failed\. KMS denied access: User: arn:x is not authorized/,
  },
  {
    what: 'a ciphertext error without a message',
    error: named('InvalidCiphertextException', 'UnknownError'),
    code: 'INVALID_CIPHERTEXT',
    message: /changed or cut off, or the encryption context is not the one it was encrypted with\.$/,
  },
  { what: 'a disabled key', error: named('DisabledException', 'arn:k is disabled.'), code: 'DISABLED', message: /Enable it or choose another key: arn:k is disabled\./ },
  { what: 'a key pending deletion', error: named('KMSInvalidStateException', 'arn:k is pending deletion.'), code: 'INVALID_STATE', message: /failed: arn:k is pending deletion\.$/ },
  { what: 'throttling', error: named('ThrottlingException', 'Rate exceeded'), code: 'THROTTLED', message: /Wait a moment and try again: Rate exceeded$/ },
  { what: 'missing credentials', error: named('CredentialsProviderError', 'Could not load'), code: 'NO_CREDENTIALS', message: /No AWS credentials were found/ },
  { what: 'expired credentials', error: named('ExpiredTokenException', 'expired'), code: 'EXPIRED_CREDENTIALS', message: /Sign in again/ },
  { what: 'an unknown access key', error: named('UnrecognizedClientException', 'The security token'), code: 'INVALID_CREDENTIALS', message: /does not accept these credentials/ },
  { what: 'a refused connection', error: system('ECONNREFUSED'), code: 'UNREACHABLE', message: /https:\/\/kms\.eu-west-1\.amazonaws\.com cannot be reached/ },
  { what: 'several refused addresses', error: new AggregateError([system('ECONNREFUSED'), system('EHOSTUNREACH')]), code: 'UNREACHABLE', message: /cannot be reached/ },
  { what: 'a host that does not answer', error: named('TimeoutError'), code: 'UNREACHABLE', message: /cannot be reached/ },
  { what: 'a dead emulator', error: system('ECONNREFUSED'), place: emulator, code: 'EMULATOR_DIED', message: /emulator at http:\/\/127\.0\.0\.1:4599 does not answer\. Restart it/ },
  { what: 'a cancelled call', error: named('AbortError'), code: 'CANCELLED', message: /cancelled/ },
  {
    what: 'a refusal that has no name here, in KMS’s own words',
    error: new KMSServiceException({ name: 'AlreadyExistsException', $fault: 'client', message: 'An alias with that name already exists', $metadata: {} }),
    code: 'INVALID_REQUEST',
    message: /^Encrypt in eu-west-1 failed: An alias with that name already exists$/,
  },
  { what: 'an exception of tomorrow', error: named('BrandNewException', 'secret=hunter2'), code: 'KMS_FAULT', message: /^Encrypt in eu-west-1 failed: BrandNewException\./ },
  { what: 'a name from the prototype', error: named('constructor', 'x'), code: 'KMS_FAULT', message: /failed: constructor/ },
  { what: 'something that is no error', error: 'text', code: 'KMS_FAULT', message: /UnknownError/ },
];

describe('mapError', () => {
  for (const { what, error, place, code, message } of cases) {
    it(`names ${what}`, () => {
      const mapped = mapError(error, place ?? account);
      assert.equal(mapped.code, code);
      assert.match(mapped.message, message);
    });
  }

  it('keeps the words of an unexpected error out of the message', () => {
    assert.doesNotMatch(mapError(named('BrandNewException', 'secret=hunter2'), account).message, /hunter2/);
  });
});
