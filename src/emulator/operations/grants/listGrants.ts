import type { GrantListEntry, ListGrantsRequest, ListRetirableGrantsRequest } from '@aws-sdk/client-kms';
import { parseKmsArn } from '../../../core/kms/arn.ts';
import { accountOfPrincipal, checkPrincipalArn, checkServicePrincipal } from '../../grants/grantPrincipals.ts';
import { KmsException } from '../../kmsException.ts';
import { denyForeignPrincipal } from '../../pipeline/authorize.ts';
import type { Call } from '../../pipeline/call.ts';
import { takePage } from '../../pipeline/marker.ts';
import { freeOperation, keyOperation, type Validated } from '../../pipeline/operation.ts';
import type { GrantRow, NamedPrincipal } from '../../store/tables/grantTable.ts';
import { checkGrantId } from './grantId.ts';

const defaultPage = 50;
const longestPage = 100;

/** An operation comes from the enum that validation held the request to. */
type Entry = Omit<GrantListEntry, 'Operations'> & { readonly Operations: readonly string[] };

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantListEntry.html; the account is the ARN of its root. */
function toEntry(grant: GrantRow): Entry {
  const { keyArn, grantId, name, issuingAccount, grantee, retiring, operations, constraints, createdAt } = grant;
  return {
    KeyId: keyArn,
    GrantId: grantId,
    Name: name,
    CreationDate: new Date(createdAt),
    [grant.granteeIsService ? 'GranteeServicePrincipal' : 'GranteePrincipal']: grantee,
    ...(retiring === undefined ? {} : { [grant.retiringIsService ? 'RetiringServicePrincipal' : 'RetiringPrincipal']: retiring }),
    IssuingAccount: `arn:${parseKmsArn(keyArn)?.partition ?? 'aws'}:iam::${issuingAccount}:root`,
    Operations: operations,
    ...(constraints === undefined ? {} : { Constraints: constraints }),
  };
}

/** The principal that a pair of members names. Throws ValidationException when both are there. */
function oneOf(names: readonly [string, string], arn: string | undefined, service: string | undefined): NamedPrincipal | undefined {
  if (arn !== undefined && service !== undefined) {
    throw new KmsException('ValidationException', `You can specify either ${names.join(' or ')}, but not both.`);
  }
  if (arn !== undefined) return { name: arn, isService: false };
  return service === undefined ? undefined : { name: service, isService: true };
}

export const listGrants = keyOperation<Validated<ListGrantsRequest>>({
  name: 'ListGrants',
  run({ store, markers }, input, key) {
    const { GrantId: grantId, GranteePrincipal: arn, GranteeServicePrincipal: service } = input;
    if (grantId !== undefined) checkGrantId(grantId);
    const grantee = oneOf(['GranteePrincipal', 'GranteeServicePrincipal'], arn, service);
    const { rows, ...rest } = takePage({
      markers,
      list: ['ListGrants', key.arn, grantId ?? '', arn ?? '', service ?? ''],
      marker: input.Marker,
      limit: Math.min(input.Limit ?? defaultPage, longestPage),
      fetch: (after, limit) => store.grants.list(key.arn, { grantId, grantee }, after, limit),
      nameOf: (grant) => grant.grantId,
    });
    return { Grants: rows.map(toEntry), ...rest };
  },
});

function retiringOf(call: Call, input: Validated<ListRetirableGrantsRequest>): NamedPrincipal {
  const { RetiringPrincipal: arn, RetiringServicePrincipal: service } = input;
  const retiring = oneOf(['RetiringPrincipal', 'RetiringServicePrincipal'], arn, service);
  if (!retiring) throw new KmsException('ValidationException', 'You must specify either RetiringPrincipal or RetiringServicePrincipal.');
  if (retiring.isService) {
    checkServicePrincipal(retiring.name);
    return retiring;
  }
  checkPrincipalArn(retiring.name);
  if (accountOfPrincipal(retiring.name) !== call.caller.accountId) throw denyForeignPrincipal(call, retiring.name);
  return retiring;
}

/** Grants of the Region on keys of every account: the principal alone decides. */
export const listRetirableGrants = freeOperation<Validated<ListRetirableGrantsRequest>>({
  name: 'ListRetirableGrants',
  run(call, input) {
    const { store, markers, region } = call;
    const retiring = retiringOf(call, input);
    const { rows, ...rest } = takePage({
      markers,
      list: ['ListRetirableGrants', region, retiring.name, retiring.isService.toString()],
      marker: input.Marker,
      limit: Math.min(input.Limit ?? defaultPage, longestPage),
      fetch: (after, limit) => store.grants.retirableBy(retiring, region, after, limit),
      nameOf: ({ keyArn, grantId }) => `${keyArn} ${grantId}`,
    });
    return { Grants: rows.map(toEntry), ...rest };
  },
});
