import { KmsExplorerError } from '../../kms/errorCode.ts';
import { unlockVerified, type UnlockedFile } from './file/unlock.ts';
import { verifiedChange, type SopsChange } from './file/writeChange.ts';
import { unwrapGroup, wrapDataKey, wrapUnder, type KeyGroupPlan } from './keys/dataKey.ts';
import { isSameUse, regionOfArn, type KeyGroup, type KmsMasterKey } from './keys/masterKey.ts';
import { requireOnlyKms } from './keys/onlyKms.ts';
import type { SopsMetadata } from './metadata/sopsMetadata.ts';
import { versionToWrite } from './metadata/writeMetadata.ts';
import type { SopsFormat } from './sopsFormat.ts';
import type { KmsKeyUse, SopsTools } from './sopsPorts.ts';

/** Completes what a user says about a KMS key. Throws SOPS_INVALID for anything but the ARN of a key or an alias. */
export function keyUse(arn: string, options: Partial<Omit<KmsKeyUse, 'arn' | 'region'>> = {}): KmsKeyUse {
  const { role, encryptionContext = {}, awsProfile = '' } = options;
  return { arn, region: regionOfArn(arn), role, encryptionContext, awsProfile };
}

/**
 * Encrypts the data key of a file, or the part of a key group, under one more KMS key. Values and MAC stay.
 * Rejects with SOPS_INVALID when the key is there already or there is no such group, SOPS_NO_KEY, and what KMS answers.
 */
export async function addKey(text: string, format: SopsFormat, group: number, use: KmsKeyUse, tools: SopsTools): Promise<SopsChange> {
  const unlocked = await unlockVerified(text, format, tools);
  const { metadata } = unlocked.file;
  const standing = groupAt(metadata.groups, group);
  if (standing.kms.some((key) => isSameUse(key, use))) {
    throw new KmsExplorerError('SOPS_INVALID', `The file is encrypted for ${use.arn} already.`);
  }
  const part = metadata.groups.length === 1 ? unlocked.use.dataKey : await unwrapGroup(metadata, standing, tools.keys);
  const added = await wrapUnder(use, part, tools.keys, tools.now());
  return changeGroup(unlocked, group, { ...standing, kms: [...standing.kms, added] });
}

/**
 * Takes a KMS key out of a group. Whoever had the data key still has it, so that it should be rotated afterwards.
 * Rejects with SOPS_INVALID when the key is not there or is the last of its group.
 */
export async function removeKey(text: string, format: SopsFormat, group: number, arn: string, tools: SopsTools): Promise<SopsChange> {
  const unlocked = await unlockVerified(text, format, tools);
  const standing = groupAt(unlocked.file.metadata.groups, group);
  const kms = standing.kms.filter((key) => key.arn !== arn);
  if (kms.length === standing.kms.length) throw new KmsExplorerError('SOPS_INVALID', `The file is not encrypted for ${arn}.`);
  if (kms.length + standing.others.length === 0) {
    throw new KmsExplorerError('SOPS_INVALID', `${arn} is the last key of its group. Without it nobody could decrypt the file.`);
  }
  return changeGroup(unlocked, group, { ...standing, kms });
}

/** What it takes to bring the keys of a file in line with a plan. */
export interface KeyChanges {
  readonly added: readonly KmsKeyUse[];
  readonly removed: readonly KmsKeyUse[];
  /** The keys of several groups change their places, or the number of groups that decrypt does. */
  readonly isRegrouped: boolean;
}

/** How the KMS keys of a file differ from those of a plan. A key with another role, profile or context counts as another. */
export function keyChanges({ groups, threshold }: Pick<SopsMetadata, 'groups' | 'threshold'>, plan: readonly KeyGroupPlan[], planThreshold: number | undefined): KeyChanges {
  const [standing, planned] = [groups.flatMap(({ kms }) => kms), plan.flatMap(({ kms }) => kms)];
  const without = (keys: readonly KmsKeyUse[], others: readonly KmsKeyUse[]) => keys.filter((key) => !others.some((other) => isSameUse(key, other)));
  const isSameGroup = (index: number) => {
    const [before, after] = [groups[index]?.kms ?? [], plan[index]?.kms ?? []];
    return without(before, after).length + without(after, before).length === 0;
  };
  const isSplit = groups.length > 1 || plan.length > 1;
  const isRegrouped = isSplit && (groups.length !== plan.length || threshold !== (planThreshold ?? plan.length) || !groups.every((_group, index) => isSameGroup(index)));
  return { added: without(planned, standing), removed: without(standing, planned), isRegrouped };
}

/**
 * Encrypts the data key of a file for just these groups, as `sops updatekeys` does. In a file with one group before
 * and after, keys that stay keep their ciphertext; otherwise the data key is split anew.
 * Rejects with SOPS_UNSUPPORTED when keys of other kinds would have to be written.
 */
export async function updateKeys(
  text: string,
  format: SopsFormat,
  groups: readonly KeyGroupPlan[],
  threshold: number | undefined,
  tools: SopsTools,
): Promise<SopsChange> {
  const unlocked = await unlockVerified(text, format, tools);
  const { metadata } = unlocked.file;
  const [before, plan] = [metadata.groups[0], groups[0]];
  if (metadata.groups.length === 1 && groups.length === 1 && before !== undefined && plan !== undefined && plan.kms.length > 0) {
    const kms: KmsMasterKey[] = [];
    for (const use of plan.kms) {
      const kept = before.kms.find((key) => isSameUse(key, use));
      kms.push(kept ?? (await wrapUnder(use, unlocked.use.dataKey, tools.keys, tools.now())));
    }
    return changeGroup(unlocked, 0, { ...before, kms });
  }
  requireOnlyKms(metadata.groups, 'The key groups cannot be changed');
  const needed = threshold ?? groups.length;
  const wrapped = await wrapDataKey(unlocked.use.dataKey, groups, needed, tools);
  return changeMetadata(unlocked, wrapped, groups.length === 1 ? 1 : needed);
}

function groupAt(groups: readonly KeyGroup[], index: number): KeyGroup {
  const group = groups[index];
  if (group !== undefined) return group;
  throw new KmsExplorerError('SOPS_INVALID', `The file has ${groups.length} key groups, and no number ${index + 1}.`);
}

function changeGroup(unlocked: UnlockedFile, index: number, group: KeyGroup): Promise<SopsChange> {
  const { groups, threshold } = unlocked.file.metadata;
  return changeMetadata(unlocked, groups.with(index, group), threshold);
}

/** The keys are no part of what the MAC covers, so that it stays with its time. */
function changeMetadata({ file, use, values }: UnlockedFile, groups: readonly KeyGroup[], threshold: number): Promise<SopsChange> {
  const metadata = { ...file.metadata, groups, threshold, version: versionToWrite(file.metadata.version) };
  return verifiedChange(file, [], metadata, values, use, values);
}
