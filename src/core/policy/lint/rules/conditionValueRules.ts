import type { ConditionKeyType } from '../../catalog/catalogRows.ts';
import { ipRangeOf } from '../../conditions/ipRange.ts';
import { operatorRows, type OperatorRow } from '../../conditions/operators.ts';
import { dateOf, numberOf } from '../../conditions/scalars.ts';
import type { OperatorMember, TextNode } from '../../parse/policyTree.ts';
import type { Finding } from '../diagnostic.ts';
import { nearest, replaceFix } from '../fixes.ts';
import type { ConditionView, LintedPolicy, StatementView } from '../statementView.ts';

const operatorNames = operatorRows.map(({ name }) => name);

/** KMSP021 and KMSP024 to KMSP027: operators, and whether keys and values go with them. */
export function conditionValueRules({ statements }: LintedPolicy): readonly Finding[] {
  return statements.flatMap((statement) => [
    ...operatorFindings(statement),
    ...statement.conditions.flatMap((condition) => [
      ...typeFindings(condition),
      ...valueFindings(condition),
      ...setFindings(condition, statement),
      ...wildcardFindings(condition),
    ]),
  ]);
}

function operatorFindings({ node, conditions }: StatementView): readonly Finding[] {
  const known = new Set(conditions.filter(({ operator }) => operator !== undefined).map(({ operatorNode }) => operatorNode));
  const unknown = (node.condition?.operators ?? []).filter((member) => !known.has(member) && member.keys.length > 0);
  return unknown.map((member) => operatorFinding(member));
}

function operatorFinding({ name }: OperatorMember): Finding {
  if (/^(?:For\w+:)?Null.*IfExists$/i.test(name.text)) {
    const message = 'Null asks whether a key is there, so IfExists has no place behind it.';
    return { code: 'KMSP021', span: name, message, fix: replaceFix('Use Null', name, '"Null"') };
  }
  const found = nearest(name.text, operatorNames);
  const fix = found === undefined ? {} : { fix: replaceFix(`Change to ${found}`, name, `"${found}"`) };
  return { code: 'KMSP021', span: name, message: 'There is no condition operator of this name.', ...fix };
}

const operatorsByType: Readonly<Record<ConditionKeyType, string>> = {
  String: 'StringEquals or StringLike',
  Bool: 'Bool',
  Numeric: 'an operator such as NumericLessThan',
  Date: 'an operator such as DateLessThan',
  Arn: 'ArnEquals or ArnLike',
  IPAddress: 'IpAddress',
  Binary: 'BinaryEquals',
};

/** A date may be compared as a number of seconds, and StringEquals with "true" does what Bool does. */
function fitsType({ family, types }: OperatorRow, type: ConditionKeyType): boolean {
  if (types.length === 0 || types.includes(type)) return true;
  return (type === 'Date' && family === 'numeric') || (type === 'Bool' && family === 'string');
}

function typeFindings({ key, keyNode, operator }: ConditionView): readonly Finding[] {
  if (key === undefined || operator === undefined || fitsType(operator.row, key.type)) return [];
  const message = `${key.name} is of type ${key.type} and goes with ${operatorsByType[key.type]}.`;
  return [{ code: 'KMSP024', span: keyNode.name, severity: 'warning', message }];
}

function valueFindings({ keyNode, operator }: ConditionView): readonly Finding[] {
  if (operator === undefined) return [];
  const { row } = operator;
  const wrong = keyNode.items.filter(({ text }) => !(row.hasVariables && text.includes('${')) && valueFault(row, text) !== undefined);
  const findings = wrong.map((item): Finding => ({ code: 'KMSP024', span: item, message: valueFault(row, item.text) ?? '' }));
  if ((row.family !== 'bool' && row.family !== 'null') || keyNode.items.length < 2) return findings;
  return [...findings, { code: 'KMSP024', span: keyNode.name, message: `${row.name} takes one value, true or false.` }];
}

/** What a value is not that the operator needs. */
function valueFault({ family, name }: OperatorRow, text: string): string | undefined {
  switch (family) {
    case 'bool':
    case 'null':
      return /^(?:true|false)$/i.test(text) ? undefined : `${name} takes true or false.`;
    case 'numeric':
      return numberOf(text) === undefined ? `${name} takes a number.` : undefined;
    case 'date':
      return dateOf(text) === undefined ? `${name} takes a date such as 2026-01-31T12:00:00Z, or seconds since 1970.` : undefined;
    case 'ip':
      return ipRangeOf(text) === undefined ? `${name} takes an address or a block such as 203.0.113.0/24.` : undefined;
    case 'arn':
      return text === '*' || /^(?:arn|\*)(?::[^:]*){4}:./.test(text) ? undefined : `${name} takes an ARN with its six parts.`;
    case 'binary':
      return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) ? undefined : `${name} takes base64.`;
    case 'string':
      return undefined;
  }
}

/** Keys on which KMS refuses ForAllValues. */
const refused = /^(?:kms:EncryptionContext:|aws:RequestTag\/)/i;

function setFindings({ key, keyNode, operator, operatorNode }: ConditionView, { conditions }: StatementView): readonly Finding[] {
  if (key === undefined || operator === undefined) return [];
  const { name } = keyNode;
  if (key.multiValued && operator.quantifier === undefined && operator.row.family !== 'null') {
    return [{ code: 'KMSP026', span: name, message: `${key.name} can have several values. Put ForAnyValue: or ForAllValues: before the operator.` }];
  }
  if (key.multiValued || operator.quantifier !== 'ForAllValues') return [];
  const isRefused = refused.test(name.text);
  const message = `${key.name} has one value, so ForAllValues only lets requests without it through.${isRefused ? ' KMS refuses the policy.' : ''}`;
  const others = conditions.filter((each) => each.operatorNode === operatorNode);
  const isAlone = others.every((each) => each.key?.multiValued === false);
  const without = operatorNode.name.text.replace('ForAllValues:', '');
  const fix = isAlone ? { fix: replaceFix('Remove ForAllValues', operatorNode.name, `"${without}"`) } : {};
  return [{ code: 'KMSP025', span: name, severity: isRefused ? 'error' : 'warning', message, ...fix }];
}

function wildcardFindings({ operator, keyNode }: ConditionView): readonly Finding[] {
  if (operator?.row.family !== 'string' || operator.row.hasWildcards) return [];
  const isWild = ({ text }: TextNode) => /[*?]/.test(text.replaceAll(/\$\{[^}]*\}/g, ''));
  const like = operator.row.negated ? 'StringNotLike' : 'StringLike';
  return keyNode.items
    .filter(isWild)
    .map((item) => ({ code: 'KMSP027', span: item, message: `${operator.row.name} takes * and ? as they are. ${like} knows wildcards.` }));
}
