import type { PrincipalPolicies } from '../../core/kms/service/identityPolicies.ts';
import { childOf, membersOf, textOf, type XmlValue } from './xmlValue.ts';

/** Asks for one page of GetAccountAuthorizationDetails. */
export type AskPage = (parameters: Readonly<Record<string, string>>) => Promise<XmlValue>;

/**
 * The users and roles of an account with their policies put together from all pages: inline ones, the default version of attached
 * ones, and those of a user's groups (https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html).
 */
export async function listIdentityPolicies(ask: AskPage): Promise<readonly PrincipalPolicies[]> {
  const pages = await allPages(ask);
  const all = (list: string): readonly XmlValue[] => pages.flatMap((page) => membersOf(page, list));
  const managed = new Map(all('Policies').map((policy) => [textOf(policy, 'Arn') ?? '', defaultDocument(policy)]));
  const attached = (holder: XmlValue): readonly string[] =>
    membersOf(holder, 'AttachedManagedPolicies').flatMap((policy) => managed.get(textOf(policy, 'PolicyArn') ?? '') ?? []);
  const ofHolder = (holder: XmlValue, list: string): readonly string[] => [...inline(holder, list), ...attached(holder)];
  const groups = new Map(all('GroupDetailList').map((group) => [textOf(group, 'GroupName') ?? '', ofHolder(group, 'GroupPolicyList')]));
  const principal = (holder: XmlValue, policies: readonly string[]): PrincipalPolicies => {
    const boundary = textOf(childOf(holder, 'PermissionsBoundary'), 'PermissionsBoundaryArn');
    return { arn: textOf(holder, 'Arn') ?? '', policies, boundary: boundary === undefined ? null : (managed.get(boundary) ?? deniesAll) };
  };
  const ofGroups = (user: XmlValue): readonly string[] =>
    membersOf(user, 'GroupList').flatMap((group) => (typeof group === 'string' ? (groups.get(group) ?? []) : []));
  return [
    ...all('UserDetailList').map((user) => principal(user, [...ofHolder(user, 'UserPolicyList'), ...ofGroups(user)])),
    ...all('RoleDetailList').map((role) => principal(role, ofHolder(role, 'RolePolicyList'))),
  ];
}

/** A boundary that is not told allows nothing that is known. */
const deniesAll = '{"Version":"2012-10-17","Statement":[]}';

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

function inline(holder: XmlValue, list: string): readonly string[] {
  return membersOf(holder, list).flatMap((policy) => decoded(textOf(policy, 'PolicyDocument')));
}

function defaultDocument(policy: XmlValue): string | undefined {
  const version = membersOf(policy, 'PolicyVersionList').find((each) => textOf(each, 'IsDefaultVersion') === 'true');
  return decoded(textOf(version, 'Document'))[0];
}

/** IAM percent-encodes documents as RFC 3986 tells. */
function decoded(document: string | undefined): readonly string[] {
  return document === undefined ? [] : [decodeURIComponent(document)];
}
