import type { KeyMetadata, Tag } from '../../kms/keyMetadata.ts';
import type { GrantEntry } from '../../kms/service/grants.ts';
import { compilePolicy } from '../compile/compilePolicy.ts';
import type { KeyFacts } from '../evaluate/request.ts';
import { indexGrants } from '../grants/grantUse.ts';
import type { LintFacts } from '../lint/diagnostic.ts';

/** What was read of a key besides its metadata. What could not be read is empty. */
export interface KeyReadings {
  readonly aliases: readonly { readonly aliasName: string }[];
  readonly tags: readonly Tag[];
  readonly grants: readonly GrantEntry[];
}

export const nothingRead: KeyReadings = { aliases: [], tags: [], grants: [] };

/** A key as the policy engine sees it, with a policy that it has or is going to have. */
export function keyFacts(metadata: KeyMetadata, policyText: string, { aliases, tags, grants }: KeyReadings): KeyFacts {
  const { arn, accountId, keySpec, keyUsage, origin, keyManager, multiRegionConfiguration } = metadata;
  return {
    arn,
    account: accountId,
    policy: compilePolicy(policyText),
    spec: keySpec,
    usage: keyUsage,
    origin,
    manager: keyManager,
    aliases: aliases.map(({ aliasName }) => aliasName),
    tags: Object.fromEntries(tags.map(({ tagKey, tagValue }) => [tagKey, tagValue])),
    ...(multiRegionConfiguration === undefined ? {} : { multiRegionKeyType: multiRegionConfiguration.multiRegionKeyType }),
    grants: indexGrants(
      grants.map(({ grantId, granteePrincipal, retiringPrincipal, issuingAccount, operations, constraints }) => ({
        id: grantId,
        grantee: granteePrincipal,
        operations,
        constraints,
        issuingAccount,
        ...(retiringPrincipal === undefined ? {} : { retiringPrincipal }),
      })),
    ),
  };
}

/** A key as the lint and the completion of its policy see it. */
export function lintKey({ arn, accountId, region, keySpec, keyUsage, origin, multiRegion }: KeyMetadata): NonNullable<LintFacts['key']> {
  return { arn, account: accountId, region, spec: keySpec, usage: keyUsage, origin, multiRegion };
}
