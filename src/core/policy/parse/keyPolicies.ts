import type { Node } from 'jsonc-parser';
import { parseJsonText } from './jsonText.ts';
import { parsePolicy } from './parsePolicy.ts';
import type { Span, StatementNode } from './policyTree.ts';

/** A key policy that is a JSON text, or an object somewhere in one, as in a template. */
export interface KeyPolicyPart extends Span {
  readonly text: string;
  /** The names that lead to it; empty for a text that is a policy as a whole. */
  readonly path: readonly string[];
  /** Functions of a template in it, from the beginning of the policy. What they give is not known. */
  readonly functions: readonly Span[];
}

/**
 * The key policies in a JSON text. A policy is one of a key when a statement of it with a principal is about actions of
 * KMS; an object that a template calls KeyPolicy is one in any case
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html). Never throws.
 */
export function keyPolicies(text: string): readonly KeyPolicyPart[] {
  const { root } = parseJsonText(text);
  if (root === undefined) return [];
  if (isKeyPolicy(text, '')) return [{ offset: 0, length: text.length, text, path: [], functions: [] }];
  return partsIn(root, text, []);
}

/** The text as the one policy that it is meant to be. */
export function wholePolicy(text: string): KeyPolicyPart {
  return { offset: 0, length: text.length, text, path: [], functions: [] };
}

function partsIn(node: Node, text: string, path: readonly string[]): readonly KeyPolicyPart[] {
  const part = text.slice(node.offset, node.offset + node.length);
  if (node.type === 'object' && isKeyPolicy(part, path.at(-1) ?? '')) {
    return [{ offset: node.offset, length: node.length, text: part, path, functions: functionsIn(node, node.offset) }];
  }
  const children = node.children ?? [];
  if (node.type === 'array') return children.flatMap((child) => partsIn(child, text, path));
  return children.flatMap(({ children: [name, value] = [] }) => (name === undefined || value === undefined ? [] : partsIn(value, text, [...path, String(name.value)])));
}

function isKeyPolicy(text: string, name: string): boolean {
  if (!text.includes('"Statement"')) return false;
  if (name === 'KeyPolicy') return true;
  if (!/"(?:kms:|\*")/i.test(text)) return false;
  return parsePolicy(text).statements.some((statement) => isOfKey(statement, name === ''));
}

/** Every action is an action of KMS in a policy on its own; inside something else it may be one of any service. */
function isOfKey({ principal, notPrincipal, action, notAction }: StatementNode, isAlone: boolean): boolean {
  const actions = [...(action?.items ?? []), ...(notAction?.items ?? [])].map(({ text }) => text.toLowerCase());
  return (principal ?? notPrincipal) !== undefined && actions.some((name) => name.startsWith('kms:') || (isAlone && name === '*'));
}

/** Objects such as `{"Fn::Sub": ...}` and `{"Ref": ...}` of AWS CloudFormation. */
function functionsIn(node: Node, base: number): readonly Span[] {
  const children = node.children ?? [];
  const [first] = children;
  const name: unknown = node.type === 'object' && children.length === 1 ? first?.children?.[0]?.value : undefined;
  if (typeof name === 'string' && (name === 'Ref' || name.startsWith('Fn::'))) return [{ offset: node.offset - base, length: node.length }];
  return children.flatMap((child) => functionsIn(child, base));
}
