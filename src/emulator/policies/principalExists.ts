import { principalFormat, type PrincipalFormat } from '../../core/policy/matching/principalFormat.ts';
import type { PrincipalExists } from '../../core/policy/save/keyPolicyFault.ts';
import type { Store } from '../store/store.ts';

/** The name of a role in the ARN of one of its sessions. */
const sessionRole = /:assumed-role\/([^/]+)\//;

/**
 * Whether a user or role that a key policy names is there. An account whose users and roles a seed has declared has
 * those and no others; of every other account nothing is known, and whoever is named there is taken for real.
 */
export function principalExistsIn(store: Store): PrincipalExists {
  return (type, text) => {
    const format = principalFormat(type, text);
    const account = accountOf(format);
    const known = account === undefined ? [] : store.principals.list(account);
    if (known.length === 0) return true;
    const role = sessionRole.exec(text)?.[1];
    return known.some(({ arn }) => (role === undefined ? arn === text : arn.includes(':role/') && arn.endsWith(`/${role}`)));
  };
}

/** The account of a user, a role or a session of one; the others are not declared by seeds. */
function accountOf(format: PrincipalFormat): string | undefined {
  return 'kind' in format && ['user', 'role', 'session'].includes(format.kind) ? format.account : undefined;
}
