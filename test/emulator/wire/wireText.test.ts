import assert from 'node:assert/strict';
import fc from 'fast-check';
import { wireText } from '../../../src/emulator/wire/wireText.ts';

describe('The JSON of answers', () => {
  const leaf = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array(),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    fc.date({ noInvalidDate: true }),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(fc.string(), fc.oneof(tie('value'), fc.constant(undefined)), { maxKeys: 4 })),
  }));

  /** What a reader of the JSON has to find. */
  function expected(each: unknown): unknown {
    if (each instanceof Uint8Array) return Buffer.from(each).toString('base64');
    if (each instanceof Date) return each.getTime() / 1000;
    if (Array.isArray(each)) return each.map(expected);
    if (typeof each !== 'object' || each === null) return Object.is(each, -0) ? 0 : each;
    return Object.fromEntries(Object.entries(each).filter(([, member]) => member !== undefined).map(([name, member]) => [name, expected(member)]));
  }

  it('reads as what was answered: blobs in base64, times in seconds, no absent members', () => {
    fc.assert(
      fc.property(value, (each) => {
        assert.deepEqual(JSON.parse(wireText(each)), JSON.parse(JSON.stringify(expected(each))));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the fraction of a second', () => {
    assert.equal(wireText({ CreationDate: new Date(1_700_000_000_123), Empty: [], None: undefined }), '{"CreationDate":1700000000.123,"Empty":[]}');
  });
});
