/**
 * A policy document as a tree whose every node knows where it stands in the text. The grammar is that of IAM policies
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html). What is not there yet, because
 * the text is half typed, is missing from the tree; what has no place in the grammar is kept as a fault.
 */

/** UTF-16 code units from the start of the text. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/** A JSON string or, where a policy takes them, a number or a boolean. The span covers the quotes. */
export interface TextNode extends Span {
  readonly text: string;
  readonly type: 'string' | 'number' | 'boolean';
}

/** A member of a JSON object: its span goes from the name to the end of the value. */
export interface MemberNode extends Span {
  readonly name: TextNode;
  /** Where the value stands; empty and behind the name while there is none. */
  readonly value: Span;
}

/** A member with one text, such as `Effect`. */
export interface TextMember extends MemberNode {
  /** Missing when the value is not a text. */
  readonly content: TextNode | undefined;
}

/** A member with a text or a list of texts, such as `Action`. */
export interface ListMember extends MemberNode {
  readonly isList: boolean;
  readonly items: readonly TextNode[];
}

/** `Principal` or `NotPrincipal`. */
export interface PrincipalMember extends MemberNode {
  /** The text of the form `"Principal": "*"`. */
  readonly text: TextNode | undefined;
  /** The members of the form `"Principal": {"AWS": ...}`. */
  readonly groups: readonly ListMember[];
}

/** One operator of a `Condition`, as in `"StringEquals": {...}`. */
export interface OperatorMember extends MemberNode {
  readonly keys: readonly ListMember[];
}

export interface ConditionMember extends MemberNode {
  readonly operators: readonly OperatorMember[];
}

export interface StatementNode extends Span {
  /** Its place in the list, counted from zero. */
  readonly index: number;
  readonly sid: TextMember | undefined;
  readonly effect: TextMember | undefined;
  readonly principal: PrincipalMember | undefined;
  readonly notPrincipal: PrincipalMember | undefined;
  readonly action: ListMember | undefined;
  readonly notAction: ListMember | undefined;
  readonly resource: ListMember | undefined;
  readonly notResource: ListMember | undefined;
  readonly condition: ConditionMember | undefined;
}

/** Text that is no JSON, a repeated member, or a value of the wrong type. */
export interface ParseFault extends Span {
  readonly kind: 'syntax' | 'duplicate' | 'type' | 'unknown';
  /** A sentence for the person who edits the policy. */
  readonly message: string;
}

export interface PolicyTree extends Span {
  readonly text: string;
  readonly version: TextMember | undefined;
  readonly id: TextMember | undefined;
  /** The member `Statement`, whatever its value. */
  readonly statement: MemberNode | undefined;
  readonly statements: readonly StatementNode[];
  /** In the order of the text. */
  readonly faults: readonly ParseFault[];
}
