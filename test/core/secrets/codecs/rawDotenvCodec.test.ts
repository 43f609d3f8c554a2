import assert from 'node:assert/strict';
import fc from 'fast-check';
import { rawDotenvCodec } from '../../../../src/core/secrets/codecs/rawDotenvCodec.ts';
import { checkCase, checkReplacement, type CodecCase } from './checkCodec.ts';

const cases: Record<string, CodecCase> = {
  'a bare value': { text: 'A=x\nB=1\n', path: 'A', value: 'x', encrypted: 'A=TOKEN\nB=1\n' },
  'quotes, which belong to the value': { text: 'A="x"\n', path: 'A', value: '"x"', encrypted: 'A=TOKEN\n' },
  'spaces and a #, which belong to the value': { text: 'A= x # y ', path: 'A', value: ' x # y ', encrypted: 'A=TOKEN' },
  'a second equals sign': { text: 'A=x=y', path: 'A', value: 'x=y', encrypted: 'A=TOKEN' },
  'an escaped line break': { text: 'A=l1\\nl2', path: 'A', value: 'l1\nl2', encrypted: 'A=TOKEN' },
  'a name with export and spaces': { text: 'export A =x', path: 'export A ', value: 'x', encrypted: 'export A =TOKEN' },
  'CRLF and a byte order mark': { text: '\uFEFF# c\r\n\r\nA=x\r\n', path: 'A', value: 'x', encrypted: '\uFEFF# c\r\n\r\nA=TOKEN\r\n' },
  'no value': { text: 'A=\nB=1', path: 'A', value: '', encrypted: 'A=TOKEN\nB=1' },
};

const line = fc.constantFrom('# comment', '', 'NAME=x', 'NAME="x y"', 'export NAME=1', ' NAME = x # y', 'NAME=l1\\nl2', 'NAME=');
const file = fc
  .record({ lines: fc.array(line, { maxLength: 6 }), crlf: fc.boolean(), bom: fc.constantFrom('', '\uFEFF') })
  .map(({ lines, crlf, bom }) => bom + [...lines, 'LAST=1'].map((each, index) => each.replace('NAME', `K${index}`)).join(crlf ? '\r\n' : '\n'));
const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.array(fc.constantFrom('a', '\\', 'n', '\n', '=', '#', '"', ' '), { maxLength: 8 }).map((parts) => parts.join('')));

describe('the .env codec of the raw dialect', () => {
  for (const [name, row] of Object.entries(cases)) {
    it(`encrypts and decrypts ${name}`, () => {
      checkCase(rawDotenvCodec, row);
    });
  }

  it('writes any value and changes nothing else', () => {
    fc.assert(
      fc.property(file, fc.nat(), value, (text, index, newValue) => {
        checkReplacement(rawDotenvCodec, text, index, newValue);
      }),
      { numRuns: 500 },
    );
  });

  for (const newValue of ['a\\nb', 'a\r\nb']) {
    it(`refuses to write ${JSON.stringify(newValue)}`, () => {
      assert.throws(() => rawDotenvCodec.parse('A=x')[0]?.encode(newValue), { code: 'EDIT_REFUSED' });
    });
  }

  it('names the place of a line without an equals sign and not the text', () => {
    assert.throws(() => rawDotenvCodec.parse('A=1\nhunter2\n'), {
      code: 'PARSE_ERROR',
      message: 'Cannot read the file at line 2, column 1: a line needs a name, an equals sign and a value.',
    });
  });
});
