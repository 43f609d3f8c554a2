import type { Caller } from '../evaluate/request.ts';
import { principalFormat } from '../matching/principalFormat.ts';

/** The caller whom a principal of a policy names. An account stands for its root user. Undefined for one that names nobody in particular. */
export function callerNamed(type: string, text: string, partition: string): Caller | undefined {
  const format = principalFormat(type, text);
  if ('fault' in format) return undefined;
  const { kind, account = '' } = format;
  switch (kind) {
    case 'account':
      return { kind: 'root', account, arn: `arn:${partition}:iam::${account}:root` };
    case 'user':
    case 'federatedUser':
      return { kind, account, arn: text };
    case 'role':
      return { kind: 'role', account, arn: text, roleArn: text };
    case 'session':
      return { kind: 'role', account, arn: text };
    case 'service':
      return { kind: 'service', account: '', arn: text };
    case 'everyone':
    case 'provider':
    case 'uniqueId':
      return undefined;
  }
}

/** The caller of an ARN as STS GetCallerIdentity and grants give it, or of the name of a service. */
export function callerOfArn(arn: string): Caller | undefined {
  const partition = /^arn:([^:]+):/.exec(arn)?.[1] ?? 'aws';
  return callerNamed('AWS', arn, partition) ?? callerNamed('Service', arn, partition);
}
