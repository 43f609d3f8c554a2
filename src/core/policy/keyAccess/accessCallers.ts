import { partitionOf } from '../../kms/arn.ts';
import type { Caller } from '../evaluate/request.ts';
import { callerOfArn } from '../explain/callerNamed.ts';
import { namedCallers } from '../explain/namedCallers.ts';
import { roleArnOf } from '../matching/caller.ts';
import type { PolicyTree } from '../parse/policyTree.ts';

export interface AccessPlace {
  readonly account: string;
  readonly region: string;
}

/**
 * Everybody whose access to a key is worth telling, each once: the root user of the account, whom the policies name,
 * whom the grants name, and the person who asks, unless their role is named already.
 */
export function accessCallers(
  { account, region }: AccessPlace,
  policies: readonly PolicyTree[],
  grantees: readonly string[],
  asking: Caller | undefined,
): readonly Caller[] {
  const root: Caller = { kind: 'root', account, arn: `arn:${partitionOf(region)}:iam::${account}:root` };
  const callers = new Map<string, Caller>([[root.arn, root]]);
  const add = (caller: Caller | undefined): void => {
    if (caller !== undefined && !callers.has(caller.arn)) callers.set(caller.arn, caller);
  };
  namedCallers(policies).forEach(add);
  grantees.map(callerOfArn).forEach(add);
  if (asking !== undefined && !callers.has(roleArnOf(asking) ?? asking.arn)) add(asking);
  return [...callers.values()];
}
