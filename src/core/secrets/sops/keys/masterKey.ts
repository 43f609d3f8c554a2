import { KmsExplorerError } from '../../../kms/errorCode.ts';
import type { MetadataMap, MetadataNode } from '../metadata/metadataTree.ts';
import type { KmsKeyUse } from '../sopsPorts.ts';

/** The data key, or a part of it, under a KMS key. */
export interface KmsMasterKey extends KmsKeyUse {
  /** RFC 3339. */
  readonly createdAt: string;
  /** The ciphertext in base64. */
  readonly enc: string;
  /** The entry as it stands in the file, so that members this program does not know are kept. */
  readonly source: MetadataMap;
}

/** The same for a key that is not in AWS KMS: age, PGP, GCP KMS, Azure Key Vault, Vault, Huawei Cloud. Kept untouched. */
export interface OtherMasterKey {
  /** The name of its list in the metadata, for instance `age`. */
  readonly kind: string;
  /** What tells it from others of its kind: a recipient, a fingerprint, a resource name. */
  readonly name: string;
  readonly source: MetadataNode;
}

/** Keys that all hold the same thing: any of them will do. */
export interface KeyGroup {
  readonly kms: readonly KmsMasterKey[];
  readonly others: readonly OtherMasterKey[];
}

/** The lists of master keys other than `kms`, and the member that names a key of each (getsops/sops, stores/stores.go). */
export const otherKinds: readonly (readonly [kind: string, nameMember: string])[] = [
  ['age', 'recipient'],
  ['azure_kv', 'vault_url'],
  ['gcp_kms', 'resource_id'],
  ['hc_vault', 'vault_address'],
  ['hckms', 'key_id'],
  ['pgp', 'fp'],
];

const arnShape = /^arn:aws[\w-]*:kms:(.+):[0-9]+:(?:key|alias)\/.+$/;

/** The Region of an ARN that SOPS accepts. Throws SOPS_INVALID for a bare key id, an alias name or anything else. */
export function regionOfArn(arn: string): string {
  const region = arnShape.exec(arn)?.[1];
  if (region !== undefined) return region;
  throw new KmsExplorerError('SOPS_INVALID', `${arn === '' ? 'A KMS key without an ARN' : arn} cannot be used: SOPS needs the whole ARN of a key or an alias.`);
}

/** Whether two entries name the same key used in the same way, which is when SOPS takes them for one. */
export function isSameUse(a: KmsKeyUse, b: KmsKeyUse): boolean {
  const contextOf = ({ encryptionContext }: KmsKeyUse) => JSON.stringify(Object.entries(encryptionContext).sort());
  return a.arn === b.arn && (a.role ?? '') === (b.role ?? '') && a.awsProfile === b.awsProfile && contextOf(a) === contextOf(b);
}
