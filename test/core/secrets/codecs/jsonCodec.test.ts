import assert from 'node:assert/strict';
import fc from 'fast-check';
import { jsonCodec } from '../../../../src/core/secrets/codecs/jsonCodec.ts';
import { checkCase, checkReplacement, type CodecCase } from './checkCodec.ts';

const cases: Record<string, CodecCase> = {
  'a string': { text: '{ "a": "x",\r\n\t"b": 1 }', path: 'a', value: 'x', encrypted: '{ "a": "TOKEN",\r\n\t"b": 1 }' },
  'a nested string': { text: '{"a":{"b":[0,{"c":"x"}]}}', path: 'a.b.1.c', value: 'x', encrypted: '{"a":{"b":[0,{"c":"TOKEN"}]}}' },
  'an item of a list': { text: '["x", "y"]', path: '1', value: 'y', encrypted: '["x", "TOKEN"]' },
  'escapes': { text: '{"a":"\\"q\\" \\\\ \\n"}', path: 'a', value: '"q" \\ \n', encrypted: '{"a":"TOKEN"}' },
  'a number, which becomes a string': {
    text: '{"a": 1.50, "b": 2}',
    path: 'a',
    value: '1.50',
    encrypted: '{"a": "TOKEN", "b": 2}',
    decrypted: '{"a": "1.50", "b": 2}',
  },
  'a boolean, which becomes a string': { text: '{"a":true}', path: 'a', value: 'true', encrypted: '{"a":"TOKEN"}', decrypted: '{"a":"true"}' },
  'comments and trailing commas': {
    text: '// c\n{ /* "a": 0 */ "a": "x", // d\n}',
    path: 'a',
    value: 'x',
    encrypted: '// c\n{ /* "a": 0 */ "a": "TOKEN", // d\n}',
  },
  'a byte order mark': { text: '\uFEFF{"a":"x"}', path: 'a', value: 'x', encrypted: '\uFEFF{"a":"TOKEN"}' },
};

const json = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom<unknown>(0, -1.5, true, null),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie('node'), { maxKeys: 3 }),
  ),
})).node;
const file = fc
  .record({ root: json, indent: fc.constantFrom('', '  ', '\t'), crlf: fc.boolean(), bom: fc.constantFrom('', '\uFEFF') })
  .map(({ root, indent, crlf, bom }) => {
    const text = JSON.stringify({ first: 'x', root }, null, indent).replace(/(?<=[,{])\n/g, ' // "c"\n');
    return bom + (crlf ? text.replaceAll('\n', '\r\n') : text);
  });

describe('the JSON codec', () => {
  for (const [name, row] of Object.entries(cases)) {
    it(`encrypts and decrypts ${name}`, () => {
      checkCase(jsonCodec, row);
    });
  }

  it('writes any value and changes nothing else', () => {
    fc.assert(
      fc.property(file, fc.nat(), fc.string({ unit: 'grapheme' }), (text, index, newValue) => {
        checkReplacement(jsonCodec, text, index, newValue);
      }),
    );
  });

  it('has no value for null', () => {
    assert.deepEqual(jsonCodec.parse('{"a": null}'), []);
  });

  it('names the place of a syntax error and not the text', () => {
    assert.throws(() => jsonCodec.parse('{\n  "password": hunter2\n}'), {
      code: 'PARSE_ERROR',
      message: 'Cannot read the file at line 2, column 15: InvalidSymbol.',
    });
  });
});
