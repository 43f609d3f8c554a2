import assert from 'node:assert/strict';
import dotenv from 'dotenv';
import fc from 'fast-check';
import { dotenvCodec } from '../../../../src/core/secrets/codecs/dotenvCodec.ts';
import { checkCase, checkReplacement, type CodecCase } from './checkCodec.ts';

const cases: Record<string, CodecCase> = {
  'a bare value': { text: 'A=hunter2\nB=1\n', path: 'A', value: 'hunter2', encrypted: 'A=TOKEN\nB=1\n' },
  'a bare value with inner spaces': { text: 'A= two words \n', path: 'A', value: 'two words', encrypted: 'A= TOKEN \n' },
  'an inline comment': { text: 'A=x # not this\n', path: 'A', value: 'x', encrypted: 'A=TOKEN # not this\n' },
  'an export prefix': { text: '  export  A = x', path: 'A', value: 'x', encrypted: '  export  A = TOKEN' },
  'the colon style': { text: 'A: x', path: 'A', value: 'x', encrypted: 'A: TOKEN' },
  'double quotes': { text: 'A="a # b"  # c', path: 'A', value: 'a # b', encrypted: 'A="TOKEN"  # c' },
  'single quotes': { text: "A='it\\n'", path: 'A', value: 'it\\n', encrypted: "A='TOKEN'" },
  'backticks': { text: 'A=`"it\'s"`', path: 'A', value: '"it\'s"', encrypted: 'A=`TOKEN`' },
  'escaped line breaks': { text: 'A="l1\\nl2\\n"', path: 'A', value: 'l1\nl2\n', encrypted: 'A="TOKEN"' },
  'line breaks in double quotes': {
    text: 'A="l1\r\nl2"\r\nB=1\r\n',
    path: 'A',
    value: 'l1\nl2',
    encrypted: 'A="TOKEN"\r\nB=1\r\n',
    decrypted: 'A="l1\\nl2"\r\nB=1\r\n',
  },
  'line breaks in single quotes': {
    text: "A='l1\r\nl2'\r\n",
    path: 'A',
    value: 'l1\nl2',
    encrypted: "A='TOKEN'\r\n",
  },
  'a Windows path in quotes': { text: "A='C:\\'\nB='x'", path: 'A', value: 'C:\\', encrypted: "A='TOKEN'\nB='x'", decrypted: "A=C:\\\nB='x'" },
  'a byte order mark': { text: '\uFEFFA=x\r\n', path: 'A', value: 'x', encrypted: '\uFEFFA=TOKEN\r\n' },
  'a value after lines that are no assignment': { text: 'hello\n# A=0\n\nA=x', path: 'A', value: 'x', encrypted: 'hello\n# A=0\n\nA=TOKEN' },
  'letters of any script': { text: 'A=pässwörd😀\n', path: 'A', value: 'pässwörd😀', encrypted: 'A=TOKEN\n' },
  'no value': { text: 'A=\nB=x', path: 'A', value: '', encrypted: 'A=TOKEN\nB=x' },
};

const refused: Record<string, CodecCase> = {
  'a quote that is not closed': { text: 'A="x\nB=1', path: 'A', value: '"x', refusal: /not closed/ },
  'text after the closing quote': { text: 'A="x"y\nB=1', path: 'A', value: '"x"y', refusal: /text follows/ },
  'a # that touches the value': { text: 'A=x#y\nB=1', path: 'A', value: 'x', refusal: /without a space/ },
};

/** What people write in such files, and what breaks scanners. */
const fragment = fc.constantFrom('a', 'secret', ' ', '#', '"', "'", '`', '\\', '\\n', '\n', '\r\n', '$', '=', 'é', '😀', '{', 'x y');
const value = fc.oneof(fc.array(fragment, { maxLength: 8 }).map((parts) => parts.join('')), fc.string({ unit: 'grapheme' }));
const line = fc.oneof(
  fc.constantFrom('# comment', '', 'no assignment', '  # "quoted" comment'),
  fc
    .record({
      prefix: fc.constantFrom('', 'export ', '  '),
      equals: fc.constantFrom('=', ' = ', ': '),
      token: fc.constantFrom('bare', 'two words', '"double"', "'single'", '`back`', '"multi\nline"', "'it\nis'", '"\\n"', ''),
      comment: fc.constantFrom('', ' # c', '  '),
    })
    .map(({ prefix, equals, token, comment }) => `${prefix}NAME${equals}${token}${comment}`),
);
const file = fc
  .record({ bom: fc.constantFrom('', '\uFEFF'), lines: fc.array(line, { minLength: 1, maxLength: 6 }), crlf: fc.boolean() })
  .map(({ bom, lines, crlf }) => {
    const numbered = [...lines, 'LAST=1'].map((each, index) => each.replace('NAME', `K${index}`)).join('\n');
    return bom + (crlf ? numbered.replaceAll('\n', '\r\n') : numbered);
  });

describe('the .env codec', () => {
  for (const [name, row] of Object.entries(cases)) {
    it(`encrypts and decrypts ${name}`, () => {
      checkCase(dotenvCodec, row);
      if (row.value !== '') assert.equal(dotenv.parse(row.text)[row.path], row.value);
    });
  }
  for (const [name, row] of Object.entries(refused)) {
    it(`refuses ${name} and still reads the other values`, () => {
      checkCase(dotenvCodec, row);
      assert.equal(dotenvCodec.parse(row.text).at(-1)?.value, '1');
    });
  }

  it('reads what the dotenv package reads', () => {
    fc.assert(
      fc.property(file, (text) => {
        const read = Object.fromEntries(dotenvCodec.parse(text).map(({ keyPath, value: each }) => [String(keyPath[0]), each]));
        assert.deepEqual(read, dotenv.parse(text));
      }),
    );
  });

  it('writes any value so that the dotenv package reads it, and changes nothing else', () => {
    fc.assert(
      fc.property(file, fc.nat(), value, (text, index, newValue) => {
        checkReplacement(dotenvCodec, text, index, newValue);
        const entries = dotenvCodec.parse(text);
        const entry = entries[index % entries.length]!;
        try {
          const { offset, length } = entry.valueRange;
          const after = text.slice(0, offset) + entry.encode(newValue) + text.slice(offset + length);
          assert.equal(dotenv.parse(after)[String(entry.keyPath[0])], newValue);
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'EDIT_REFUSED');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('refuses a value that no quotes can hold', () => {
    const [entry] = dotenvCodec.parse('A=x');
    assert.throws(() => entry?.encode('"\'` #'), { code: 'EDIT_REFUSED', message: /cannot hold this value/ });
  });
});
