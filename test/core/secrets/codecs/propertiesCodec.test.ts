import assert from 'node:assert/strict';
import { parse } from 'dot-properties';
import fc from 'fast-check';
import { propertiesCodec } from '../../../../src/core/secrets/codecs/propertiesCodec.ts';
import { checkCase, checkReplacement, type CodecCase } from './checkCodec.ts';

const cases: Record<string, CodecCase> = {
  'a dotted name': { text: 'spring.datasource.password=hunter2\nb=1\n', path: 'spring.datasource.password', value: 'hunter2', encrypted: 'spring.datasource.password=TOKEN\nb=1\n' },
  'spaces around the equals sign': { text: '  a =  x y \r\nb=1', path: 'a', value: 'x y ', encrypted: '  a =  TOKEN\r\nb=1', decrypted: '  a =  x y \r\nb=1' },
  'a colon as separator': { text: 'a: x=y', path: 'a', value: 'x=y', encrypted: 'a: TOKEN' },
  'a space as separator': { text: 'a x', path: 'a', value: 'x', encrypted: 'a TOKEN' },
  'comments': { text: '# a=0\n ! a=1\n\na=x # no comment', path: 'a', value: 'x # no comment', encrypted: '# a=0\n ! a=1\n\na=TOKEN' },
  'escapes': { text: 'a=C:\\\\dir\\t\\u00e9\\n', path: 'a', value: 'C:\\dir\té\n', encrypted: 'a=TOKEN', decrypted: 'a=C:\\\\dir\\t\\u00E9\\n' },
  'an escaped name': { text: 'a\\ b\\=c=x', path: 'a b=c', value: 'x', encrypted: 'a\\ b\\=c=TOKEN' },
  'a value of several lines': { text: 'a=x,\\\r\n    y\r\nb=1\r\n', path: 'a', value: 'x,y', encrypted: 'a=TOKEN\r\nb=1\r\n', decrypted: 'a=x,y\r\nb=1\r\n' },
  'a value on the line after its name': { text: 'a=\\\n  x\nb=1', path: 'a', value: 'x', encrypted: 'a=\\\n  TOKEN\nb=1' },
  'a name of two lines that end in CRLF': { text: 'a\\\r\n  b=x\r\nc=1', path: 'ab', value: 'x', encrypted: 'a\\\r\n  b=TOKEN\r\nc=1' },
  'a name of two lines that end in CR': { text: 'a\\\r  b=x\rc=1', path: 'ab', value: 'x', encrypted: 'a\\\r  b=TOKEN\rc=1' },
  'a backslash before another at the end of a line': { text: 'a=x\\\\\r\nb=1', path: 'a', value: 'x\\', encrypted: 'a=TOKEN\r\nb=1' },
  'a backslash at the end of the text': { text: 'a=x\\', path: 'a', value: 'x', encrypted: 'a=TOKEN', decrypted: 'a=x' },
  'leading spaces in a value': { text: 'a=\\  x', path: 'a', value: '  x', encrypted: 'a=TOKEN' },
  'letters that ISO-8859-1 lacks': { text: 'a=\\u0142\\uD83D\\uDE00', path: 'a', value: 'ł😀', encrypted: 'a=TOKEN' },
  'a name alone': { text: 'a\nb=1', path: 'a', value: '', encrypted: 'a=TOKEN\nb=1', decrypted: 'a=\nb=1' },
  'a byte order mark': { text: '\uFEFFa=x\r\n', path: 'a', value: 'x', encrypted: '\uFEFFa=TOKEN\r\n' },
};

const fragment = fc.constantFrom('a', 'secret', ' ', '#', '!', '=', ':', '\\', '\\u', '\n', '\r', '\t', '\f', 'é', 'ł', '😀', '"', '\u2028', '\u0000');
const value = fc.oneof(fc.array(fragment, { maxLength: 8 }).map((parts) => parts.join('')), fc.string({ unit: 'grapheme' }));
const line = fc.oneof(
  fc.constantFrom('# comment', '! comment \\', '', '   '),
  fc
    .record({
      indentation: fc.constantFrom('', '  ', '\t'),
      separator: fc.constantFrom('=', ' = ', ':', ' : ', ' ', '\t', ' \\\n  ', '=\\\n '),
      token: fc.constantFrom('bare', 'two words', 'x\\\n  y', '\\u0041\\u00e9', 'C:\\\\d', '=x', '', 'é', '# no comment', 'x\\\\', 'x \\\n\\\n y'),
    })
    .map(({ indentation, separator, token }) => `${indentation}NAME${separator}${token}`),
);
const file = fc
  .record({ bom: fc.constantFrom('', '\uFEFF'), lines: fc.array(line, { minLength: 1, maxLength: 6 }), crlf: fc.boolean() })
  .map(({ bom, lines, crlf }) => {
    const numbered = [...lines, 'LAST=1'].map((each, index) => each.replace('NAME', `k${index}`)).join('\n');
    return bom + (crlf ? numbered.replaceAll('\n', '\r\n') : numbered);
  });

describe('the properties codec', () => {
  for (const [name, row] of Object.entries(cases)) {
    it(`encrypts and decrypts ${name}`, () => {
      checkCase(propertiesCodec, row);
    });
  }

  it('refuses an escape that Java cannot read', () => {
    checkCase(propertiesCodec, { text: 'a=C:\\users\nb=1', path: 'a', value: 'C:users', refusal: /four hexadecimal digits/ });
    assert.equal(propertiesCodec.parse('a=C:\\\\users')[0]?.refusal, undefined);
  });

  it('reads what the dot-properties package reads', () => {
    fc.assert(
      fc.property(file, (text) => {
        const read = Object.fromEntries(propertiesCodec.parse(text).map(({ keyPath, value: each }) => [String(keyPath[0]), each]));
        assert.deepEqual(read, parse(text.replace('\uFEFF', '').replaceAll('\r\n', '\n')));
      }),
    );
  });

  it('writes any value as printable ASCII and changes nothing else', () => {
    fc.assert(
      fc.property(file, fc.nat(), value, (text, index, newValue) => {
        checkReplacement(propertiesCodec, text, index, newValue);
        const entries = propertiesCodec.parse(text);
        assert.match(entries[index % entries.length]!.encode(newValue), /^[\u0020-\u007e]*$/);
      }),
      { numRuns: 1000 },
    );
  });
});
