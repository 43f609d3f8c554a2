import type { Node } from 'jsonc-parser';

export interface ShapeProblem {
  readonly message: string;
  readonly offset: number;
  readonly length: number;
}

/** The grammar of IAM policies: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
const documentElements = ['Version', 'Id', 'Statement'];
const versions = ['2012-10-17', '2008-10-17'];
const effects = ['Allow', 'Deny'];
const statementElements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];
/** A statement has exactly one of each pair. */
const elementPairs: readonly (readonly [string, string])[] = [
  ['Principal', 'NotPrincipal'],
  ['Action', 'NotAction'],
  ['Resource', 'NotResource'],
];

/** What is wrong with the elements of a policy that is valid JSON, in the order of the text. */
export function policyShapeProblems(root: Node | undefined): readonly ShapeProblem[] {
  if (root?.type !== 'object') {
    return [{ message: 'A key policy is a JSON object in braces.', offset: root?.offset ?? 0, length: root?.length ?? 0 }];
  }
  return [
    ...elementProblems(root, documentElements, 'A policy'),
    ...valueProblems(root, 'Version', versions),
    ...statementsProblems(root),
  ].sort((one, other) => one.offset - other.offset);
}

function statementsProblems(root: Node): ShapeProblem[] {
  const value = member(root, 'Statement');
  if (value === undefined) return [problem(root, 'The policy has no Statement, so it allows nothing.')];
  const statements = value.type === 'array' ? (value.children ?? []) : [value];
  if (statements.length === 0) return [problem(value, 'The policy has no Statement, so it allows nothing.')];
  return statements.flatMap(statementProblems);
}

function statementProblems(statement: Node): ShapeProblem[] {
  if (statement.type !== 'object') return [problem(statement, 'A statement is a JSON object in braces.')];
  return [
    ...elementProblems(statement, statementElements, 'A statement'),
    ...(member(statement, 'Effect') === undefined
      ? [problem(statement, 'The statement needs an Effect: "Allow" or "Deny".')]
      : valueProblems(statement, 'Effect', effects)),
    ...elementPairs.flatMap((pair) => pairProblems(statement, pair)),
  ];
}

function pairProblems(statement: Node, [name, opposite]: readonly [string, string]): ShapeProblem[] {
  const present = [name, opposite].filter((each) => member(statement, each) !== undefined);
  if (present.length === 1) return [];
  const message =
    present.length === 0
      ? `The statement needs a ${name} or a ${opposite}.`
      : `A statement has either ${name} or ${opposite}, not both.`;
  return [problem(statement, message)];
}

function elementProblems(object: Node, known: readonly string[], what: string): ShapeProblem[] {
  const seen = new Set<unknown>();
  return (object.children ?? []).flatMap((property) => {
    const name = property.children?.[0];
    if (name === undefined) return [];
    const text = String(name.value);
    const twice = seen.has(text);
    seen.add(text);
    if (twice) return [problem(name, `The element ${text} is there twice.`)];
    return known.includes(text) ? [] : [problem(name, `${what} has no element of this name. It can have ${known.join(', ')}.`)];
  });
}

function valueProblems(object: Node, name: string, allowed: readonly string[]): ShapeProblem[] {
  const value = member(object, name);
  if (value === undefined || allowed.some((each) => each === value.value)) return [];
  return [problem(value, `${name} must be ${allowed.map((each) => `"${each}"`).join(' or ')}.`)];
}

function member(object: Node, name: string): Node | undefined {
  return object.children?.find(({ children }) => children?.[0]?.value === name)?.children?.[1];
}

/** Marks a whole scalar, and of an object or an array its opening bracket, so that the mark stays readable. */
function problem(node: Node, message: string): ShapeProblem {
  const isContainer = node.type === 'object' || node.type === 'array';
  return { message, offset: node.offset, length: isContainer ? 1 : node.length };
}
