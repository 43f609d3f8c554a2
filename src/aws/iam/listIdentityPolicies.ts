import type { PrincipalPolicies } from '../../core/kms/service/identityPolicies.ts';
import { childOf, membersOf, textOf, type XmlValue } from '../http/xmlValue.ts';

/** Asks for one page of GetAccountAuthorizationDetails. */
export type AskPage = (parameters: Readonly<Record<string, string>>) => Promise<XmlValue>;

/** A policy that somebody has; `text` is undefined where IAM does not tell it, or not in a form that can be read. */
interface HeldPolicy {
  readonly name: string;
  readonly text: string | undefined;
}

/**
 * The users and roles of an account with their policies put together from all pages: inline ones, the default version of attached
 * ones, and those of a user's groups (https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html).
 */
export async function listIdentityPolicies(ask: AskPage): Promise<readonly PrincipalPolicies[]> {
  const pages = await allPages(ask);
  const all = (list: string): readonly XmlValue[] => pages.flatMap((page) => membersOf(page, list));
  const managed = new Map(all('Policies').map((policy) => [textOf(policy, 'Arn') ?? '', defaultDocument(policy)]));
  const attached = (arn: string): HeldPolicy => ({ name: arn, text: managed.get(arn) });
  const ofHolder = (holder: XmlValue, list: string): readonly HeldPolicy[] => [
    ...membersOf(holder, list).map((policy) => ({ name: textOf(policy, 'PolicyName') ?? '', text: decoded(textOf(policy, 'PolicyDocument')) })),
    ...membersOf(holder, 'AttachedManagedPolicies').map((policy) => attached(textOf(policy, 'PolicyArn') ?? '')),
  ];
  const groups = new Map(all('GroupDetailList').map((group) => [textOf(group, 'GroupName') ?? '', ofHolder(group, 'GroupPolicyList')]));
  const ofGroup = (group: XmlValue): readonly HeldPolicy[] => {
    const name = typeof group === 'string' ? group : '';
    return groups.get(name) ?? [{ name: `group ${name}`, text: undefined }];
  };
  const principal = (holder: XmlValue, policies: readonly HeldPolicy[]): PrincipalPolicies => {
    const boundary = textOf(childOf(holder, 'PermissionsBoundary'), 'PermissionsBoundaryArn');
    return together(textOf(holder, 'Arn') ?? '', policies, boundary === undefined ? undefined : attached(boundary));
  };
  return [
    ...all('UserDetailList').map((user) => principal(user, [...ofHolder(user, 'UserPolicyList'), ...membersOf(user, 'GroupList').flatMap(ofGroup)])),
    ...all('RoleDetailList').map((role) => principal(role, ofHolder(role, 'RolePolicyList'))),
  ];
}

function together(arn: string, policies: readonly HeldPolicy[], boundary: HeldPolicy | undefined): PrincipalPolicies {
  const held = boundary === undefined ? policies : [...policies, boundary];
  return {
    arn,
    policies: policies.flatMap(({ text }) => text ?? []),
    boundary: boundary?.text ?? null,
    unread: held.flatMap(({ name, text }) => (text === undefined ? [name] : [])),
  };
}

async function allPages(ask: AskPage): Promise<readonly XmlValue[]> {
  const pages: XmlValue[] = [];
  let marker: string | undefined;
  do {
    const page = await ask({ MaxItems: '1000', ...(marker === undefined ? {} : { Marker: marker }) });
    pages.push(page);
    marker = textOf(page, 'IsTruncated') === 'true' ? textOf(page, 'Marker') : undefined;
  } while (marker !== undefined);
  return pages;
}

function defaultDocument(policy: XmlValue): string | undefined {
  const version = membersOf(policy, 'PolicyVersionList').find((each) => textOf(each, 'IsDefaultVersion') === 'true');
  return decoded(textOf(version, 'Document'));
}

/** IAM percent-encodes documents as RFC 3986 tells; undefined for one that is encoded otherwise. */
function decoded(document: string | undefined): string | undefined {
  try {
    return document === undefined ? undefined : decodeURIComponent(document);
  } catch {
    return undefined;
  }
}
