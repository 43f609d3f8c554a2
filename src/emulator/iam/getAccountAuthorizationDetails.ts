import { KmsException } from '../kmsException.ts';
import type { Members } from '../pipeline/memberRules.ts';
import { validate } from '../pipeline/validate.ts';
import type { StsCall } from '../sts/answerSts.ts';
import { listOf, numberOf, type Result } from '../sts/queryProtocol.ts';
import { authorizeIam } from './authorizeIam.ts';
import { boundaryPolicy, roleDetail, userDetail } from './principalDetails.ts';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html */
const members: Members = {
  Filter: { type: 'list', member: { type: 'text', values: ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'] } },
  MaxItems: { type: 'integer', min: 1, max: 1000 },
  Marker: { type: 'text', min: 1, max: 320 },
};
const defaultMaxItems = 100;

type Kind = 'User' | 'Role' | 'LocalManagedPolicy';

interface Item {
  readonly kind: Kind;
  readonly detail: Result;
}

/**
 * The users, roles and policies of the caller's account, a page at a time. The seed's policies are told as inline
 * policies, in percent-encoded JSON as IAM does, and permissions boundaries as customer managed policies. There are no groups.
 */
export function getAccountAuthorizationDetails(call: Omit<StsCall, 'sessionTokens'>): Result {
  const filters = listOf(call.form, 'Filter', ['']).flatMap((item) => Object.values(item));
  const marker = call.form.get('Marker') ?? undefined;
  const input = validate(members, { Filter: filters, MaxItems: numberOf(call.form.get('MaxItems')), Marker: marker });
  authorizeIam(call, 'iam:GetAccountAuthorizationDetails');
  const items = itemsOf(call).filter(({ kind }) => filters.length === 0 || filters.includes(kind));
  const start = marker === undefined ? 0 : startOf(marker);
  const end = start + (typeof input['MaxItems'] === 'number' ? input['MaxItems'] : defaultMaxItems);
  const page = items.slice(start, end);
  const details = (wanted: Kind): readonly Result[] => page.filter(({ kind }) => kind === wanted).map(({ detail }) => detail);
  const isTruncated = end < items.length;
  return {
    IsTruncated: String(isTruncated),
    UserDetailList: details('User'),
    GroupDetailList: [],
    RoleDetailList: details('Role'),
    Policies: details('LocalManagedPolicy'),
    Marker: isTruncated ? Buffer.from(`${markerStart}${end}`).toString('base64') : undefined,
  };
}

const markerStart = 'item ';

function startOf(marker: string): number {
  const [, place] = new RegExp(`^${markerStart}(\\d{1,9})$`).exec(Buffer.from(marker, 'base64').toString()) ?? [];
  if (place === undefined) throw new KmsException('ValidationException', 'Invalid Marker.');
  return Number(place);
}

function itemsOf({ store, caller }: Pick<StsCall, 'store' | 'caller'>): readonly Item[] {
  const principals = store.principals.list(caller.accountId);
  return principals.flatMap((principal): Item[] => {
    const item: Item = principal.trust === undefined ? { kind: 'User', detail: userDetail(principal) } : { kind: 'Role', detail: roleDetail(principal, principal.trust) };
    const boundary = boundaryPolicy(principal);
    return boundary === undefined ? [item] : [item, { kind: 'LocalManagedPolicy', detail: boundary }];
  });
}
