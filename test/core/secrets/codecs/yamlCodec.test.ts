import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { yamlCodec } from '../../../../src/core/secrets/codecs/yamlCodec.ts';
import { checkCase, checkReplacement, type CodecCase } from './checkCodec.ts';

const cases: Record<string, CodecCase> = {
  'a plain scalar': { text: 'a: x # c\nb: 1\n', path: 'a', value: 'x', encrypted: 'a: TOKEN # c\nb: 1\n' },
  'words': { text: 'a: two words\r\nb: 1\r\n', path: 'a', value: 'two words', encrypted: 'a: TOKEN\r\nb: 1\r\n' },
  'single quotes': { text: "a: 'it''s' # c", path: 'a', value: "it's", encrypted: "a: 'TOKEN' # c" },
  'double quotes': { text: 'a: "x\\ty"', path: 'a', value: 'x\ty', encrypted: 'a: "TOKEN"' },
  'a plain scalar of two lines': {
    text: 'a: one\n  two # c\nb: 1',
    path: 'a',
    value: 'one two',
    encrypted: 'a: TOKEN # c\nb: 1',
    decrypted: 'a: one two # c\nb: 1',
  },
  'a number, which becomes a quoted string': {
    text: 'a: 0123\nb: 1\n',
    path: 'a',
    value: '0123',
    encrypted: "a: 'TOKEN'\nb: 1\n",
    decrypted: "a: '0123'\nb: 1\n",
  },
  'a boolean of YAML 1.1, which becomes a quoted string': {
    text: 'a: yes',
    path: 'a',
    value: 'yes',
    encrypted: "a: 'TOKEN'",
    decrypted: "a: 'yes'",
  },
  'an item of a list': { text: '- x\n- z\n', path: '1', value: 'z', encrypted: '- x\n- TOKEN\n' },
  'flow collections': { text: 'a: {b: [x, "y"]}', path: 'a.b.0', value: 'x', encrypted: 'a: {b: [TOKEN, "y"]}' },
  'a second document': { text: 'a: 1\n---\nb: x\n', path: 'b', value: 'x', encrypted: 'a: 1\n---\nb: TOKEN\n' },
  'a literal block': {
    text: 'a: | # key\r\n    l1\r\n\r\n     l2\r\nb: 1\r\n',
    path: 'a',
    value: 'l1\n\n l2\n',
    encrypted: 'a: |- # key\r\n    TOKEN\r\nb: 1\r\n',
  },
  'a literal block at the end without a line break': {
    text: 'a: |-\n  l1\n  l2',
    path: 'a',
    value: 'l1\nl2',
    encrypted: 'a: |-\n  TOKEN',
  },
  'a folded block': { text: 'a: >-\n  one\n  two\n\nb: 1\n', path: 'a', value: 'one two', encrypted: 'a: >-\n  TOKEN\n\nb: 1\n', decrypted: 'a: >-\n  one two\n\nb: 1\n' },
  'a block that keeps its line breaks': {
    text: 'a: |+\n  x\n\n\nb: 1\n',
    path: 'a',
    value: 'x\n\n\n',
    encrypted: 'a: |-\n  TOKEN\n\n\nb: 1\n',
    decrypted: 'a: "x\\n\\n\\n"\n\n\nb: 1\n',
  },
  'a document with directives between others': {
    text: '%YAML 1.2\n---\na: 1\n...\n%YAML 1.2\n--- # c\na: x\n---\nb: 2\n',
    path: 'a',
    value: '1',
    encrypted: "%YAML 1.2\n---\na: 'TOKEN'\n...\n%YAML 1.2\n--- # c\na: x\n---\nb: 2\n",
    decrypted: "%YAML 1.2\n---\na: '1'\n...\n%YAML 1.2\n--- # c\na: x\n---\nb: 2\n",
  },
  'a flow mapping of several lines': {
    text: 'a: {\n  b: x, # c\n  "d": [ y,\n    z ],\n}\n',
    path: 'a.d.1',
    value: 'z',
    encrypted: 'a: {\n  b: x, # c\n  "d": [ y,\n    TOKEN ],\n}\n',
  },
  'a plain scalar in a flow sequence that a bracket touches': { text: 'a: [x]', path: 'a.0', value: 'x', encrypted: 'a: [TOKEN]' },
  'double quotes over several lines': { text: 'a: "one\n  two\\\n  three"\nb: 1', path: 'a', value: 'one twothree', encrypted: 'a: "TOKEN"\nb: 1', decrypted: 'a: "one twothree"\nb: 1' },
  'a literal block as an item of a list': { text: '- |\n  l1\n  l2\n- b\n', path: '0', value: 'l1\nl2\n', encrypted: '- |-\n  TOKEN\n- b\n' },
  'a literal block with an indentation indicator': {
    text: 'a: |2-\n    l1\n   l2\nb: 1\n',
    path: 'a',
    value: '  l1\n l2',
    encrypted: "a: 'TOKEN'\nb: 1\n",
    decrypted: 'a: "  l1\\n l2"\nb: 1\n',
  },
  'a value of a mapping that is merged elsewhere': {
    text: 'base: &base\n  password: x\nprod:\n  <<: *base\n  b: 1\n',
    path: 'base.password',
    value: 'x',
    encrypted: 'base: &base\n  password: TOKEN\nprod:\n  <<: *base\n  b: 1\n',
  },
  'a value under a complex key': { text: '? [k]\n: x\na: yy\n', path: 'a', value: 'yy', encrypted: '? [k]\n: x\na: TOKEN\n' },
  'an anchor that nothing repeats': { text: 'a: &k x\nb: 1', path: 'a', value: 'x', encrypted: 'a: &k TOKEN\nb: 1' },
  'the string tag': { text: 'a: !!str x', path: 'a', value: 'x', encrypted: 'a: !!str TOKEN' },
  'a byte order mark': { text: '\uFEFFa: x\r\n', path: 'a', value: 'x', encrypted: '\uFEFFa: TOKEN\r\n' },
};

const refused: Record<string, CodecCase> = {
  'an anchor with an alias': { text: 'a: &k x\nb: *k\n', path: 'a', value: 'x', refusal: /anchor/ },
  'an alias': { text: 'a: &k x\nb: *k\n', path: 'b', value: '*k', refusal: /alias/ },
  'an alias in a flow sequence': { text: 'a: &k x\nb: [*k, y]\n', path: 'b.0', value: '*k', refusal: /alias/ },
  'a merge key': { text: 'a: &k {b: 1}\nc:\n  <<: *k\n', path: 'c.<<', value: '*k', refusal: /alias/ },
  'a block with an anchor and an alias': { text: 'a: &k |\n  x\nb: *k\n', path: 'a', value: 'x\n', refusal: /anchor/ },
  'a number tag': { text: 'a: !!int 5', path: 'a', value: '5', refusal: /tag/ },
  'a tag of its own': { text: 'a: !secret x', path: 'a', value: 'x', refusal: /tag/ },
};

const fragment = fc.constantFrom('a', 'secret', ' ', ': ', ' #', '"', "'", '- ', '\n', '\t', '[', '}', '&', '*', '!', '%', '1', 'é', '😀', '\u2028', '\u0085');
const value = fc.oneof(
  fc.array(fragment, { maxLength: 8 }).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('yes', 'null', '~', '1e3', '0x1F', '12:30', '2020-01-01', '-', '---', '<<', '=', '.inf', 'True', '*a', ' *a'),
);
const token = fc.constantFrom(
  'plain', 'two words', "'single'", '"double"', '42', 'no', '[x, {y: z}]', '|\n  l1\n  l2', '>-\n    f1\n    f2', '|+\n  k\n\n', 'm1\n  m2',
  '# c\n  nested: deep', '\n  - i1\n  - "i2"', '|2\n    indented',
);
const file = fc
  .record({ tokens: fc.array(token, { minLength: 1, maxLength: 5 }), crlf: fc.boolean(), end: fc.constantFrom('', '\n', '\n# end\n', '\n---\nz: 1\n') })
  .map(({ tokens, crlf, end }) => {
    const text = tokens.map((each, index) => `k${index}: ${each}`).join('\n# c\n') + end;
    return crlf ? text.replaceAll('\n', '\r\n') : text;
  });

describe('the YAML codec', () => {
  for (const [name, row] of Object.entries(cases)) {
    it(`encrypts and decrypts ${name}`, () => {
      checkCase(yamlCodec, row);
    });
  }
  for (const [name, row] of Object.entries(refused)) {
    it(`refuses ${name}`, () => {
      checkCase(yamlCodec, row);
    });
  }

  it('writes any value and changes nothing else', () => {
    fc.assert(
      fc.property(file, fc.nat(), value, (text, index, newValue) => {
        checkReplacement(yamlCodec, text, index, newValue);
      }),
      { numRuns: 300 },
    );
  });

  it('writes text that readers of YAML 1.2 and 1.1 take for the same text', () => {
    fc.assert(
      fc.property(fc.constantFrom('k: plain\n', "k: 'x'\n", 'k: |\n  x\n', 'k: [plain]\n'), value, (text, newValue) => {
        const entry = yamlCodec.parse(text)[0]!;
        const { offset, length } = entry.valueRange;
        const after = text.slice(0, offset) + entry.encode(newValue) + text.slice(offset + length);
        const expected = { k: text.includes('[') ? [newValue] : newValue };
        for (const version of ['1.2', '1.1'] as const) assert.deepEqual(parse(after, { version }), expected, after);
      }),
      { numRuns: 300 },
    );
  });

  it('reads every string as the yaml package does', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), value, { maxKeys: 4, noNullPrototype: true }), (object) => {
        const text = stringify(object);
        const read = yamlCodec.parse(text).map((each) => [each.keyPath[0], each.value]);
        assert.deepEqual(Object.fromEntries(read), parse(text));
      }),
    );
  });

  it('has no value for an empty node and none for a key', () => {
    assert.deepEqual(yamlCodec.parse('a:\nb: {}\n? x\n'), []);
  });

  it('names the place of a syntax error and not the text', () => {
    assert.throws(() => yamlCodec.parse('a: 1\npassword: "hunter2\n'), { code: 'PARSE_ERROR', message: /^Cannot read the file at line \d+, column \d+: [A-Z_]+\.$/ });
  });
});
