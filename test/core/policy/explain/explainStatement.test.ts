import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { explainStatement } from '../../../../src/core/policy/explain/explainStatement.ts';
import { parsePolicy } from '../../../../src/core/policy/parse/parsePolicy.ts';

interface Case {
  readonly name: string;
  readonly statement: object;
  readonly sentence: string;
}

const cases = JSON.parse(readFileSync(new URL('statements.json', import.meta.url), 'utf8')) as readonly Case[];

function check({ statement, sentence }: Case): void {
  const [node] = parsePolicy(JSON.stringify({ Statement: [statement] })).statements;
  assert.equal(explainStatement(node!), sentence);
}

describe('explainStatement', () => {
  for (const each of cases) it(`tells ${each.name}`, () => { check(each); });
});
