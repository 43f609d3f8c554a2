import type { Node } from 'jsonc-parser';
import type { ConditionMember, OperatorMember, PrincipalMember, StatementNode } from './policyTree.ts';
import { markOf, readListMember, readMembers, readTextMember, spanOf, type FaultSink, type RawMember } from './readMembers.ts';

const elements = [
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

/** The elements of a statement; what a statement cannot have is a fault and is left out. */
export function readStatement(json: Node, index: number, faults: FaultSink): StatementNode {
  const members = new Map<string, RawMember>();
  for (const member of json.type === 'object' ? readMembers(json, faults) : []) {
    if (elements.includes(member.name.text)) members.set(member.name.text, member);
    else faults('unknown', member.name, `A statement has no element ${member.name.text}. It can have ${elements.join(', ')}.`);
  }
  if (json.type !== 'object') faults('type', markOf(json), 'A statement is a JSON object in braces.');
  const read = <T>(name: string, reader: (member: RawMember, faults: FaultSink) => T): T | undefined => {
    const member = members.get(name);
    return member === undefined ? undefined : reader(member, faults);
  };
  return {
    ...spanOf(json),
    index,
    sid: read('Sid', readTextMember),
    effect: read('Effect', readTextMember),
    principal: read('Principal', readPrincipal),
    notPrincipal: read('NotPrincipal', readPrincipal),
    action: read('Action', readListMember),
    notAction: read('NotAction', readListMember),
    resource: read('Resource', readListMember),
    notResource: read('NotResource', readListMember),
    condition: read('Condition', readCondition),
  };
}

function readPrincipal(member: RawMember, faults: FaultSink): PrincipalMember {
  const { json, ...node } = member;
  if (json?.type === 'string') {
    return { ...node, text: readTextMember(member, faults).content, groups: [] };
  }
  if (json !== undefined && json.type !== 'object') {
    faults('type', markOf(json), `${member.name.text} takes "*" or an object such as {"AWS": "..."}.`);
  }
  const groups = json?.type === 'object' ? readMembers(json, faults) : [];
  return { ...node, text: undefined, groups: groups.map((group) => readListMember(group, faults)) };
}

function readCondition(member: RawMember, faults: FaultSink): ConditionMember {
  const { json, ...node } = member;
  if (json !== undefined && json.type !== 'object') {
    faults('type', markOf(json), 'Condition takes an object of operators, such as {"StringEquals": {...}}.');
  }
  const operators = json?.type === 'object' ? readMembers(json, faults) : [];
  return { ...node, operators: operators.map((operator) => readOperator(operator, faults)) };
}

function readOperator(member: RawMember, faults: FaultSink): OperatorMember {
  const { json, ...node } = member;
  if (json !== undefined && json.type !== 'object') {
    faults('type', markOf(json), `${member.name.text} takes an object of condition keys, such as {"kms:ViaService": "..."}.`);
  }
  const keys = json?.type === 'object' ? readMembers(json, faults) : [];
  return { ...node, keys: keys.map((key) => readListMember(key, faults, true)) };
}
