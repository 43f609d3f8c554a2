import type { PrincipalMember, TextNode } from '../parse/policyTree.ts';

/** What the text of a principal names. A `uniqueId` is what is left of a user or role that was deleted. */
export type PrincipalKind =
  | 'everyone'
  | 'account'
  | 'user'
  | 'role'
  | 'session'
  | 'federatedUser'
  | 'service'
  | 'provider'
  | 'uniqueId';

/** Why KMS takes a text for no principal. */
export type PrincipalFault = 'unknownType' | 'accountDigits' | 'group' | 'wildcard' | 'malformed';

export type PrincipalFormat =
  | { readonly kind: PrincipalKind; readonly account: string | undefined }
  | { readonly fault: PrincipalFault };

/** A principal of an element with the type under which it stands; the form `"Principal": "*"` is of type AWS. */
export interface PrincipalEntry {
  readonly type: TextNode | undefined;
  readonly value: TextNode;
}

export function principalEntries({ text, groups }: PrincipalMember): readonly PrincipalEntry[] {
  const listed = groups.flatMap(({ name, items }) => items.map((value) => ({ type: name, value })));
  return text === undefined ? listed : [{ type: undefined, value: text }];
}

const arnPattern = /^arn:(aws[a-z-]*):(iam|sts)::(\d{12}):([a-z-]+)(?:\/([^*?]+))?$/;
const kindsByResource: Readonly<Record<string, PrincipalKind>> = {
  'iam:root': 'account',
  'iam:user': 'user',
  'iam:role': 'role',
  'sts:assumed-role': 'session',
  'sts:federated-user': 'federatedUser',
};
const uniqueIdPattern = /^A(?:IDA|ROA)[A-Z0-9]{10,}$/;
const servicePattern = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/;

/** Reads a principal (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html). */
export function principalFormat(type: string, text: string): PrincipalFormat {
  switch (type) {
    case 'AWS':
      return awsFormat(text);
    case 'Service':
      return servicePattern.test(text) ? { kind: 'service', account: undefined } : { fault: 'malformed' };
    case 'Federated':
      return text === '' || /[*?\s]/.test(text) ? { fault: 'malformed' } : { kind: 'provider', account: undefined };
    default:
      return { fault: 'unknownType' };
  }
}

function awsFormat(text: string): PrincipalFormat {
  if (text === '*') return { kind: 'everyone', account: undefined };
  if (/^\d+$/.test(text)) return text.length === 12 ? { kind: 'account', account: text } : { fault: 'accountDigits' };
  if (uniqueIdPattern.test(text)) return { kind: 'uniqueId', account: undefined };
  if (/[*?]/.test(text)) return { fault: 'wildcard' };
  const [, , service = '', account, resource = '', name] = arnPattern.exec(text) ?? [];
  if (service === 'iam' && resource === 'group') return { fault: 'group' };
  const kind = kindsByResource[`${service}:${resource}`];
  if (kind === undefined || (kind === 'account') !== (name === undefined)) {
    return { fault: text.startsWith('arn:') && !/:\d{12}:/.test(text) ? 'accountDigits' : 'malformed' };
  }
  if (kind === 'session' && name?.split('/').length !== 2) return { fault: 'malformed' };
  return { kind, account };
}
