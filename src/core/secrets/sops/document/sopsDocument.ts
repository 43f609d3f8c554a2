import type { Edit, TextRange } from '../../codec.ts';
import type { MetadataMap } from '../metadata/metadataTree.ts';
import type { SopsValue } from '../values/sopsValue.ts';

export interface BlockItem {
  /** How many items the sequence has, this one among them. */
  readonly count: number;
  /** What makes a comment of the item; with `emptyList` the sequence has no other item left, and says so. */
  asComment(text: string, emptyList: boolean): Edit;
}

/** One value of a file, the `sops` part aside. */
export interface SopsLeaf {
  /** The number of its document in a YAML stream; 0 in the other formats. */
  readonly document: number;
  /** From the outermost key to the innermost; a number is an index in a list. */
  readonly keyPath: readonly (string | number)[];
  /** The keys of maps alone, which are the additional data and what the rules look at. */
  readonly path: readonly string[];
  readonly range: TextRange;
  readonly value: SopsValue;
  /** The comments that are active for the value, each without its mark. */
  readonly comments: readonly string[];
  /** Why the value must not be written, as a whole sentence. */
  readonly refusal: string | undefined;
  /** What to write over `range` so that SOPS reads this token. */
  writeToken(token: string): string;
  /** What to write over `range` so that SOPS reads this value. Throws EDIT_REFUSED when the format cannot hold it. */
  writeValue(value: SopsValue): string;
  /** Set when the value is an item of a YAML block sequence, where SOPS writes encrypted comments as items. */
  readonly blockItem: BlockItem | undefined;
}

/** A comment of a file. */
export interface SopsComment {
  /** The text after the mark. */
  readonly text: string;
  /** Where `text` stands. */
  readonly range: TextRange;
  /** The keys of the maps around it, under which SOPS encrypts it; undefined when its place does not tell them for certain. */
  readonly around: readonly string[] | undefined;
  /** Whether it stands among the items of a list, and not in a map. */
  readonly inList: boolean;
}

/** Something that a release of SOPS cannot read back, although it is a proper file of its format. */
export interface Obstacle {
  readonly offset: number;
  /** A sentence without its full stop that says what to do as well. */
  readonly problem: string;
}

/** A file as one of the stores of SOPS reads it. */
export interface SopsDocument {
  readonly text: string;
  /** In the order of the file, which is the order of the MAC. Nulls are among them. */
  readonly leaves: readonly SopsLeaf[];
  readonly comments: readonly SopsComment[];
  /** Comments whose item cannot be told for certain; they matter for the rules that look at comments. */
  readonly unplacedComments: readonly SopsComment[];
  readonly obstacles: readonly Obstacle[];
  /** The `sops` part; undefined when the file is not encrypted. */
  readonly metadata: MetadataMap | undefined;
  /** Writes the `sops` part: changed scalars alone where its shape stays, else the whole of it, at its place or at the end. */
  writeMetadata(metadata: MetadataMap): readonly Edit[];
  removeMetadata(): readonly Edit[];
}

/** `db.users[0].password`, as people write it. */
export function describeKeyPath(keyPath: readonly (string | number)[]): string {
  return keyPath.map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');
}

/** `db.password on line 3`. */
export function placeOf(text: string, { keyPath, range }: Pick<SopsLeaf, 'keyPath' | 'range'>): string {
  return `${describeKeyPath(keyPath)} on line ${lineOf(text, range.offset)}`;
}

export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
