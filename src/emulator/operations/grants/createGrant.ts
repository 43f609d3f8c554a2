import type { CreateGrantRequest } from '@aws-sdk/client-kms';
import { grantTermsOf, haveSameTerms } from '../../grants/grantTerms.ts';
import { newGrant } from '../../grants/newGrant.ts';
import { KmsException } from '../../kmsException.ts';
import { endDryRun } from '../../pipeline/keyUse.ts';
import { keyOperation, type Validated } from '../../pipeline/operation.ts';

/** https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
const mostGrantsOfKey = 50_000;

/** With a name, a request that says the same again is answered with the grant that is there, and a token of its own. */
export const createGrant = keyOperation<Validated<CreateGrantRequest, 'Operations'>>({
  name: 'CreateGrant',
  run({ store, caller, now, grantTokens }, input, key) {
    const terms = grantTermsOf(input, key);
    const same = terms.name === '' ? [] : store.grants.named(key.arn, terms.name);
    const found = same.find((grant) => grant.issuingAccount === caller.accountId && haveSameTerms(grant, terms));
    if (!found && store.grants.count(key.arn) >= mostGrantsOfKey) {
      throw new KmsException('LimitExceededException', `${key.arn} has ${mostGrantsOfKey} grants, the most a key may have.`);
    }
    endDryRun(input);
    const grant = found ?? newGrant(terms, { keyArn: key.arn, issuingAccount: caller.accountId, createdAt: now });
    if (!found) store.grants.insert(grant);
    return { GrantToken: grantTokens.make(grant), GrantId: grant.grantId };
  },
});
