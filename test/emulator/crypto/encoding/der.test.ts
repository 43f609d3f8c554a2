import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bitString, context, derTags, integer, objectIdentifier, octetString, sequence } from '../../../../src/emulator/crypto/encoding/der.ts';
import { bitsOf, contentOf, magnitudeOf, readSequence, readValues, versionOf } from '../../../../src/emulator/crypto/encoding/derReader.ts';
import { MalformedData } from '../../../../src/emulator/crypto/encoding/malformedData.ts';

const bytes = fc.uint8Array({ maxLength: 70_000, size: 'max' }).map((array) => Buffer.from(array));
const shortBytes = fc.uint8Array({ minLength: 1, maxLength: 80 }).map((array) => Buffer.from(array));

describe('DER', () => {
  it('reads back what it writes, whatever the length', () => {
    fc.assert(
      fc.property(bytes, shortBytes, (long, short) => {
        const [first, second, third] = readSequence(sequence(octetString(long), bitString(short), context(1, octetString(short))));
        assert.deepEqual(contentOf(first, derTags.octetString), long);
        assert.deepEqual(bitsOf(second), short);
        assert.deepEqual(contentOf(readValues(contentOf(third, 0xa1))[0], derTags.octetString), short);
      }),
      { numRuns: 50 },
    );
  });

  it('writes a number in the shortest way and reads its magnitude', () => {
    fc.assert(
      fc.property(shortBytes, (number) => {
        const [value] = readValues(integer(number));
        assert.equal(BigInt(`0x${magnitudeOf(value).toString('hex')}`), BigInt(`0x${number.toString('hex')}`));
      }),
    );
  });

  const identifiers: readonly (readonly [string, string])[] = [
    ['1.2.840.113549.1.1.1', '06092a864886f70d010101'],
    ['2.16.840.1.101.3.4.1.42', '060960864801650304012a'],
    ['1.2.156.10197.1.301', '06082a811ccf5501822d'],
    ['1.3.101.112', '06032b6570'],
  ];
  for (const [dotted, encoded] of identifiers) {
    it(`writes the object identifier ${dotted}`, () => {
      assert.equal(objectIdentifier(dotted).toString('hex'), encoded);
    });
  }

  const refused: readonly (readonly [name: string, hex: string])[] = [
    ['a length that goes beyond the end', '0405aabb'],
    ['a length written longer than needed', '048101aa'],
    ['a length with a leading zero', '048200ff'.padEnd(8 + 2 * 255, '0')],
    ['an indefinite length', '3080020100' + '0000'],
    ['a tag of more than one byte', '1f810100'],
    ['a tag without a length', '04'],
  ];
  for (const [name, hex] of refused) {
    it(`does not read ${name}`, () => {
      assert.throws(() => readValues(Buffer.from(hex, 'hex')), MalformedData);
    });
  }

  it('does not read a negative number, one with a leading zero, or a long version', () => {
    for (const hex of ['0201ff', '02020001', '0200']) {
      assert.throws(() => magnitudeOf(readValues(Buffer.from(hex, 'hex'))[0]), MalformedData, hex);
    }
    assert.throws(() => versionOf(readValues(integer(Buffer.from([1, 0])))[0]), MalformedData);
  });

  it('does not read a second value after a sequence, or bits that are no whole bytes', () => {
    assert.throws(() => readSequence(Buffer.concat([sequence(), sequence()])), MalformedData);
    assert.throws(() => bitsOf(readValues(Buffer.from('030204f0', 'hex'))[0]), MalformedData);
  });
});
