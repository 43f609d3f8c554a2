import { randomBytes, randomUUID } from 'node:crypto';
import { keyArn } from '../core/kms/arn.ts';
import { serviceKeyPolicy } from './policies/keyPolicies.ts';
import type { Services } from './pipeline/call.ts';
import type { KeyRecord, StoredKey } from './store/keyRecord.ts';

/** AWS managed keys: what each service's key protects, and the host names its requests come through when they differ. */
const services: Readonly<Record<string, { readonly protects: string; readonly hosts?: readonly string[] }>> = {
  acm: { protects: 'ACM private keys' },
  backup: { protects: 'Backup vaults' },
  dynamodb: { protects: 'DynamoDB tables' },
  ebs: { protects: 'EBS volumes', hosts: ['ec2'] },
  elasticfilesystem: { protects: 'EFS filesystems' },
  es: { protects: 'Elasticsearch domains' },
  glue: { protects: 'Glue data' },
  kinesis: { protects: 'Kinesis streams' },
  lambda: { protects: 'Lambda functions' },
  rds: { protects: 'RDS database volumes' },
  redshift: { protects: 'Redshift clusters' },
  s3: { protects: 'S3 objects' },
  secretsmanager: { protects: 'Secrets Manager data' },
  sns: { protects: 'SNS data' },
  sqs: { protects: 'SQS messages' },
  ssm: { protects: 'SSM parameters' },
};

const aliasPrefix = 'alias/aws/';
const day = 86_400_000;
const yearDays = 365;

/** The aliases that every account and Region lists, whether the keys were made or not. In order. */
export const serviceAliases: readonly string[] = Object.keys(services).map((service) => `${aliasPrefix}${service}`).sort();

/** Whether the alias name is one of a service that the emulator knows. */
export function isServiceAlias(name: string): boolean {
  return serviceAliases.includes(name);
}

/** Gives the AWS managed key behind `aliasName`, making it when it is not there. */
export function ensureServiceKey(
  { store, vault, clock }: Pick<Services, 'store' | 'vault' | 'clock'>,
  accountId: string,
  region: string,
  aliasName: string,
): KeyRecord {
  const alias = store.aliases.find(accountId, region, aliasName);
  const found = alias && store.keys.find(alias.keyArn);
  if (found) return found;
  const service = aliasName.slice(aliasPrefix.length);
  const { protects = `${service} data`, hosts = [service] } = services[service] ?? {};
  const keyId = randomUUID();
  const arn = keyArn(region, accountId, keyId);
  const now = clock.now();
  const key: StoredKey = {
    arn,
    accountId,
    region,
    keyId,
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    origin: 'AWS_KMS',
    manager: 'AWS',
    description: `Default key that protects my ${protects} when no other key is defined`,
    enabled: true,
    policy: serviceKeyPolicy(accountId, region, service, hosts.map((host) => `${host}.${region}.amazonaws.com`)),
    createdAt: now,
    deletionAt: undefined,
    deletionWindowDays: undefined,
    primaryRegion: undefined,
    rotationPeriodDays: yearDays,
    nextRotationAt: now + yearDays * day,
    transient: undefined,
    storeId: undefined,
    xksKeyId: undefined,
  };
  return store.transaction(() => {
    store.keys.insert(key);
    store.aliases.insert({ accountId, region, name: aliasName, keyArn: arn, createdAt: now, updatedAt: now });
    const currentMaterialId = vault.add(key, randomBytes(32), { createdAt: now });
    return { ...key, currentMaterialId, missingMaterials: 0, storeState: undefined };
  });
}
