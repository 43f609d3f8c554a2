/** A key as the commands name it: enough to call KMS and to copy, without asking KMS again. */
export interface KeyTarget {
  readonly region: string;
  readonly keyId: string;
  readonly arn: string;
  /** The first alias by name, with its `alias/` prefix, when the key has one. */
  readonly aliasName: string | undefined;
}
