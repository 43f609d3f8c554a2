import { randomUUID } from 'node:crypto';
import type { Answer } from '../http/answer.ts';
import type { KmsException } from '../kmsException.ts';

/** The AWS Query protocol of STS and IAM: a form in, XML out. */

export const stsNamespace = 'https://sts.amazonaws.com/doc/2011-06-15/';
const contentType = 'text/xml';

/** What an answer holds: texts, members with names, and lists of them. Absent members are left out. */
export interface Result {
  readonly [name: string]: string | Result | readonly Result[] | undefined;
}

function escapeXml(text: string): string {
  return text.replace(/[<>&'"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function toXml(result: Result): string {
  return Object.entries(result)
    .map(([name, value]) => (value === undefined ? '' : `<${name}>${contentOf(value)}</${name}>`))
    .join('');
}

function contentOf(value: string | Result | readonly Result[]): string {
  if (typeof value === 'string') return escapeXml(value);
  return isList(value) ? value.map((member) => toXml({ member })).join('') : toXml(value);
}

function isList(value: Result | readonly Result[]): value is readonly Result[] {
  return Array.isArray(value);
}

export function readForm(body: Buffer): URLSearchParams {
  return new URLSearchParams(body.toString('utf8'));
}

/** The members of a list by their numbers, as in `Tags.member.1.Key`; `name` is the list's. */
export function listOf(form: URLSearchParams, name: string, members: readonly string[]): Record<string, string>[] {
  const items: Record<string, string>[] = [];
  for (let index = 1; ; index += 1) {
    const given = members.flatMap((member) => {
      const value = form.get(`${name}.member.${index}${member === '' ? '' : `.${member}`}`);
      return value === null ? [] : [[member, value] as const];
    });
    if (given.length === 0) return items;
    items.push(Object.fromEntries(given));
  }
}

/** A number as text, or the text as it is when it is none, for validation to refuse. */
export function numberOf(text: string | null): number | string | undefined {
  if (text === null) return undefined;
  return /^\d{1,9}$/.test(text) ? Number(text) : text;
}

/** `namespace` is the one that the service gives its answers. */
export function queryAnswer(action: string, result: Result, namespace: string): Answer {
  const metadata = { RequestId: randomUUID() };
  const content = toXml({ [`${action}Result`]: result, ResponseMetadata: metadata });
  return { status: 200, contentType, body: `<${action}Response xmlns="${namespace}">${content}</${action}Response>` };
}

/** How STS and IAM name errors that KMS gives another name. */
const queryCodes: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  ExpiredTokenException: 'ExpiredToken',
  UnrecognizedClientException: 'InvalidClientTokenId',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  MalformedPolicyDocumentException: 'MalformedPolicyDocument',
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  IncompleteSignatureException: 'IncompleteSignature',
  PackedPolicyTooLargeException: 'PackedPolicyTooLarge',
  UnknownOperationException: 'InvalidAction',
  ValidationException: 'ValidationError',
};

/** Requests that are wrong in themselves have the status 400; those that are refused have 403. */
const badRequests: readonly string[] = ['MalformedPolicyDocument', 'PackedPolicyTooLarge', 'InvalidAction', 'ValidationError', 'SerializationException'];

export function queryErrorAnswer(error: KmsException, namespace: string): Answer {
  const code = queryCodes[error.code] ?? error.code;
  const content = toXml({ Error: { Type: 'Sender', Code: code, Message: error.message }, RequestId: randomUUID() });
  const status = error.status === 400 && !badRequests.includes(code) ? 403 : error.status;
  return { status, contentType, body: `<ErrorResponse xmlns="${namespace}">${content}</ErrorResponse>` };
}
