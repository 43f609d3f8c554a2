import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatPolicy } from '../../../src/core/policy/formatPolicy.ts';

describe('formatPolicy', () => {
  it('puts one element on a line', () => {
    assert.equal(formatPolicy('{"Version":"2012-10-17"}'), '{\n  "Version": "2012-10-17"\n}');
  });

  it('leaves a broken text alone', () => {
    assert.equal(formatPolicy('{"Version":'), '{"Version":');
  });

  it('changes nothing but white space', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        assert.deepEqual(JSON.parse(formatPolicy(text)), JSON.parse(text));
      }),
    );
  });
});
