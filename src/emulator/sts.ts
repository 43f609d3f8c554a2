import { randomUUID } from 'node:crypto';
import { KmsException } from './kmsException.ts';
import type { Answer } from './http/answer.ts';
import type { Caller } from './pipeline/call.ts';

/** The part of AWS STS that profiles and tools ask for first, in its Query protocol: form in, XML out. */

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';
const contentType = 'text/xml';

function escapeXml(text: string): string {
  return text.replace(/[<>&'"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The action that a Query request names, or an empty text. */
export function stsAction(body: Buffer): string {
  return new URLSearchParams(body.toString('utf8')).get('Action') ?? '';
}

/** Answers an authenticated request to STS. Throws UnknownOperationException. */
export function answerSts(action: string, caller: Caller): Answer {
  if (action !== 'GetCallerIdentity') {
    throw new KmsException('UnknownOperationException', `Could not find operation ${action.slice(0, 64)} for version 2011-06-15`);
  }
  const members = { Arn: caller.arn, UserId: caller.userId, Account: caller.accountId };
  const result = Object.entries(members).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`).join('');
  const body =
    `<GetCallerIdentityResponse xmlns="${namespace}"><GetCallerIdentityResult>${result}</GetCallerIdentityResult>` +
    `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`;
  return { status: 200, contentType, body };
}

/** STS names some of the request layer's errors without the ending that KMS gives them. */
const queryCodes: Readonly<Record<string, string>> = {
  UnrecognizedClientException: 'InvalidClientTokenId',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  IncompleteSignatureException: 'IncompleteSignature',
  UnknownOperationException: 'InvalidAction',
};

export function stsErrorAnswer(error: KmsException): Answer {
  const code = queryCodes[error.code] ?? error.code;
  const body =
    `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>${escapeXml(code)}</Code>` +
    `<Message>${escapeXml(error.message)}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
  return { status: error.status === 400 ? 403 : error.status, contentType, body };
}
