import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { compilePolicy } from '../../../../src/core/policy/compile/compilePolicy.ts';
import { contextOf } from '../../../../src/core/policy/conditions/context.ts';
import { holdsCondition } from '../../../../src/core/policy/conditions/evaluateCondition.ts';

type Values = string | number | boolean | readonly string[];
type Row = readonly [operator: string, policy: Values, request: string | readonly string[] | null, holds: boolean];

const groups = JSON.parse(readFileSync(new URL('rows.json', import.meta.url), 'utf8')) as readonly { name: string; rows: readonly Row[] }[];

function holds(operator: string, policy: Values, request: string | readonly string[] | null, version?: string): boolean {
  const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition: { [operator]: { 'kms:Test': policy } } };
  const [compiled] = compilePolicy(JSON.stringify({ Version: version, Statement: statement })).statements;
  const condition = compiled!.conditions[0]!;
  const facts = { 'aws:username': 'alice', star: '*', several: ['a', 'b'] };
  return holdsCondition(condition, contextOf(request === null ? facts : { ...facts, 'KMS:test': request }));
}

function check([operator, policy, request, expected]: Row): void {
  assert.equal(holds(operator, policy, request, '2012-10-17'), expected);
}

describe('A condition', () => {
  for (const { name, rows } of groups) {
    describe(`with ${name}`, () => {
      for (const row of rows) {
        const [operator, policy, request, expected] = row;
        it(`${expected ? 'holds' : 'fails'} for ${operator} ${JSON.stringify(policy)} and ${JSON.stringify(request)}`, () => { check(row); });
      }
    });
  }

  for (const version of ['2008-10-17', undefined]) {
    it(`takes variables as text in Version ${version ?? 'none'}`, () => {
      assert.equal(holds('StringEquals', '${aws:username}', 'alice', version), false);
      assert.equal(holds('StringEquals', '${aws:username}', '${aws:username}', version), true);
    });
  }

  it('with an unknown operator makes its statement mean nothing', () => {
    for (const operator of ['NullIfExists', 'StringIs', 'ForEach:StringEquals', 'stringequals']) {
      const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition: { [operator]: { 'aws:username': 'a' } } };
      assert.deepEqual(compilePolicy(JSON.stringify({ Statement: statement })).statements, [], operator);
    }
  });
});
