import { compilePolicy } from '../../core/policy/compile/compilePolicy.ts';
import type { Decision } from '../../core/policy/evaluate/decision.ts';
import { evaluate } from '../../core/policy/evaluate/evaluate.ts';
import type { AccessRequest, KeyFacts } from '../../core/policy/evaluate/request.ts';
import { accessDeniedMessage, denialSuffix } from '../../core/policy/evaluate/wording.ts';
import { aliasArn, parseKmsArn } from '../../core/kms/arn.ts';
import { accessRequest, type Asked } from '../authorization/accessRequest.ts';
import { decide } from '../authorization/decide.ts';
import { textOf } from '../authorization/members.ts';
import { KmsException } from '../kmsException.ts';
import type { KeyRecord } from '../store/keyRecord.ts';
import type { Call } from './call.ts';

/** What a refusal tells. */
type Refused = Pick<Decision, 'action' | 'resource' | 'suffix' | 'sentence'>;

/** The statement of the key policy that decided, or whose condition kept it from allowing. */
function statementOf({ statements, failedConditions }: Decision): number | null {
  const candidates = [...statements, ...failedConditions.map(({ statement }) => statement)];
  return candidates.find(({ policy }) => policy === 'keyPolicy')?.index ?? null;
}

/**
 * Decides with the policy engine whether the caller may do what is asked, and notes the decision; a call that has to be
 * allowed several things gets the reason of each. Throws AccessDeniedException, in AWS's words unless `answer` has others.
 */
export function authorize(call: Call, asked: Asked, answer: (call: Call, decision: Refused) => KmsException = refuse): void {
  if (asked.key) call.notes.keyId = asked.key.arn;
  const decision = decide(call, asked);
  call.notes.statement = statementOf(decision);
  if (!decision.allowed) throw answer(call, decision);
  const { notes } = call;
  notes.reason = notes.decision === 'allow' ? `${notes.reason} ${decision.sentence}` : decision.sentence;
  notes.decision = 'allow';
}

function noteDenial({ notes }: Call, reason: string): void {
  notes.decision = 'deny';
  notes.reason = reason;
}

function refuse(call: Call, decision: Refused): KmsException {
  noteDenial(call, decision.sentence);
  return new KmsException('AccessDeniedException', accessDeniedMessage(call.caller.arn, decision));
}

/** A key of which nothing is known but its ARN. Its policy, which nobody has seen, allows nothing. */
function unknownKey(arn: string): KeyFacts {
  const account = parseKmsArn(arn)?.accountId ?? '';
  const facts = { spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT', origin: 'AWS_KMS', manager: 'CUSTOMER' } as const;
  return { arn, account, policy: compilePolicy(''), ...facts, aliases: [], tags: {} };
}

/** The answer for a key of another account that is not there, or that the operation does not reach: the same for both. */
export function denyForeignKey(call: Call, action: string, arn: string): KmsException {
  const key = unknownKey(arn);
  const name = textOf(call.input, 'AliasName');
  const alias = name === undefined ? {} : { aliasArn: aliasArn(call.region, call.caller.accountId, name) };
  const request: AccessRequest = { ...accessRequest(call, { action }), key, otherKey: key, ...alias };
  const decision = evaluate(request);
  if (!decision.allowed) return refuse(call, decision);
  return refuse(call, noResourcePolicy(action, arn, 'The key belongs to another account.'));
}

function noResourcePolicy(action: string, resource: string, sentence: string): Refused {
  const name = `kms:${action}`;
  return { action: name, resource, suffix: denialSuffix({ policy: 'keyPolicy', isExplicit: false }, name), sentence };
}

/** The answer for a question about a principal of another account. */
export function denyForeignPrincipal(call: Call, arn: string): KmsException {
  return refuse(call, noResourcePolicy(call.operation, arn, 'The principal belongs to another account.'));
}

/** The answer for a ciphertext whose key the caller cannot know of: the request does not name it either. */
export function denyUnknownCiphertext(call: Call, { action, sentence }: Pick<Refused, 'action' | 'sentence'>): KmsException {
  noteDenial(call, sentence);
  return new KmsException(
    'AccessDeniedException',
    `User: ${call.caller.arn} is not authorized to perform: ${action} on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
  );
}

/** Authorizes the use of a key that was found by a ciphertext alone; a refusal tells another account nothing of the key. */
export function authorizeByCiphertext(call: Call, asked: Asked & { readonly key: KeyRecord }): void {
  authorize(call, asked, asked.key.accountId === call.caller.accountId ? refuse : denyUnknownCiphertext);
}
