import type { TextEdit } from '../lint/diagnostic.ts';
import { parsePolicy } from '../parse/parsePolicy.ts';
import { accountStatement, type PolicyTemplate, type TemplateKey } from './policyTemplates.ts';

const version = '2012-10-17';

/**
 * The edit that brings a template into the text of a policy: a whole policy takes the place of the text, statements go
 * behind those that are there. Where there is no list of statements, a policy with the account's own begins one.
 */
export function insertTemplate(text: string, { policyId, statements }: PolicyTemplate, key: TemplateKey): TextEdit {
  const whole = (id: string | undefined, all: readonly object[]): TextEdit => {
    const policy = { Version: version, ...(id === undefined ? {} : { Id: id }), Statement: all };
    return { offset: 0, length: text.length, text: JSON.stringify(policy, null, 2) };
  };
  if (policyId !== undefined) return whole(policyId, statements);
  const { faults, statement, statements: present } = parsePolicy(text);
  const last = present.at(-1);
  const isList = statement !== undefined && text[statement.value.offset] === '[';
  if (!isList || last === undefined || faults.some(({ kind }) => kind === 'syntax')) return whole(undefined, [accountStatement(key), ...statements]);
  const lineStart = text.lastIndexOf('\n', last.offset - 1) + 1;
  const [indent = ''] = /^[ \t]*/.exec(text.slice(lineStart, last.offset)) ?? [];
  const added = statements.map((each) => `,\n${indent}${JSON.stringify(each, null, 2).replaceAll('\n', `\n${indent}`)}`);
  return { offset: last.offset + last.length, length: 0, text: added.join('') };
}
