import type { CallerIdentity } from '../matching/caller.ts';

/** Who it is, in words that can begin a sentence after their first letter is raised. */
export function callerWords({ kind, arn, account }: CallerIdentity): string {
  const name = arn.slice(arn.indexOf('/') + 1);
  switch (kind) {
    case 'root':
      return `the root user of account ${account}`;
    case 'user':
      return `user ${name} of account ${account}`;
    case 'role':
      return `${arn.includes(':sts:') ? 'role session' : 'role'} ${name} of account ${account}`;
    case 'federatedUser':
      return `federated user ${name} of account ${account}`;
    case 'service':
      return `the service ${arn}`;
  }
}

/** A short name for a table's head: the last part of the ARN. */
export function callerLabel({ kind, arn, account }: CallerIdentity): string {
  if (kind === 'root') return `${account} root`;
  return kind === 'service' ? arn : arn.slice(arn.indexOf('/') + 1);
}
