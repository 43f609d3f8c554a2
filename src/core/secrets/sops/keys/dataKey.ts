import { KmsExplorerError } from '../../../kms/errorCode.ts';
import { fromBase64, toBase64 } from '../../base64.ts';
import type { SopsMetadata } from '../metadata/sopsMetadata.ts';
import type { KmsKeyUse, SopsKeys, SopsTools } from '../sopsPorts.ts';
import type { KeyGroup, KmsMasterKey } from './masterKey.ts';
import { combineParts, splitSecret } from './shamir.ts';

/** AES-256. */
export const dataKeyLength = 32;

/**
 * The data key of a file: the whole of it from the first KMS key that gives it, or its parts from as many key groups
 * as the threshold asks for. The keys of a group are tried in the order of the file.
 * Throws SOPS_NO_KEY that says why each key failed, and CANCELLED as soon as a call is cancelled.
 */
export async function unwrapDataKey(metadata: SopsMetadata, keys: SopsKeys): Promise<Uint8Array> {
  const { groups, threshold } = metadata;
  const failures: string[] = [];
  const parts: Uint8Array[] = [];
  for (const group of groups) {
    const part = await unwrapPart(group, metadata.version, keys, failures);
    if (part !== undefined) parts.push(part);
    if (parts.length === Math.max(threshold, groups.length === 1 ? 1 : 2)) break;
  }
  if (parts.length < threshold) throw noKey(metadata, parts.length, failures);
  const dataKey = groups.length === 1 ? parts[0] : combineParts(parts);
  if (dataKey?.length === dataKeyLength) return dataKey;
  throw new KmsExplorerError('SOPS_INVALID', 'The KMS keys of the file decrypt something that is no SOPS data key.');
}

/** The part of a group, or undefined when no KMS key of it gives one; the reasons are added to `failures`. */
async function unwrapPart(group: KeyGroup, version: string, keys: SopsKeys, failures: string[]): Promise<Uint8Array | undefined> {
  for (const key of group.kms) {
    const ciphertext = fromBase64(key.enc);
    if (ciphertext === undefined) {
      failures.push(`${key.arn}: its encrypted data key is no base64.`);
      continue;
    }
    for (const use of usesToTry(key, version)) {
      try {
        return await keys.decryptDataKey(use, ciphertext);
      } catch (error) {
        if (!(error instanceof KmsExplorerError) || error.code === 'CANCELLED') throw error;
        if (use === key) failures.push(`${key.arn}: ${error.message}`);
      }
    }
  }
  return undefined;
}

/**
 * SOPS before 3.3.0 could encrypt with one value of the encryption context under all of its names
 * (getsops/sops, cmd/sops/common/common.go, RecoverDataKeyFromBuggyKMS), so each value is tried as well.
 */
function usesToTry(key: KmsMasterKey, version: string): readonly KmsKeyUse[] {
  const names = Object.keys(key.encryptionContext);
  const values = new Set(Object.values(key.encryptionContext));
  if (!/^[0-2]\.|^3\.[0-2]\./.test(version) || values.size < 2) return [key];
  const variations = [...values].map((value) => ({
    ...key,
    encryptionContext: Object.fromEntries(names.map((name) => [name, value])),
  }));
  return [key, ...variations];
}

function noKey({ groups, threshold }: SopsMetadata, found: number, failures: readonly string[]): KmsExplorerError {
  const others = [...new Set(groups.flatMap((group) => group.others.map(({ kind }) => kind)))];
  const need = groups.length === 1 ? '' : ` ${threshold} of its ${groups.length} key groups are needed, and ${found} can be used.`;
  const tried = failures.length === 0 ? ' It has no AWS KMS key.' : ` ${failures.join(' ')}`;
  const rest = others.length === 0 ? '' : ` Its keys of other kinds (${others.join(', ')}) can be used with sops itself.`;
  return new KmsExplorerError('SOPS_NO_KEY', `The data key of the file cannot be decrypted.${need}${tried}${rest}`);
}

/** A KMS key of a new group, before the data key is encrypted under it. */
export interface KeyGroupPlan {
  readonly kms: readonly KmsKeyUse[];
}

/**
 * The groups with the data key, or its parts, encrypted under every KMS key of them. One group takes the whole data
 * key, more take a part each. Throws what KMS answers; then nothing is to be written.
 */
export async function wrapDataKey(
  dataKey: Uint8Array,
  plans: readonly KeyGroupPlan[],
  threshold: number,
  tools: SopsTools,
): Promise<readonly KeyGroup[]> {
  if (plans.length === 0 || plans.some(({ kms }) => kms.length === 0)) {
    throw new KmsExplorerError('SOPS_INVALID', 'Every key group of a file needs one KMS key or more.');
  }
  const { crypto, keys } = tools;
  const parts =
    plans.length === 1 ? [dataKey] : splitSecret(dataKey, plans.length, threshold, (length) => crypto.randomBytes(length));
  const groups: KeyGroup[] = [];
  for (const [index, { kms }] of plans.entries()) {
    const part = parts[index] ?? dataKey;
    const wrapped: KmsMasterKey[] = [];
    for (const use of kms) wrapped.push(await wrapUnder(use, part, keys, tools.now()));
    groups.push({ kms: wrapped, others: [] });
  }
  return groups;
}

export async function wrapUnder(use: KmsKeyUse, part: Uint8Array, keys: SopsKeys, time: Date): Promise<KmsMasterKey> {
  const { arn, region, role, encryptionContext, awsProfile } = use;
  const ciphertext = await keys.encryptDataKey({ arn, region, role, encryptionContext, awsProfile }, part);
  const createdAt = sopsTime(time);
  return { arn, region, role, encryptionContext, awsProfile, createdAt, enc: toBase64(ciphertext), source: {} };
}

/** The part of one group, to give it one more key. Throws SOPS_NO_KEY when no KMS key of the group gives it. */
export async function unwrapGroup(metadata: SopsMetadata, group: KeyGroup, keys: SopsKeys): Promise<Uint8Array> {
  const failures: string[] = [];
  const part = await unwrapPart(group, metadata.version, keys, failures);
  if (part === undefined) throw noKey({ ...metadata, groups: [group], threshold: 1 }, 0, failures);
  return part;
}

/** A time as SOPS writes it: RFC 3339 in UTC, in whole seconds. */
export function sopsTime(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
