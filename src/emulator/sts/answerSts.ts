import type { Access } from '../authorization/access.ts';
import type { SessionTokens } from '../auth/sessionTokens.ts';
import type { Answer } from '../http/answer.ts';
import { KmsException } from '../kmsException.ts';
import type { Caller, CallNotes } from '../pipeline/call.ts';
import type { Store } from '../store/store.ts';
import { assumeRole } from './assumeRole.ts';
import { getCallerIdentity } from './getCallerIdentity.ts';
import { getSessionToken } from './getSessionToken.ts';
import { queryAnswer, type Result, stsNamespace } from './queryProtocol.ts';

/** One authenticated request to STS. */
export interface StsCall {
  readonly store: Store;
  readonly access: Access;
  readonly sessionTokens: SessionTokens;
  readonly caller: Caller;
  readonly region: string;
  readonly userAgent: string | undefined;
  /** Epoch milliseconds, by the movable clock. */
  readonly now: number;
  readonly form: URLSearchParams;
  readonly notes: CallNotes;
}

const actions: ReadonlyMap<string, (call: StsCall) => Result> = new Map([
  ['AssumeRole', assumeRole],
  ['GetCallerIdentity', getCallerIdentity],
  ['GetSessionToken', getSessionToken],
]);

/** The part of AWS STS that profiles and tools ask for. Throws UnknownOperationException for the rest of it. */
export function answerSts(action: string, call: StsCall): Answer {
  const answer = actions.get(action);
  if (!answer) {
    throw new KmsException('UnknownOperationException', `Could not find operation ${action.slice(0, 64)} for version 2011-06-15`);
  }
  return queryAnswer(action, answer(call), stsNamespace);
}
