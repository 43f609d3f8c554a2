import { type GrantTerms, grantTermsOf } from '../grants/grantTerms.ts';
import { KmsException } from '../kmsException.ts';
import type { Members } from '../pipeline/memberRules.ts';
import { validate } from '../pipeline/validate.ts';
import { membersOf } from '../shapes/membersOf.ts';
import type { SeedKey } from './seedDocument.ts';
import type { SeedValue } from './seedReader.ts';

/** Members of a CreateGrant request that say nothing of the grant itself. */
const requestMembers = ['KeyId', 'GrantTokens', 'DryRun'];

const rules: Members = Object.fromEntries(Object.entries(membersOf('CreateGrant')).filter(([name]) => !requestMembers.includes(name)));

function textOf(value: SeedValue): string | undefined {
  return value.isPresent() ? value.text() : undefined;
}

function contextOf(value: SeedValue): Record<string, string> | undefined {
  if (!value.isPresent()) return undefined;
  return Object.fromEntries([...value.members()].map(([name, member]) => [name, member.text()]));
}

function readTerms(item: SeedValue, key: Pick<SeedKey, 'spec' | 'usage'>): GrantTerms {
  const constraints = item.member('Constraints');
  constraints.members(['EncryptionContextEquals', 'EncryptionContextSubset', 'SourceArn']);
  const request = {
    Name: textOf(item.member('Name')),
    Operations: item.member('Operations').items().map((operation) => operation.text()),
    GranteePrincipal: textOf(item.member('GranteePrincipal')),
    GranteeServicePrincipal: textOf(item.member('GranteeServicePrincipal')),
    RetiringPrincipal: textOf(item.member('RetiringPrincipal')),
    RetiringServicePrincipal: textOf(item.member('RetiringServicePrincipal')),
    Constraints: {
      EncryptionContextEquals: contextOf(constraints.member('EncryptionContextEquals')),
      EncryptionContextSubset: contextOf(constraints.member('EncryptionContextSubset')),
      SourceArn: textOf(constraints.member('SourceArn')),
    },
  };
  validate(rules, request);
  return grantTermsOf(request, key);
}

/** One item of a key's `grants`: a CreateGrant request without its key. Throws StartFailure BAD_SEED. */
export function readGrant(item: SeedValue, key: Pick<SeedKey, 'spec' | 'usage'>): GrantTerms {
  item.members(Object.keys(rules));
  try {
    return readTerms(item, key);
  } catch (error) {
    if (error instanceof KmsException) throw item.fail(`is not a grant. ${error.message}`);
    throw error;
  }
}
