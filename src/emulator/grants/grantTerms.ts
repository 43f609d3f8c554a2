import type { CreateGrantRequest } from '@aws-sdk/client-kms';
import { KmsException } from '../kmsException.ts';
import type { StoredKey } from '../store/keyRecord.ts';
import type { GrantRow } from '../store/tables/grantTable.ts';
import { grantConstraintsOf } from './grantConstraints.ts';
import { grantOperationsOf } from '../../core/kms/grantOperations.ts';
import { checkPrincipalArn, checkServicePrincipal } from './grantPrincipals.ts';

/** What a grant says, whatever its id and its key. */
export type GrantTerms = Omit<GrantRow, 'keyArn' | 'grantId' | 'issuingAccount' | 'createdAt'>;

/** The members of a CreateGrant request that make its terms. */
export type TermsRequest = Omit<CreateGrantRequest, 'KeyId' | 'Operations' | 'GrantTokens' | 'DryRun'> & {
  readonly Operations: readonly string[];
};

interface Principal {
  readonly name: string;
  readonly isService: boolean;
}

function invalid(message: string): KmsException {
  return new KmsException('ValidationException', message);
}

/** The distinct operations, in the order of the request. */
function operationsOf({ spec, usage }: Pick<StoredKey, 'spec' | 'usage'>, requested: readonly string[]): readonly string[] {
  const operations = [...new Set(requested)];
  const possible = grantOperationsOf(spec, usage);
  const foreign = operations.filter((operation) => !possible.includes(operation));
  if (foreign.length > 0) {
    throw invalid(`A grant for a key with key spec ${spec} and key usage ${usage} cannot permit ${foreign.join(', ')}.`);
  }
  if (operations.length === 1 && operations[0] === 'CreateGrant') {
    throw invalid('Grants must not contain only the CreateGrant operation.');
  }
  return operations;
}

/** The one principal that a pair of members names, or undefined when both are absent. */
function principalOf(role: 'Grantee' | 'Retiring', arn: string | undefined, service: string | undefined): Principal | undefined {
  if (arn !== undefined && service !== undefined) {
    throw invalid(`You can specify either ${role}Principal or ${role}ServicePrincipal, but not both.`);
  }
  if (arn !== undefined) checkPrincipalArn(arn);
  if (service !== undefined) checkServicePrincipal(service);
  const name = arn ?? service;
  return name === undefined ? undefined : { name, isService: service !== undefined };
}

/**
 * The terms of a new grant on `key`, checked as CreateGrant checks them
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html).
 * Throws ValidationException and InvalidArnException.
 */
export function grantTermsOf(request: TermsRequest, key: Pick<StoredKey, 'spec' | 'usage'>): GrantTerms {
  const operations = operationsOf(key, request.Operations);
  const grantee = principalOf('Grantee', request.GranteePrincipal, request.GranteeServicePrincipal);
  const retiring = principalOf('Retiring', request.RetiringPrincipal, request.RetiringServicePrincipal);
  if (!grantee) throw invalid('You must specify either GranteePrincipal or GranteeServicePrincipal.');
  const constraints = grantConstraintsOf(key.spec, request.Constraints);
  if (grantee.isService && constraints?.SourceArn === undefined) {
    throw invalid('A grant with a GranteeServicePrincipal needs a SourceArn grant constraint.');
  }
  if (grantee.isService && !retiring) {
    throw invalid('A grant with a GranteeServicePrincipal needs a RetiringPrincipal or a RetiringServicePrincipal.');
  }
  return {
    name: request.Name ?? '',
    grantee: grantee.name,
    granteeIsService: grantee.isService,
    retiring: retiring?.name,
    retiringIsService: retiring?.isService === true,
    operations,
    constraints,
  };
}

function sorted(context: Readonly<Record<string, string>> | undefined): readonly (readonly [string, string])[] | null {
  return context === undefined ? null : Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
}

function canonical({ name, grantee, granteeIsService, retiring, retiringIsService, operations, constraints }: GrantTerms): string {
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset, SourceArn: sourceArn } = constraints ?? {};
  const principals = [grantee, granteeIsService, retiring ?? null, retiringIsService];
  return JSON.stringify([name, principals, operations.toSorted(), sorted(equals), sorted(subset), sourceArn ?? null]);
}

/** Whether two grants say the same; the order of operations and of encryption context pairs says nothing. */
export function haveSameTerms(one: GrantTerms, other: GrantTerms): boolean {
  return canonical(one) === canonical(other);
}
