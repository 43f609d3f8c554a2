import assert from 'node:assert/strict';
import { compiledPolicies } from '../../../src/emulator/authorization/compiledPolicies.ts';

const text = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*', ...statement } });

describe('Compiled policies', () => {
  it('are compiled once for each text, and kept in a bounded number', () => {
    const compile = compiledPolicies();
    const first = compile(text({ Sid: 'first' }));
    assert.equal(compile(text({ Sid: 'first' })), first);
    for (let count = 0; count < 1000; count += 1) compile(text({ Sid: `filler ${count}` }));
    assert.notEqual(compile(text({ Sid: 'first' })), first);
    assert.equal(compile(text({ Sid: 'filler 999' })), compile(text({ Sid: 'filler 999' })));
  });

  const rows: readonly (readonly [title: string, statement: object, asksContext: boolean])[] = [
    ['nothing', {}, false],
    ['a pattern', { Resource: 'arn:aws:kms:*:111122223333:key/*' }, false],
    ['a condition', { Condition: { Bool: { 'kms:MultiRegion': 'true' } } }, true],
    ['a variable in its resource', { Resource: 'arn:aws:kms:*:${aws:PrincipalAccount}:key/*' }, true],
  ];
  for (const [title, statement, asksContext] of rows) {
    it(`${asksContext ? 'ask' : 'do not ask'} for condition keys with ${title}`, () => {
      assert.equal(compiledPolicies()(text(statement)).asksContext, asksContext);
    });
  }
});
