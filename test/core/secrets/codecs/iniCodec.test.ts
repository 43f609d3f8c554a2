import assert from 'node:assert/strict';
import fc from 'fast-check';
import { iniCodec } from '../../../../src/core/secrets/codecs/iniCodec.ts';
import { checkCase, checkReplacement, type CodecCase } from './checkCodec.ts';

const cases: Record<string, CodecCase> = {
  'a bare value': { text: '[db]\npassword = hunter2\nb=1\n', path: 'db.password', value: 'hunter2', encrypted: '[db]\npassword = TOKEN\nb=1\n' },
  'a value before the first section': { text: 'a=x\n[s]\n', path: 'a', value: 'x', encrypted: 'a=TOKEN\n[s]\n' },
  'a value with inner spaces': { text: '[s]\r\na =  two words \r\n', path: 's.a', value: 'two words', encrypted: '[s]\r\na =  TOKEN \r\n' },
  'a comment with ; behind a value': { text: '[s] ; s\na = x ; y', path: 's.a', value: 'x', encrypted: '[s] ; s\na = TOKEN ; y' },
  'a comment with # behind a value': { text: 'a = x\t# y', path: 'a', value: 'x', encrypted: 'a = TOKEN\t# y' },
  'double quotes': { text: 'a = "x ; y" ; z', path: 'a', value: 'x ; y', encrypted: 'a = "TOKEN" ; z' },
  'single quotes': { text: "a = 'x # y'", path: 'a', value: 'x # y', encrypted: "a = 'TOKEN'" },
  'a backslash within quotes': { text: 'a = "C:\\dir\\f"', path: 'a', value: 'C:\\dir\\f', encrypted: 'a = "TOKEN"' },
  'a colon as delimiter': { text: 'a: x', path: 'a', value: 'x', encrypted: 'a: TOKEN' },
  'a colon without a space': { text: 'a:x', path: 'a', value: 'x', encrypted: 'a:TOKEN' },
  'a colon before base64': { text: 'a:QUI=', path: 'a', value: 'QUI=', encrypted: 'a:TOKEN' },
  'a colon in a name': { text: '//registry.example.com/:_authToken=x', path: '//registry.example.com/:_authToken', value: 'x', encrypted: '//registry.example.com/:_authToken=TOKEN' },
  'a colon in a value': { text: 'a = http://u:p@h/?q=1', path: 'a', value: 'http://u:p@h/?q=1', encrypted: 'a = TOKEN' },
  'a section in quotes': { text: '[remote "origin"]\n\turl = x\n\tb = 1', path: 'remote "origin".url', value: 'x', encrypted: '[remote "origin"]\n\turl = TOKEN\n\tb = 1' },
  'an array of PHP': { text: '[s]\na[] = x\na[] = y', path: 's.a[]', value: 'x', encrypted: '[s]\na[] = TOKEN\na[] = y' },
  'no value': { text: 'a =\nb = 1', path: 'a', value: '', encrypted: 'a =TOKEN\nb = 1' },
  'a comment instead of a value': { text: 'a = ; none', path: 'a', value: '', encrypted: 'a =TOKEN ; none' },
  'a byte order mark': { text: '\uFEFFa=x\r\n', path: 'a', value: 'x', encrypted: '\uFEFFa=TOKEN\r\n' },
  'lines that are no assignment': { text: '; a=0\n#a=1\nskip-networking\n\na=x\rb=1', path: 'a', value: 'x', encrypted: '; a=0\n#a=1\nskip-networking\n\na=TOKEN\rb=1' },
};

const refused: Record<string, CodecCase> = {
  'a ; that touches a bare value': { text: 'a = x;y\nb = 1', path: 'a', value: 'x;y', refusal: /some readers take it for a comment/ },
  'a # that touches a bare value': { text: 'a = p#w\nb = 1', path: 'a', value: 'p#w', refusal: /some readers/ },
  'a quote that is not closed': { text: 'a = "x\nb = 1', path: 'a', value: '"x', refusal: /not closed/ },
  'text after the closing quote': { text: 'a = "x" y\nb = 1', path: 'a', value: '"x" y', refusal: /text after/ },
  'an escaped quote': { text: 'a = "x\\"y"\nb = 1', path: 'a', value: '"x\\"y"', refusal: /backslash/ },
  'lines indented deeper': { text: '[s]\na =\n    x\n\n    y = z\nb = 1', path: 's.a', value: '', refusal: /following lines/ },
  'a backslash at the end': { text: 'a = x \\\n y \\\n z=2\nb = 1', path: 'a', value: 'x \\', refusal: /following lines/ },
  'a backslash at the end of the text': { text: 'b = 1\na = C:\\', path: 'a', value: 'C:\\', refusal: /backslash/ },
  'triple quotes over several lines': { text: 'a = """x\ny = 2\nz"""\nb = 1', path: 'a', value: '"""x', refusal: /following lines/ },
};

const fragment = fc.constantFrom('a', 'secret', ' ', ';', '#', '"', "'", '\\', '=', ':', '[', ']', '\t', 'é', '😀', '\n', '\u2028', '$');
const value = fc.oneof(fc.array(fragment, { maxLength: 8 }).map((parts) => parts.join('')), fc.string({ unit: 'grapheme' }));
const line = fc.oneof(
  fc.constantFrom('; comment', '# c = d', '', 'no assignment', '[s1]', '[s 2] ; c', '[s "3"]'),
  fc
    .record({
      indentation: fc.constantFrom('', ' '),
      delimiter: fc.constantFrom('=', ' = ', ': ', '\t=\t', ':'),
      token: fc.constantFrom('bare', 'two words', '"double ; x"', "'single # y'", '', '"C:\\d"', '""', '1.5', 'Yes'),
      comment: fc.constantFrom('', ' ; c', '\t# c', '  '),
    })
    .map(({ indentation, delimiter, token, comment }) => `${indentation}NAME${delimiter}${token}${comment}`),
);
const file = fc
  .record({ bom: fc.constantFrom('', '\uFEFF'), lines: fc.array(line, { minLength: 1, maxLength: 8 }), crlf: fc.boolean() })
  .map(({ bom, lines, crlf }) => {
    const numbered = [...lines, 'LAST=1'].map((each, index) => each.replace('NAME', `k${index}`)).join('\n');
    return bom + (crlf ? numbered.replaceAll('\n', '\r\n') : numbered);
  });

describe('the INI codec', () => {
  for (const [name, row] of Object.entries(cases)) {
    it(`encrypts and decrypts ${name}`, () => {
      checkCase(iniCodec, row);
    });
  }
  for (const [name, row] of Object.entries(refused)) {
    it(`refuses ${name} and still reads the other values`, () => {
      checkCase(iniCodec, row);
      assert.equal(iniCodec.parse(row.text).find(({ keyPath }) => keyPath.at(-1) === 'b')?.value, '1');
    });
  }

  it('writes any value and changes nothing else', () => {
    fc.assert(
      fc.property(file, fc.nat(), value, (text, index, newValue) => {
        checkReplacement(iniCodec, text, index, newValue);
      }),
      { numRuns: 1000 },
    );
  });

  it('reads a section, a name and a value back from what a program writes', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9_. -]{0,10}[a-z0-9]$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word, value), { minLength: 1, maxLength: 5 }), (rows) => {
        const holdable = rows.filter(([, , each]) => !/[\r\n"]|\\$/.test(each));
        const text = holdable.map(([section, key, each]) => `[${section}]\n${key} = "${each}"\n`).join('\n');
        assert.deepEqual(
          iniCodec.parse(text).map(({ keyPath, value: each }) => [...keyPath, each]),
          holdable.map((row) => [...row]),
        );
      }),
    );
  });

  it('keeps a colon the delimiter before a value with an equals sign', () => {
    const [entry] = iniCodec.parse('a:x');
    assert.equal(entry?.encode('p=w'), ' p=w');
    assert.equal(entry.encode('QUI='), 'QUI=');
  });

  it('refuses to write a line break and what no quotes can hold', () => {
    const [entry] = iniCodec.parse('a=x');
    for (const newValue of ['l1\nl2', '"\'#', 'x\\ ;\\']) assert.throws(() => entry?.encode(newValue), { code: 'EDIT_REFUSED' });
  });

  it('stays fast on a long line of spaces or colons', () => {
    const started = performance.now();
    for (const part of [' ', ':', '=', '"', '[', ']']) iniCodec.parse(`a${part.repeat(200_000)}`);
    assert.ok(performance.now() - started < 1000);
  });
});
