import { KmsException } from '../kmsException.ts';
import type { KeyRecord } from '../store/keyRecord.ts';
import type { Call } from './call.ts';

/** What the owner of an AWS managed key may do with it directly: look at it. */
const managedKeyAction = /^(?:Describe|Get|List)/;

/** Where nothing is decided by a policy yet: every caller the emulator knows may do it. */
export function allowWithoutKey(call: Call): void {
  call.notes.decision = 'allow';
  call.notes.reason = 'The caller is known. Policies are stored but not enforced yet.';
}

function deny(call: Call, action: string, resource: string, reason: string): KmsException {
  call.notes.decision = 'deny';
  call.notes.reason = reason;
  return new KmsException(
    'AccessDeniedException',
    `User: ${call.caller.arn} is not authorized to perform: kms:${action} on resource: ${resource} because no resource-based policy allows the kms:${action} action`,
  );
}

/**
 * Decides whether the caller may do `action` on a key, and notes the decision. Throws AccessDeniedException.
 * AWS managed keys are used through their service alone, so only looking at them is allowed
 * (https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk).
 */
export function authorize(call: Call, action: string, key: KeyRecord): void {
  call.notes.keyId = key.arn;
  if (key.accountId !== call.caller.accountId) throw denyForeignKey(call, action, key.arn);
  if (key.manager === 'AWS' && !managedKeyAction.test(action)) {
    throw deny(call, action, key.arn, 'An AWS managed key is used and changed by its service alone.');
  }
  allowWithoutKey(call);
}

/** The answer for a key of another account, whether it exists or not. */
export function denyForeignKey(call: Call, action: string, arn: string): KmsException {
  return deny(call, action, arn, 'The key belongs to another account.');
}

/** The answer for a question about a principal of another account. */
export function denyForeignPrincipal(call: Call, arn: string): KmsException {
  return deny(call, call.operation, arn, 'The principal belongs to another account.');
}

/** The answer for a ciphertext whose key is not one of this account in this Region. */
export function denyUnknownCiphertext(call: Call, action: string): KmsException {
  call.notes.decision = 'deny';
  call.notes.reason = 'No key of this account and Region made the ciphertext.';
  return new KmsException(
    'AccessDeniedException',
    `User: ${call.caller.arn} is not authorized to perform: kms:${action} on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
  );
}
