import type { PrincipalRow } from '../store/tables/principalTable.ts';
import type { Result } from '../sts/queryProtocol.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UserDetail.html */
export function userDetail(user: PrincipalRow): Result {
  const { path, name } = nameOf(user.arn);
  const named = { Path: path, UserName: name, UserId: user.uniqueId, Arn: user.arn };
  return { ...named, UserPolicyList: inlinePolicies(user), GroupList: [], ...shared(user) };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleDetail.html */
export function roleDetail(role: PrincipalRow, trust: string): Result {
  const { path, name } = nameOf(role.arn);
  const named = { Path: path, RoleName: name, RoleId: role.uniqueId, Arn: role.arn, AssumeRolePolicyDocument: encodeURIComponent(trust) };
  return { ...named, RolePolicyList: inlinePolicies(role), InstanceProfileList: [], ...shared(role) };
}

/** The permissions boundary as the customer managed policy that it would be in IAM (https://docs.aws.amazon.com/IAM/latest/APIReference/API_ManagedPolicyDetail.html). */
export function boundaryPolicy({ arn, boundary }: PrincipalRow): Result | undefined {
  if (boundary === undefined) return undefined;
  const version = { Document: encodeURIComponent(boundary), VersionId: 'v1', IsDefaultVersion: 'true' };
  const boundaryArn = boundaryArnOf(arn);
  return { PolicyName: nameOf(boundaryArn).name, Arn: boundaryArn, Path: '/', DefaultVersionId: 'v1', IsAttachable: 'true', PolicyVersionList: [version] };
}

function inlinePolicies({ policies }: PrincipalRow): readonly Result[] {
  return policies.map((policy, index) => ({ PolicyName: `policy-${index + 1}`, PolicyDocument: encodeURIComponent(policy) }));
}

function shared({ arn, tags, boundary }: PrincipalRow): Result {
  const limit = { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundaryArnOf(arn) };
  return {
    AttachedManagedPolicies: [],
    PermissionsBoundary: boundary === undefined ? undefined : limit,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

/** `arn:aws:iam::111122223333:role/team/app` has the path `/team/` and the name `app`. */
function nameOf(arn: string): { readonly path: string; readonly name: string } {
  const resource = arn.slice(arn.indexOf('/'));
  const last = resource.lastIndexOf('/') + 1;
  return { path: resource.slice(0, last), name: resource.slice(last) };
}

/** Users and roles may have the same name, and policies are in one namespace. */
function boundaryArnOf(arn: string): string {
  const kind = arn.includes(':user/') ? 'user' : 'role';
  return `${arn.slice(0, arn.lastIndexOf(':'))}:policy/boundary-of-${kind}-${nameOf(arn).name}`;
}
