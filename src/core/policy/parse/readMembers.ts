import type { Node } from 'jsonc-parser';
import type { ListMember, MemberNode, ParseFault, Span, TextMember, TextNode } from './policyTree.ts';

/** Where a reader leaves what has no place in the grammar. */
export type FaultSink = (kind: ParseFault['kind'], span: Span, message: string) => void;

/** A member of an object with the JSON of its value, before anything is known of its meaning. */
export interface RawMember extends MemberNode {
  readonly json: Node | undefined;
}

/** The members of an object in the order of the text. A name that comes again is a fault, and its last value holds. */
export function readMembers(object: Node, faults: FaultSink): readonly RawMember[] {
  const members = new Map<string, RawMember>();
  for (const property of object.children ?? []) {
    const member = readMember(property);
    if (member === undefined) continue;
    const { text } = member.name;
    if (members.delete(text)) faults('duplicate', member.name, `The element ${text} is there twice.`);
    members.set(text, member);
  }
  return [...members.values()];
}

function readMember(property: Node): RawMember | undefined {
  const [nameNode, json] = property.children ?? [];
  const name = nameNode === undefined ? undefined : textOf(nameNode);
  if (name === undefined) return undefined;
  const value = json === undefined ? { offset: name.offset + name.length, length: 0 } : spanOf(json);
  return { ...spanOf(property), name, value, json };
}

/** A member that takes one text. */
export function readTextMember(member: RawMember, faults: FaultSink): TextMember {
  const { json, ...node } = member;
  const content = json?.type === 'string' ? textOf(json) : undefined;
  if (json !== undefined && content === undefined) {
    faults('type', markOf(json), `${member.name.text} takes a text in double quotes.`);
  }
  return { ...node, content };
}

/** A member that takes a text or a list of texts; `loose` lets numbers and booleans pass as texts too. */
export function readListMember(member: RawMember, faults: FaultSink, loose = false): ListMember {
  const { json, ...node } = member;
  const isList = json?.type === 'array';
  const values = isList ? (json.children ?? []) : json === undefined ? [] : [json];
  const items = values.flatMap((value) => {
    const text = textOf(value);
    if (text !== undefined && (loose || text.type === 'string')) return [text];
    faults('type', markOf(value), `${member.name.text} takes a text in double quotes or a list of texts.`);
    return [];
  });
  return { ...node, isList, items };
}

function textOf(node: Node): TextNode | undefined {
  const { type } = node;
  if (type !== 'string' && type !== 'number' && type !== 'boolean') return undefined;
  return { ...spanOf(node), text: String(node.value), type };
}

export function spanOf({ offset, length }: Span): Span {
  return { offset, length };
}

/** Marks a whole scalar, and of an object or an array its opening bracket, so that the mark stays readable. */
export function markOf(node: Node): Span {
  const isContainer = node.type === 'object' || node.type === 'array';
  return { offset: node.offset, length: isContainer ? 1 : node.length };
}
