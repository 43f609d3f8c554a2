import type { StsCall } from './answerSts.ts';
import type { Result } from './queryProtocol.ts';

export function getCallerIdentity({ caller, notes }: StsCall): Result {
  Object.assign(notes, { decision: 'allow', reason: 'Every caller may ask who they are.' });
  return { Arn: caller.arn, UserId: caller.userId, Account: caller.accountId };
}
