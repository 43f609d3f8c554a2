/** A KMS resource name in its parts, as in `arn:aws:kms:eu-west-1:111122223333:key/1234abcd-...`. */
export interface KmsArn {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly kind: 'key' | 'alias';
  /** The key id, or the alias name with its `alias/` prefix. */
  readonly resource: string;
}

const arnPattern = /^arn:([a-z0-9-]+):kms:([a-z0-9-]+):(\d{12}):(key|alias)\/([a-zA-Z0-9:/_-]+)$/;
const keyIdPattern = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/;
const regionPattern = /^[a-z]{2,}(?:-[a-z]+)+-\d+$/;

export type Partition = 'aws' | 'aws-cn' | 'aws-eusc' | 'aws-iso' | 'aws-iso-b' | 'aws-iso-e' | 'aws-iso-f' | 'aws-us-gov';

/** Partitions whose Region names start with their own prefix; every other Region is in `aws`. */
const partitionsByPrefix: readonly (readonly [prefix: string, partition: Partition])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-isob-', 'aws-iso-b'],
  ['us-iso-', 'aws-iso'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
  ['eusc-', 'aws-eusc'],
];

/** The parts of a key ARN or alias ARN, or undefined for any other text. */
export function parseKmsArn(text: string): KmsArn | undefined {
  const match = arnPattern.exec(text);
  if (!match) return undefined;
  const [, partition = '', region = '', accountId = '', kind, name = ''] = match;
  return kind === 'key'
    ? { partition, region, accountId, kind, resource: name }
    : { partition, region, accountId, kind: 'alias', resource: `alias/${name}` };
}

/** Whether `text` has the shape of a key id: a lower-case UUID, or `mrk-` and 32 hexadecimal digits. */
export function isKeyId(text: string): boolean {
  return keyIdPattern.test(text);
}

/** Whether `text` has the shape of a Region name; whether such a Region exists is not known here. */
export function isRegionName(text: string): boolean {
  return regionPattern.test(text);
}

/** The partition (https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html) of a Region. */
export function partitionOf(region: string): Partition {
  return partitionsByPrefix.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/** Whether the Region is one of the China Regions, which have SM2 and lack some of the rest. */
export function isChinaRegion(region: string): boolean {
  return partitionOf(region) === 'aws-cn';
}

export function keyArn(region: string, accountId: string, keyId: string): string {
  return `arn:${partitionOf(region)}:kms:${region}:${accountId}:key/${keyId}`;
}

/** `aliasName` carries its `alias/` prefix. */
export function aliasArn(region: string, accountId: string, aliasName: string): string {
  return `arn:${partitionOf(region)}:kms:${region}:${accountId}:${aliasName}`;
}
