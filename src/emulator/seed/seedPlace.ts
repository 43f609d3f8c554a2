import { isRegionName } from '../../core/kms/arn.ts';
import type { SeedValue } from './seedReader.ts';

/** The account and Region of what the seed does not place. */
export interface SeedDefaults {
  readonly accountId: string;
  readonly region: string;
}

export function readAccount(value: SeedValue, defaults: SeedDefaults): string {
  const accountId = value.text(defaults.accountId);
  if (!/^\d{12}$/.test(accountId)) throw value.fail('has to be an account id of 12 digits, in quotes.');
  return accountId;
}

export function readRegion(value: SeedValue, fallback?: string): string {
  const region = value.text(fallback);
  if (!isRegionName(region)) throw value.fail('has to be the name of a Region, such as eu-west-1.');
  return region;
}

/** Tags by their keys. */
export function readTags(value: SeedValue): Readonly<Record<string, string>> {
  return Object.fromEntries([...value.members()].map(([name, tag]) => [name, tag.text()]));
}
