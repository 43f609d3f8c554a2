import { partitionOf } from './arn.ts';
import type { KeyTarget } from './keyTarget.ts';

/** The console of each partition that has a public one. */
const consoles: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** The address of a key in the AWS console, or undefined in a partition whose console is not public. */
export function consoleAddress({ region, keyId }: Pick<KeyTarget, 'region' | 'keyId'>): string | undefined {
  const host = consoles[partitionOf(region)];
  return host && `https://${region}.${host}/kms/home?region=${region}#/kms/keys/${keyId}`;
}
