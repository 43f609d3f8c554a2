/** What a member of a request must be. Lengths of texts count UTF-16 code units, of blobs bytes, of lists members. */
export type MemberRule = { readonly required?: boolean } & (
  | { readonly type: 'text'; readonly min?: number; readonly max?: number; readonly pattern?: RegExp; readonly values?: readonly string[] }
  | { readonly type: 'blob'; readonly min?: number; readonly max?: number }
  | { readonly type: 'integer'; readonly min?: number; readonly max?: number }
  | { readonly type: 'flag' }
  | { readonly type: 'time' }
  | { readonly type: 'textMap' }
  | { readonly type: 'list'; readonly member: MemberRule; readonly min?: number; readonly max?: number }
  | { readonly type: 'structure'; readonly members: Members }
);

export type Members = Readonly<Record<string, MemberRule>>;

/** A request after validation: its known members, blobs as bytes, times as Date. It has no prototype. */
export type Input = Readonly<Record<string, unknown>>;
