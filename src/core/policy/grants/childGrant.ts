import { equalPairs, includesPairs, type GrantConstraints, type GrantTerms } from './grantUse.ts';

/**
 * What keeps a grant from being made by someone who may create grants through another grant only, in a sentence; or
 * undefined. The child has no operation that the parent lacks, and constraints at least as strict
 * (https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html#grant-creategrant).
 */
export function childGrantFault(parent: GrantTerms, child: GrantTerms): string | undefined {
  const extra = child.operations.filter((operation) => !parent.operations.includes(operation));
  if (extra.length > 0) return `The parent grant does not have ${extra.join(', ')}.`;
  return constraintFault(parent.constraints ?? {}, child.constraints ?? {});
}

/** Subset may gain pairs or become Equals; Equals stays as it is; the source stays the same. */
function constraintFault(parent: GrantConstraints, child: GrantConstraints): string | undefined {
  const { encryptionContextEquals: parentEquals, encryptionContextSubset: parentSubset } = parent;
  const { encryptionContextEquals: childEquals, encryptionContextSubset: childSubset } = child;
  if (parent.sourceArn !== undefined && parent.sourceArn !== child.sourceArn) {
    return 'The SourceArn constraint of the parent grant has to stay.';
  }
  if (parentEquals !== undefined && (childEquals === undefined || !equalPairs(childEquals, parentEquals))) {
    return 'The EncryptionContextEquals constraint of the parent grant has to stay.';
  }
  const childPairs = childEquals ?? childSubset ?? {};
  if (parentSubset !== undefined && !includesPairs(childPairs, parentSubset)) {
    return 'The constraint has to hold every pair of the EncryptionContextSubset constraint of the parent grant.';
  }
  return undefined;
}
