import { KmsException } from '../kmsException.ts';
import type { Members } from '../pipeline/memberRules.ts';
import { validate } from '../pipeline/validate.ts';
import type { StsCall } from './answerSts.ts';
import { credentialsResult } from './credentialsResult.ts';
import { numberOf, type Result } from './queryProtocol.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
const members: Members = { DurationSeconds: { type: 'integer', min: 900, max: 129_600 } };
const defaultDuration = 43_200;
const longestOfRoot = 3600;

/**
 * Temporary credentials of the user or the account's root that asks. A code of a device for multi-factor
 * authentication is not looked at: there are no devices here. Throws AccessDeniedException for a role's session.
 */
export function getSessionToken({ caller, form, now, notes, sessionTokens }: StsCall): Result {
  const input = validate(members, { DurationSeconds: numberOf(form.get('DurationSeconds')) });
  if (caller.kind === 'roleSession' || caller.accessKeyId.startsWith('ASIA')) {
    throw new KmsException('AccessDeniedException', 'Cannot call GetSessionToken with session credentials');
  }
  const wanted = typeof input['DurationSeconds'] === 'number' ? input['DurationSeconds'] : defaultDuration;
  const expiresAt = now + (caller.kind === 'root' ? Math.min(wanted, longestOfRoot) : wanted) * 1000;
  const { accountId, principalArn } = caller;
  const session = { accountId, principalArn, sessionName: undefined, tags: {}, transitiveTagKeys: [], policy: undefined, expiresAt };
  Object.assign(notes, { decision: 'allow', reason: 'Every user may have a session of their own.' });
  return { Credentials: credentialsResult(sessionTokens.issue(session), expiresAt) };
}
