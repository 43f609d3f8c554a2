import type { Answer } from '../http/answer.ts';
import { KmsException } from '../kmsException.ts';
import type { StsCall } from '../sts/answerSts.ts';
import { queryAnswer } from '../sts/queryProtocol.ts';
import { getAccountAuthorizationDetails } from './getAccountAuthorizationDetails.ts';

/** The version of IAM's API, by which its requests differ from those of STS. */
const iamVersion = '2010-05-08';

export const iamNamespace = `https://iam.amazonaws.com/doc/${iamVersion}/`;

export function isForIam(form: URLSearchParams): boolean {
  return form.get('Version') === iamVersion;
}

/** The part of IAM that tells which policies users and roles have. Throws UnknownOperationException for the rest of it. */
export function answerIam(action: string, call: Omit<StsCall, 'sessionTokens'>): Answer {
  if (action !== 'GetAccountAuthorizationDetails') {
    throw new KmsException('UnknownOperationException', `Could not find operation ${action.slice(0, 64)} for version ${iamVersion}`);
  }
  return queryAnswer(action, getAccountAuthorizationDetails(call), iamNamespace);
}
