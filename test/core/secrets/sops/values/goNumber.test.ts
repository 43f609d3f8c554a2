import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatGoFloat, parseGoFloat, parseGoInteger } from '../../../../../src/core/secrets/sops/values/goNumber.ts';

const floats: Readonly<Record<string, number>> = {
  '1000000000000000000000': 1e21,
  '0.0000001': 1e-7,
  '1.5': 1.5,
  '1': 1,
  '0': 0,
  '-0': -0,
  '-123.25': -123.25,
  '123456789012345680000000000000': 123456789012345680000000000000,
  '0.1': 0.1,
  '+Inf': Infinity,
  '-Inf': -Infinity,
  'NaN': NaN,
};

describe('numbers as Go writes them', () => {
  for (const [text, value] of Object.entries(floats)) {
    it(`have ${text} for ${value}, and back`, () => {
      assert.equal(formatGoFloat(value), text);
      assert.ok(Object.is(parseGoFloat(text), value));
    });
  }

  it('have no exponent and lose nothing', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        const text = formatGoFloat(value);
        assert.doesNotMatch(text, /e/i);
        assert.ok(Object.is(parseGoFloat(text), value));
      }),
    );
  });

  it('are no other texts', () => {
    for (const text of ['', 'x', '1e999', '0x1', '.', '1_0', ' 1']) assert.equal(parseGoFloat(text), undefined, text);
  });

  it('are integers in every base that Go knows by its prefix', () => {
    const cases = { '0x1F': 31n, '0b101': 5n, '0o17': 15n, '017': 15n, '-0': 0n, '+5': 5n, '-0X10': -16n, '0': 0n };
    for (const [text, value] of Object.entries(cases)) assert.equal(parseGoInteger(text), value, text);
    for (const text of ['08', '1.0', '0x', '', '-', '1_0', '0b2']) assert.equal(parseGoInteger(text), undefined, text);
  });
});
