import { KmsExplorerError } from '../../kms/errorCode.ts';
import type { Edit } from '../codec.ts';
import { describeKeyPath } from './document/sopsDocument.ts';
import { applyRule, requireEditable, requireWritable, type RuledLeaf } from './file/sopsFile.ts';
import { sealMetadata, verifiedChange, type SopsChange } from './file/writeChange.ts';
import { dataKeyLength, wrapDataKey, type KeyGroupPlan } from './keys/dataKey.ts';
import type { SopsMetadata } from './metadata/sopsMetadata.ts';
import { versionToWrite } from './metadata/writeMetadata.ts';
import { defaultRule, type SelectionRule } from './selection/selectionRule.ts';
import { readSopsDocument, type SopsFormat, type SopsIndent } from './sopsFormat.ts';
import type { SopsTools } from './sopsPorts.ts';
import { additionalDataOf, sealText, type DataKeyUse } from './values/sealing.ts';
import { isEmptyValue } from './values/sopsValue.ts';

/** How a file is encrypted for the first time. */
export interface EncryptionPlan {
  readonly groups: readonly KeyGroupPlan[];
  /** How many groups are needed to decrypt; the number of groups when it is missing. */
  readonly threshold?: number | undefined;
  /** `unencrypted_suffix: _unencrypted` when it is missing. */
  readonly rule?: SelectionRule | undefined;
  readonly macOnlyEncrypted?: boolean;
  readonly indent?: SopsIndent;
}

/**
 * Encrypts the values of a plaintext file that a rule selects, each in its place, and adds the `sops` part. Comments,
 * order and layout stay. Rejects with SOPS_UNSUPPORTED where a value cannot be encrypted in place, SOPS_INVALID for a
 * file that is encrypted already or a plan that makes no sense, PARSE_ERROR, and what KMS answers.
 */
export async function encryptFile(text: string, format: Exclude<SopsFormat, 'binary'>, plan: EncryptionPlan, tools: SopsTools): Promise<SopsChange> {
  const rule = plan.rule ?? defaultRule;
  const document = await readSopsDocument(text, format, plan.indent);
  if (document.metadata !== undefined) throw new KmsExplorerError('SOPS_INVALID', 'The file has a sops part already: it is encrypted, or it has keys of that name, which SOPS keeps for itself.');
  const metadata = await newMetadata(plan, rule, tools);
  const use = { crypto: tools.crypto, dataKey: metadata.dataKey };
  return sealFile({ document, format }, metadata.metadata, use, tools);
}

async function newMetadata(
  { groups, threshold = groups.length, macOnlyEncrypted = false }: EncryptionPlan,
  rule: SelectionRule,
  tools: SopsTools,
): Promise<{ readonly metadata: SopsMetadata; readonly dataKey: Uint8Array }> {
  const dataKey = tools.crypto.randomBytes(dataKeyLength);
  const wrapped = await wrapDataKey(dataKey, groups, threshold, tools);
  const metadata: SopsMetadata = {
    version: versionToWrite(''),
    lastModified: '',
    mac: '',
    macOnlyEncrypted,
    rule,
    groups: wrapped,
    threshold: groups.length === 1 ? 1 : threshold,
    source: {},
  };
  return { metadata, dataKey };
}

async function sealFile(
  file: Pick<Parameters<typeof verifiedChange>[0], 'document' | 'format'>,
  metadata: SopsMetadata,
  use: DataKeyUse,
  tools: SopsTools,
): Promise<SopsChange> {
  const { document } = file;
  await requireWritable(document, metadata.rule);
  const ruled = await applyRule(document, metadata.rule, false);
  const edits = ruled.flatMap((each) => sealLeaf(file, each, use));
  const values = ruled.map(({ leaf, selected }) => ({ value: leaf.value, selected }));
  const sealed = sealMetadata(metadata, values, use, tools.now());
  return verifiedChange(file, edits, sealed, values, use);
}

function sealLeaf({ document }: Pick<Parameters<typeof verifiedChange>[0], 'document'>, { leaf, selected, token }: RuledLeaf, use: DataKeyUse): readonly Edit[] {
  if (!selected || isEmptyValue(leaf.value)) return [];
  requireEditable(document, leaf);
  if (token !== undefined) {
    throw new KmsExplorerError('SOPS_INVALID', `${describeKeyPath(leaf.keyPath)} holds a SOPS token already, although the file has no sops part.`);
  }
  const sealed = sealText(use, leaf.value.text, leaf.value.type, additionalDataOf(leaf.path));
  return [{ ...leaf.range, text: leaf.writeToken(sealed) }];
}
