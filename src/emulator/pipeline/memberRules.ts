/** What a member of a request must be. Lengths of texts count UTF-16 code units, of blobs bytes, of lists members. */
export type MemberRule = { readonly required?: boolean } & (
  | { readonly type: 'text'; readonly min?: number; readonly max?: number; readonly pattern?: RegExp; readonly values?: readonly string[] }
  | { readonly type: 'blob'; readonly min?: number; readonly max?: number }
  | { readonly type: 'integer'; readonly min?: number; readonly max?: number }
  | { readonly type: 'flag' }
  | { readonly type: 'textMap' }
  | { readonly type: 'list'; readonly member: MemberRule; readonly min?: number; readonly max?: number }
  | { readonly type: 'structure'; readonly members: Members }
);

export type Members = Readonly<Record<string, MemberRule>>;

/** A request after validation: its known members, blobs as bytes. It has no prototype. */
export type Input = Readonly<Record<string, unknown>>;

type TextLimits = Omit<Extract<MemberRule, { type: 'text' }>, 'type' | 'required'>;

export const text = (limits: TextLimits = {}): MemberRule => ({ type: 'text', ...limits });
export const oneOf = (values: readonly string[]): MemberRule => ({ type: 'text', values });
export const blob = (min: number, max: number): MemberRule => ({ type: 'blob', min, max });
export const integer = (min: number, max: number): MemberRule => ({ type: 'integer', min, max });
export const flag: MemberRule = { type: 'flag' };
export const textMap: MemberRule = { type: 'textMap' };
export const listOf = (member: MemberRule, limits: { min?: number; max?: number } = {}): MemberRule => ({
  type: 'list',
  member,
  ...limits,
});
export const structure = (members: Members): MemberRule => ({ type: 'structure', members });
export const required = (rule: MemberRule): MemberRule => ({ ...rule, required: true });
