import { KmsExplorerError } from '../../../kms/errorCode.ts';
import { otherKinds, regionOfArn, type KeyGroup, type KmsMasterKey, type OtherMasterKey } from '../keys/masterKey.ts';
import { defaultRule, ruleFrom, ruleNames, type SelectionRule } from '../selection/selectionRule.ts';
import { isMetadataList, isMetadataMap, textOfNode, type MetadataMap, type MetadataNode } from './metadataTree.ts';

/** What the `sops` part of a file says. */
export interface SopsMetadata {
  readonly version: string;
  /** As it is written; RFC 3339. */
  readonly lastModified: string;
  /** A value token. */
  readonly mac: string;
  readonly macOnlyEncrypted: boolean;
  readonly rule: SelectionRule;
  readonly groups: readonly KeyGroup[];
  /** How many groups must give their part of the data key. 1 when there is one group. */
  readonly threshold: number;
  readonly source: MetadataMap;
}

/** Reads the `sops` part as SOPS does (getsops/sops, stores/stores.go). Throws SOPS_INVALID when something is missing. */
export function readMetadata(source: MetadataMap): SopsMetadata {
  const groups = readGroups(source);
  const lastModified = textOfNode(source['lastmodified']);
  const mac = textOfNode(source['mac']);
  for (const [name, text] of [['lastmodified', lastModified], ['mac', mac]] as const) {
    if (text === '') throw new KmsExplorerError('SOPS_INVALID', `The SOPS metadata of the file has no ${name}.`);
  }
  const patterns = Object.fromEntries(ruleNames.map((name) => [name, textOfNode(source[name])]));
  const threshold = Number(textOfNode(source['shamir_threshold']));
  return {
    version: textOfNode(source['version']),
    lastModified,
    mac,
    macOnlyEncrypted: /^(?:1|t|true)$/i.test(textOfNode(source['mac_only_encrypted'])),
    rule: ruleFrom(patterns, 'The SOPS metadata of the file') ?? defaultRule,
    groups,
    threshold: groups.length === 1 ? 1 : threshold > 0 ? threshold : groups.length,
    source,
  };
}

/** The lists at the top are one group and win over `key_groups`. */
function readGroups(source: MetadataMap): readonly KeyGroup[] {
  const top = readGroup(source);
  if (top.kms.length + top.others.length > 0) return [top];
  const groups = listOf(source['key_groups']).filter(isMetadataMap).map(readGroup);
  if (groups.length > 0) return groups;
  throw new KmsExplorerError('SOPS_INVALID', 'The SOPS metadata of the file names no key that could decrypt it.');
}

function readGroup(source: MetadataMap): KeyGroup {
  const others = otherKinds.flatMap(([kind, nameMember]) =>
    listOf(source[kind]).map((node): OtherMasterKey => {
      const name = isMetadataMap(node) ? textOfNode(node[nameMember]) : '';
      return { kind, name, source: node };
    }),
  );
  return { kms: listOf(source['kms']).filter(isMetadataMap).map(readKmsKey), others };
}

function readKmsKey(source: MetadataMap): KmsMasterKey {
  const arn = textOfNode(source['arn']);
  const context = source['context'];
  const role = textOfNode(source['role']);
  return {
    arn,
    region: regionOfArn(arn),
    role: role === '' ? undefined : role,
    encryptionContext: isMetadataMap(context)
      ? Object.fromEntries(Object.entries(context).map(([name, value]) => [name, textOfNode(value)]))
      : {},
    awsProfile: textOfNode(source['aws_profile']),
    createdAt: textOfNode(source['created_at']),
    enc: textOfNode(source['enc']),
    source,
  };
}

function listOf(node: MetadataNode | undefined): readonly MetadataNode[] {
  return isMetadataList(node) ? node : [];
}
