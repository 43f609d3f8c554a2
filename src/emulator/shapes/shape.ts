/** The kinds of members in the requests of the API; `values` names an enum. */
export type Shape =
  | 'text'
  | 'integer'
  | 'flag'
  | 'blob'
  | 'time'
  | 'textMap'
  | { readonly values: string }
  | { readonly list: Shape }
  | { readonly members: Readonly<Record<string, Shape>> };

/** Members by name; a name that ends in a question mark is of a member that may be left out. */
export type Shapes = Readonly<Record<string, Shape>>;
