import { otherKinds, type KeyGroup, type KmsMasterKey } from '../keys/masterKey.ts';
import { defaultRule, ruleNames } from '../selection/selectionRule.ts';
import type { MetadataMap, MetadataNode } from './metadataTree.ts';
import type { SopsMetadata } from './sopsMetadata.ts';

/** The newest release whose rules this program implements; a file that has a newer one keeps it. */
const writtenVersion = '3.13.3';

/** The version to write: ours, unless the file has a newer one. */
export function versionToWrite(standing: string): string {
  const numbersOf = (version: string) => /^v?(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number);
  const [theirs, ours] = [numbersOf(standing), numbersOf(writtenVersion)];
  if (theirs === undefined || ours === undefined) return writtenVersion;
  const difference = theirs.map((number, index) => number - (ours[index] ?? 0)).find((each) => each !== 0) ?? 0;
  return difference > 0 ? standing : writtenVersion;
}

/**
 * The `sops` part that says what `metadata` says. Members of the source that this program does not know stay, and so
 * do those whose value has not changed in meaning, so that the smallest part of the file changes.
 */
export function writeMetadata(metadata: SopsMetadata): MetadataMap {
  const { source, rule, groups } = metadata;
  const managed = new Set(['kms', 'key_groups', 'shamir_threshold', 'mac_only_encrypted', ...ruleNames, ...otherKinds.map(([kind]) => kind)]);
  const kept = Object.entries(source).filter(([name, value]) => !managed.has(name) || isEmpty(value));
  const grouped: MetadataMap =
    groups.length === 1
      ? writeGroup(groups[0], [])
      : { key_groups: groups.map((group) => writeGroup(group, ['age', 'hc_vault'])), shamir_threshold: metadata.threshold };
  // SOPS writes the default rule except into binary files, where no rule has a meaning.
  const standing = source[rule.name];
  const isUnwritten = rule.name === defaultRule.name && rule.pattern === defaultRule.pattern && isEmpty(standing ?? null) && 'mac' in source;
  return {
    ...Object.fromEntries(kept),
    ...grouped,
    ...(isUnwritten ? {} : { [rule.name]: rule.pattern }),
    ...(metadata.macOnlyEncrypted ? { mac_only_encrypted: true } : {}),
    lastmodified: metadata.lastModified,
    mac: metadata.mac,
    version: metadata.version,
  };
}

/** Nulls and empty lists, which SOPS up to 3.9 writes for every kind of key that a file does not use. */
function isEmpty(node: MetadataNode): boolean {
  return node === null || node === '' || (Array.isArray(node) && node.length === 0);
}

function writeGroup(group: KeyGroup | undefined, always: readonly string[]): MetadataMap {
  const lists: (readonly [string, readonly MetadataNode[]])[] = otherKinds.map(([kind]) => [
    kind,
    (group?.others ?? []).filter((other) => other.kind === kind).map(({ source }) => source),
  ]);
  return Object.fromEntries(
    [...lists, ['kms', (group?.kms ?? []).map(writeKmsKey)] as const].filter(
      ([kind, list]) => list.length > 0 || always.includes(kind),
    ),
  );
}

function writeKmsKey({ arn, role, encryptionContext, awsProfile, createdAt, enc, source }: KmsMasterKey): MetadataMap {
  return {
    ...source,
    arn,
    // SOPS writes an empty profile since 3.1; an older entry without one stays as it is.
    ...(awsProfile !== '' || 'aws_profile' in source || !('arn' in source) ? { aws_profile: awsProfile } : {}),
    created_at: createdAt,
    enc,
    ...(role === undefined ? {} : { role }),
    ...(Object.keys(encryptionContext).length === 0 ? {} : { context: encryptionContext }),
  };
}
