import { isSameUse, regionOfArn } from '../keys/masterKey.ts';
import type { KmsKeyUse } from '../sopsPorts.ts';
import { configError, isConfigMap, keyListMember, listMember, textMember, type ConfigMap } from './configReader.ts';

/** The keys of a group as a rule names them. */
export interface ConfiguredGroup {
  readonly kms: readonly KmsKeyUse[];
  /** Keys that are not in AWS KMS, by their kind as `.sops.yaml` spells it. */
  readonly others: readonly { readonly kind: string; readonly name: string }[];
}

/** Other kinds in a key group, and in a rule without groups (getsops/sops, config/config.go). */
const kindsInGroup = ['age', 'pgp', 'gcp_kms', 'hckms', 'azure_keyvault', 'hc_vault'];
const kindsInRule = ['age', 'pgp', 'gcp_kms', 'hckms', 'azure_keyvault', 'hc_vault_transit_uri'];

/** The groups of a rule: `key_groups` if there are any, else one group of the keys that the rule lists itself. */
export function groupsOfRule(rule: ConfigMap, place: string): readonly ConfiguredGroup[] {
  const groups = listMember(rule, 'key_groups', place);
  if (groups.length > 0) return groups.map((group) => readGroup(group, place, 0));
  const awsProfile = textMember(rule, 'aws_profile', place);
  const kms = keyListMember(rule, 'kms', place).map((text): KmsKeyUse => {
    const { arn, role } = splitRole(text.replaceAll(' ', ''));
    return { arn, region: regionIn(arn, place), role, encryptionContext: {}, awsProfile };
  });
  const others = kindsInRule.flatMap((kind) => keyListMember(rule, kind, place).map((name) => ({ kind, name })));
  return [{ kms, others }];
}

/** `arn+roleArn`: an ARN has no colon in its path, so `+arn:` begins the role. */
function splitRole(text: string): { readonly arn: string; readonly role: string | undefined } {
  const at = text.indexOf('+arn:');
  return at > 0 ? { arn: text.slice(0, at), role: text.slice(at + 1) } : { arn: text, role: undefined };
}

function readGroup(group: unknown, place: string, depth: number): ConfiguredGroup {
  if (!isConfigMap(group)) throw configError(place, 'a key group must be a mapping');
  if (depth > 10) throw configError(place, 'key groups are merged into each other without end');
  const merged = listMember(group, 'merge', place).map((each) => readGroup(each, place, depth + 1));
  const kms = [...merged.flatMap((each) => each.kms), ...listMember(group, 'kms', place).map((key) => readKmsKey(key, place))];
  const own = kindsInGroup.flatMap((kind) => listMember(group, kind, place).map((key) => ({ kind, name: nameOf(key) })));
  return {
    kms: kms.filter((key, index) => kms.findIndex((other) => isSameUse(key, other)) === index),
    others: [...merged.flatMap((each) => each.others), ...own],
  };
}

function nameOf(key: unknown): string {
  if (typeof key === 'string') return key;
  const values: readonly unknown[] = isConfigMap(key) ? Object.values(key) : [];
  return values.filter((value) => typeof value === 'string').join(' ');
}

function readKmsKey(key: unknown, place: string): KmsKeyUse {
  if (!isConfigMap(key)) throw configError(place, 'a KMS key of a group must be a mapping with an arn');
  const arn = textMember(key, 'arn', place);
  const role = textMember(key, 'role', place);
  const context = key['context'] ?? {};
  if (!isConfigMap(context)) throw configError(place, 'the context of a KMS key must be a mapping');
  return {
    arn,
    region: regionIn(arn, place),
    role: role === '' ? undefined : role,
    encryptionContext: Object.fromEntries(Object.keys(context).map((name) => [name, textMember(context, name, place)])),
    awsProfile: textMember(key, 'aws_profile', place),
  };
}

function regionIn(arn: string, place: string): string {
  try {
    return regionOfArn(arn);
  } catch {
    throw configError(place, `${arn === '' ? 'a KMS key without an arn' : arn} cannot be used: SOPS needs the whole ARN of a key or an alias`);
  }
}
