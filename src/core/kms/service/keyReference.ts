/** Where a call goes: the Region and a key id, key ARN, alias name or alias ARN. */
export interface KeyReference {
  readonly region: string;
  readonly keyId: string;
}
