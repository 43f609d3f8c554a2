import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type CborValue, readCbor, writeCborStrings } from '../../../../src/emulator/crypto/encoding/cbor.ts';
import { MalformedData } from '../../../../src/emulator/crypto/encoding/malformedData.ts';

const read = (hex: string): CborValue => readCbor(Buffer.from(hex, 'hex'));

describe('CBOR', () => {
  // Examples of RFC 8949, appendix A.
  const examples: readonly (readonly [hex: string, value: CborValue])[] = [
    ['00', 0],
    ['17', 23],
    ['1818', 24],
    ['1903e8', 1000],
    ['1a000f4240', 1_000_000],
    ['1b000000e8d4a51000', 1_000_000_000_000],
    ['20', -1],
    ['3903e7', -1000],
    ['f4', false],
    ['f5', true],
    ['f6', null],
    ['4401020304', Buffer.from([1, 2, 3, 4])],
    ['6449455446', 'IETF'],
    ['63e6b0b4', '\u6c34'],
    ['80', []],
    ['8301820203820405', [1, [2, 3], [4, 5]]],
    ['a201020304', new Map([[1, 2], [3, 4]])],
    ['a26161016162820203', new Map<string, CborValue>([['a', 1], ['b', [2, 3]]])],
    ['c11a514b67b0', { tag: 1, value: 1_363_896_240 }],
  ];
  for (const [hex, value] of examples) {
    it(`reads ${hex}`, () => {
      assert.deepEqual(read(hex), value);
    });
  }

  const refused: readonly (readonly [name: string, hex: string])[] = [
    ['nothing', ''],
    ['more than one value', '0000'],
    ['a string beyond the end', '44010203'],
    ['a list beyond the end', '830102'],
    ['a string of indefinite length', '5f42010243030405ff'],
    ['a list of indefinite length', '9f01ff'],
    ['a map of indefinite length', 'bf6161f5ff'],
    ['a number with a longer head than needed', '1817'],
    ['a number in four bytes that fits in two', '1a0000ffff'],
    ['a number in eight bytes that fits in four', '1b00000000ffffffff'],
    ['a number that is not exact', '1bffffffffffffffff'],
    ['a floating-point number', 'f93c00'],
    ['undefined', 'f7'],
    ['a map with the same key twice', 'a201020103'],
    ['a map with a list as a key', 'a1800 1'.replace(' ', '')],
    ['text that is not UTF-8', '61ff'],
    ['lists nested too deep', `${'81'.repeat(20)}00`],
  ];
  for (const [name, hex] of refused) {
    it(`does not read ${name}`, () => {
      assert.throws(() => read(hex), MalformedData);
    });
  }

  it('reads back the lists of strings that it writes', () => {
    const item = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.uint8Array({ maxLength: 70_000, size: 'max' }));
    fc.assert(
      fc.property(fc.array(item, { maxLength: 5 }), (items) => {
        assert.deepEqual(readCbor(writeCborStrings(items)), items.map((each) => (typeof each === 'string' ? each : Buffer.from(each))));
      }),
      { numRuns: 50 },
    );
  });

  it('either reads random bytes or says that they are malformed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          readCbor(Buffer.from(bytes));
        } catch (error) {
          assert.ok(error instanceof MalformedData);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
