import type { Node } from 'jsonc-parser';
import { parseJsonText, type JsonText } from './jsonText.ts';
import type { ParseFault, PolicyTree, StatementNode } from './policyTree.ts';
import { markOf, readMembers, readTextMember, spanOf, type FaultSink, type RawMember } from './readMembers.ts';
import { readStatement } from './readStatement.ts';
import { syntaxMessage } from './syntaxMessages.ts';

const elements = ['Version', 'Id', 'Statement'];

/** Reads the text of a policy. Of broken or half-typed text it keeps what it can recognise. Never throws. */
export function parsePolicy(text: string): PolicyTree {
  const faults: ParseFault[] = [];
  const sink: FaultSink = (kind, span, message) => faults.push({ kind, ...spanOf(span), message });
  const json = parseJsonText(text);
  reportSyntax(text, json, sink);
  const members = documentMembers(json.root, sink);
  const version = members.get('Version');
  const id = members.get('Id');
  const statement = members.get('Statement');
  const statements = readStatements(statement, sink);
  return {
    offset: 0,
    length: text.length,
    text,
    version: version && readTextMember(version, sink),
    id: id && readTextMember(id, sink),
    statement: statement && { ...spanOf(statement), name: statement.name, value: statement.value },
    statements,
    faults: worthTelling(faults),
  };
}

/** A name or value that is half typed is broken JSON first, and nothing else is to be said about it. */
function worthTelling(faults: readonly ParseFault[]): readonly ParseFault[] {
  const broken = new Set(faults.flatMap(({ kind, offset }) => (kind === 'syntax' ? [offset] : [])));
  return faults
    .filter(({ kind, offset }) => kind === 'syntax' || !broken.has(offset))
    .sort((one, other) => one.offset - other.offset);
}

/** After an error the parser is out of step with the rest of the line; what it finds there says nothing new. */
function reportSyntax(text: string, { errors, tooDeepAt }: JsonText, faults: FaultSink): void {
  let told = -1;
  for (const error of errors) {
    if (error.offset < told) continue;
    told = endOfLine(text, error.offset);
    faults('syntax', error, syntaxMessage(error));
  }
  if (tooDeepAt !== undefined) faults('syntax', { offset: tooDeepAt, length: 1 }, 'No policy nests this deeply.');
}

function endOfLine(text: string, offset: number): number {
  const rest = /[\r\n]/g;
  rest.lastIndex = offset;
  return rest.exec(text)?.index ?? text.length + 1;
}

function documentMembers(root: Node | undefined, faults: FaultSink): ReadonlyMap<string, RawMember> {
  const members = new Map<string, RawMember>();
  if (root === undefined) return members;
  if (root.type !== 'object') faults('type', markOf(root), 'A key policy is a JSON object in braces.');
  for (const member of root.type === 'object' ? readMembers(root, faults) : []) {
    if (elements.includes(member.name.text)) members.set(member.name.text, member);
    else faults('unknown', member.name, `A policy has no element ${member.name.text}. It can have ${elements.join(', ')}.`);
  }
  return members;
}

/** A single statement may stand without the list around it. */
function readStatements(member: RawMember | undefined, faults: FaultSink): readonly StatementNode[] {
  const json = member?.json;
  if (json === undefined) return [];
  const statements = json.type === 'array' ? (json.children ?? []) : [json];
  return statements.map((statement, index) => readStatement(statement, index, faults));
}
