import type { RequestParameters } from '../../core/policy/conditions/requestFacts.ts';
import type { GrantTerms } from '../../core/policy/grants/grantUse.ts';
import type { Input } from '../pipeline/memberRules.ts';
import { structureOf, textMapOf, textOf, textsOf } from './members.ts';

/** What CreateGrant is asked for. */
export function grantParameters(input: Input): NonNullable<RequestParameters['grant']> {
  return {
    ...grantTerms(input),
    granteePrincipal: textOf(input, 'GranteePrincipal'),
    granteeServicePrincipal: textOf(input, 'GranteeServicePrincipal'),
    retiringPrincipal: textOf(input, 'RetiringPrincipal'),
    retiringServicePrincipal: textOf(input, 'RetiringServicePrincipal'),
  };
}

/** What the grant of a CreateGrant request would allow. */
export function grantTerms(input: Input): GrantTerms {
  const constraints = structureOf(input, 'Constraints') ?? {};
  const equals = textMapOf(constraints, 'EncryptionContextEquals');
  const subset = textMapOf(constraints, 'EncryptionContextSubset');
  const sourceArn = textOf(constraints, 'SourceArn');
  return {
    operations: textsOf(input, 'Operations') ?? [],
    constraints: {
      ...(equals === undefined ? {} : { encryptionContextEquals: equals }),
      ...(subset === undefined ? {} : { encryptionContextSubset: subset }),
      ...(sourceArn === undefined ? {} : { sourceArn }),
    },
  };
}
