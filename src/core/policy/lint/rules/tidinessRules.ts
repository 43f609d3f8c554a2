import { matchesPattern, wildcardPattern } from '../../matching/pattern.ts';
import type { ListMember, Span, StatementNode, TextNode } from '../../parse/policyTree.ts';
import type { Finding } from '../diagnostic.ts';
import type { LintedPolicy } from '../statementView.ts';

/** KMSP036 and KMSP037: names that are there twice, and what could be left out. */
export function tidinessRules({ statements, tree }: LintedPolicy): readonly Finding[] {
  const nodes = statements.map(({ node }) => node);
  return [...sidFindings(nodes), ...repeatedStatements(nodes, tree.text), ...nodes.flatMap((node) => [...listFindings(node), ...emptyFindings(node)])];
}

function sidFindings(nodes: readonly StatementNode[]): readonly Finding[] {
  const seen = new Set<string>();
  return nodes.flatMap((node): Finding[] => {
    const sid = node.sid?.content;
    if (sid === undefined) return [];
    if (sid.text === '') return [{ code: 'KMSP036', span: sid, severity: 'information', message: 'An empty Sid says nothing. Leave it out or name the statement.' }];
    const isRepeated = seen.has(sid.text);
    seen.add(sid.text);
    return isRepeated ? [{ code: 'KMSP036', span: sid, message: 'Another statement before has the same Sid.' }] : [];
  });
}

/** Two statements are the same when they differ in white space and Sid only. */
function repeatedStatements(nodes: readonly StatementNode[], text: string): readonly Finding[] {
  const seen = new Set<string>();
  return nodes.flatMap((node): Finding[] => {
    const parts = [node.effect, node.principal, node.notPrincipal, node.action, node.notAction, node.resource, node.notResource, node.condition];
    const content = parts.map((part) => (part === undefined ? '' : compact(text, part))).join('\n');
    const isRepeated = seen.has(content) && node.effect !== undefined;
    seen.add(content);
    return isRepeated ? [{ code: 'KMSP037', span: { offset: node.offset, length: 1 }, message: 'A statement before says the same.' }] : [];
  });
}

function compact(text: string, { offset, length }: Span): string {
  return text.slice(offset, offset + length).replaceAll(/\s+/g, ' ');
}

function listFindings(node: StatementNode): readonly Finding[] {
  const { action, notAction, resource, notResource, principal, notPrincipal, condition } = node;
  const lists = [resource, notResource, ...(principal?.groups ?? []), ...(notPrincipal?.groups ?? [])];
  const values = (condition?.operators ?? []).flatMap(({ keys }) => keys);
  return [
    ...[...lists, ...values].flatMap((list) => (list === undefined ? [] : repeatedItems(list))),
    ...[action, notAction].flatMap((list) => (list === undefined ? [] : coveredItems(list))),
  ];
}

function repeatedItems({ items }: ListMember): readonly Finding[] {
  const seen = new Set<string>();
  return items.flatMap((item): Finding[] => {
    const isRepeated = seen.has(item.text);
    seen.add(item.text);
    return isRepeated ? [{ code: 'KMSP037', span: item, message: 'This value is in the list already.' }] : [];
  });
}

/** Wildcards of a list that are compared with its other entries; nobody needs more, and each costs time. */
const mostWildcards = 50;

/** Actions that another entry of the list stands for, be it the same or a wildcard. */
function coveredItems({ items }: ListMember): readonly Finding[] {
  const seen = new Set<string>();
  const wild = items
    .filter(({ text }) => /[*?]/.test(text))
    .slice(0, mostWildcards)
    .map((item) => ({ item, pattern: wildcardPattern(item.text.toLowerCase()) }));
  return items.flatMap((item): Finding[] => {
    const lower = item.text.toLowerCase();
    const isRepeated = seen.has(lower);
    seen.add(lower);
    const cover = isRepeated ? item : wild.find(({ item: other, pattern }) => covers(pattern, other, item, lower))?.item;
    if (cover === undefined) return [];
    return [{ code: 'KMSP037', span: item, message: cover === item ? 'This action is in the list already.' : `${cover.text} covers this action already.` }];
  });
}

/** A pattern covers what it matches as text; a `?` would match a `*` as text without covering it. */
function covers(pattern: Parameters<typeof matchesPattern>[0], other: TextNode, item: TextNode, lower: string): boolean {
  if (other === item || other.text.toLowerCase() === lower) return false;
  return !(other.text.includes('?') && lower.includes('*')) && matchesPattern(pattern, lower);
}

function emptyFindings({ condition, action, notAction, resource, notResource }: StatementNode): readonly Finding[] {
  const lists = [action, notAction, resource, notResource, ...(condition?.operators ?? []).flatMap(({ keys }) => keys)];
  const empty: Span[] = lists.flatMap((list) => (list?.isList === true && list.items.length === 0 ? [list.value] : []));
  for (const operator of condition?.operators ?? []) if (operator.keys.length === 0 && operator.value.length > 0) empty.push(operator.name);
  if (condition?.operators.length === 0 && condition.value.length > 0) empty.push(condition.name);
  return empty.map((span) => ({ code: 'KMSP037', span, message: 'There is nothing in here. Fill it or leave it out.' }));
}
