import { loadSharedConfigFiles } from '@smithy/core/config';
import type { AwsProfile } from '../core/kms/service/keyServiceFactory.ts';

/**
 * The profiles of the AWS configuration files (`~/.aws/config` and `~/.aws/credentials`, or where AWS_CONFIG_FILE and
 * AWS_SHARED_CREDENTIALS_FILE point), sorted by name with `default` first. The files are read anew on each call.
 */
export async function listProfiles(): Promise<readonly AwsProfile[]> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)].filter(isProfile));
  return [...names]
    .map((name) => ({ name, region: configFile[name]?.['region'] ?? credentialsFile[name]?.['region'] }))
    .sort((a, b) => Number(b.name === 'default') - Number(a.name === 'default') || a.name.localeCompare(b.name));
}

/** The reader returns `[sso-session x]` and `[services x]` sections beside the profiles, under dotted names. */
function isProfile(name: string): boolean {
  return !/^(sso-session|services)\./.test(name);
}
