import type { GetKeyPolicyRequest, ListKeyPoliciesRequest, PutKeyPolicyRequest } from '@aws-sdk/client-kms';
import { KmsException } from '../kmsException.ts';
import { keyOperation, type Validated } from '../pipeline/operation.ts';
import { checkKeyPolicy } from '../policies/checkKeyPolicy.ts';
import { mostAliases } from './aliases.ts';
import { mostTags } from './tags.ts';

/** The only name a key policy can have. */
const policyName = 'default';

function checkName(name: string | undefined): void {
  if (name !== undefined && name !== policyName) throw new KmsException('NotFoundException', 'No such policy exists');
}

export const getKeyPolicy = keyOperation<Validated<GetKeyPolicyRequest>>({
  name: 'GetKeyPolicy',
  run(_call, input, key) {
    checkName(input.PolicyName);
    return { Policy: key.policy, PolicyName: policyName };
  },
});

export const putKeyPolicy = keyOperation<Validated<PutKeyPolicyRequest, 'Policy'>>({
  name: 'PutKeyPolicy',
  run(call, input, key) {
    checkName(input.PolicyName);
    const { aliases, tags } = call.store;
    checkKeyPolicy(call, {
      key: { ...key, policy: input.Policy },
      aliases: aliases.listOf(key.arn, '', mostAliases).map(({ name }) => name),
      tags: tags.list(key.arn, '', mostTags),
      bypass: input.BypassPolicyLockoutSafetyCheck,
    });
    call.store.keys.update(key, { policy: input.Policy });
    return undefined;
  },
});

export const listKeyPolicies = keyOperation<Validated<ListKeyPoliciesRequest>>({
  name: 'ListKeyPolicies',
  run: () => ({ PolicyNames: [policyName], Truncated: false }),
});
