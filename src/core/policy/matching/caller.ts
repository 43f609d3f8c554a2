/** Who makes a request, as far as policies name callers. */
export interface CallerIdentity {
  /**
   * As STS GetCallerIdentity gives it: `arn:aws:iam::111122223333:user/alice`, `arn:aws:iam::111122223333:root`,
   * `arn:aws:sts::111122223333:assumed-role/deploy/session`, `arn:aws:sts::111122223333:federated-user/bob`.
   * For a service its name, such as `s3.amazonaws.com`.
   */
  readonly arn: string;
  /** Twelve digits; empty for a service. */
  readonly account: string;
  readonly kind: 'root' | 'user' | 'role' | 'federatedUser' | 'service';
  /** The role of a role session with its path, which the session's ARN does not show. */
  readonly roleArn?: string;
  /** The identity provider that a session came through, as a Federated principal names it. */
  readonly federatedProvider?: string;
}

const sessionPattern = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//;

/** The ARN of the caller's role; undefined for a caller that is no role session. */
export function roleArnOf(caller: CallerIdentity): string | undefined {
  if (caller.kind !== 'role') return undefined;
  if (caller.roleArn !== undefined) return caller.roleArn;
  const [, partition = '', account = '', name = ''] = sessionPattern.exec(caller.arn) ?? [];
  return name === '' ? caller.arn : `arn:${partition}:iam::${account}:role/${name}`;
}
