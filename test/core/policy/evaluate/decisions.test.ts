import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { DecidingStatement, FailedCondition } from '../../../../src/core/policy/evaluate/decision.ts';
import { evaluate } from '../../../../src/core/policy/evaluate/evaluate.ts';
import { requestOf, type DecisionCase } from './caseRequest.ts';

const folder = new URL('cases/', import.meta.url);

function statementText({ policy, index }: DecidingStatement): string {
  return `${policy} ${index}`;
}

function failureText({ operator, key, actual }: FailedCondition): string {
  return `${operator} ${key}: ${actual?.join(', ') ?? 'nothing'}`;
}

function check(each: DecisionCase): void {
  const decision = evaluate(requestOf(each));
  const { expect } = each;
  assert.equal(decision.allowed, expect.allowed, decision.sentence);
  assert.equal(decision.suffix === undefined, expect.allowed);
  assert.match(decision.sentence, /^(?:A|Grant|KMS|Nothing|Statement|The|This).*\.$/);
  if (expect.kind !== undefined) assert.equal(decision.kind, expect.kind, decision.sentence);
  if (expect.action !== undefined) assert.equal(decision.action, expect.action);
  if (expect.suffix !== undefined) assert.equal(decision.suffix, expect.suffix);
  if (expect.statements !== undefined) assert.deepEqual(decision.statements.map(statementText), expect.statements);
  if (expect.grants !== undefined) assert.deepEqual(decision.grants, expect.grants);
  if (expect.failed !== undefined) assert.deepEqual(decision.failedConditions.map(failureText), expect.failed);
  if (expect.sentence !== undefined) assert.equal(decision.sentence, expect.sentence);
}

describe('evaluate', () => {
  for (const file of readdirSync(folder).sort()) {
    describe(`by ${file}`, () => {
      const cases = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as readonly DecisionCase[];
      for (const each of cases) it(each.name, () => { check(each); });
    });
  }
});
