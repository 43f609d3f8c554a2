import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse, stringify } from 'smol-toml';
import type { ValueEntry } from '../../../../src/core/secrets/codec.ts';
import { tomlCodec } from '../../../../src/core/secrets/codecs/tomlCodec.ts';
import { checkCase, checkReplacement, type CodecCase } from './checkCodec.ts';

const cases: Record<string, CodecCase> = {
  'a basic string': { text: 'a = "x" # c\nb = 1\n', path: 'a', value: 'x', encrypted: 'a = "TOKEN" # c\nb = 1\n' },
  'a literal string': { text: "a = 'C:\\dir'\r\nb = 1\r\n", path: 'a', value: 'C:\\dir', encrypted: "a = 'TOKEN'\r\nb = 1\r\n" },
  'a basic string of several lines': { text: 'a = """\nl1\n"l2"\n"""\n', path: 'a', value: 'l1\n"l2"\n', encrypted: 'a = """\nTOKEN"""\n' },
  'a literal string of several lines': { text: "a = '''l1\r\nl2'''\r\n", path: 'a', value: 'l1\nl2', encrypted: "a = '''TOKEN'''\r\n" },
  'quotes at the end of several lines': { text: 'a = """x\\""""', path: 'a', value: 'x"', encrypted: 'a = """TOKEN"""' },
  'escapes': { text: 'a = "\\"q\\" \\\\ \\u0000\\t"', path: 'a', value: '"q" \\ \u0000\t', encrypted: 'a = "TOKEN"' },
  'an integer, which becomes a string': { text: 'a = 0x1F\nb = 1', path: 'a', value: '0x1F', encrypted: 'a = "TOKEN"\nb = 1', decrypted: 'a = "0x1F"\nb = 1' },
  'a float, which becomes a string': { text: 'a = 1_0.50', path: 'a', value: '1_0.50', encrypted: 'a = "TOKEN"', decrypted: 'a = "1_0.50"' },
  'a boolean, which becomes a string': { text: 'a = true', path: 'a', value: 'true', encrypted: 'a = "TOKEN"', decrypted: 'a = "true"' },
  'a date, which becomes a string': { text: 'a = 2020-01-01 10:00:00Z', path: 'a', value: '2020-01-01 10:00:00Z', encrypted: 'a = "TOKEN"', decrypted: 'a = "2020-01-01 10:00:00Z"' },
  'a dotted key': { text: '[t]\nb . "c d" = "x"', path: 't.b.c d', value: 'x', encrypted: '[t]\nb . "c d" = "TOKEN"' },
  'a quoted key beyond the basic plane': { text: '"😀" = "x"\nb = "y"', path: 'b', value: 'y', encrypted: '"😀" = "x"\nb = "TOKEN"' },
  'an inline table': { text: 'a = { b = "x", c = { d = "y" } }', path: 'a.c.d', value: 'y', encrypted: 'a = { b = "x", c = { d = "TOKEN" } }' },
  'an inline table of several lines': { text: 'a = {\n  b = "x",\n}', path: 'a.b', value: 'x', encrypted: 'a = {\n  b = "TOKEN",\n}' },
  'an array': { text: 'a = [ "x", # c\n  "y" ]', path: 'a.1', value: 'y', encrypted: 'a = [ "x", # c\n  "TOKEN" ]' },
  'an array of tables': { text: '[[t]]\na = "x"\n[[t]]\na = "y"\n[t.u]\nb = "z"', path: 't.1.u.b', value: 'z', encrypted: '[[t]]\na = "x"\n[[t]]\na = "y"\n[t.u]\nb = "TOKEN"' },
  'a byte order mark': { text: '\uFEFFa = "x"\r\n', path: 'a', value: 'x', encrypted: '\uFEFFa = "TOKEN"\r\n' },
};

const fragment = fc.constantFrom('a', 'secret', ' ', '"', '""', "'", '\\', '\n', '\r', '\t', '#', 'é', '😀', '\u0000', '\u007f', '\u2028');
const value = fc.oneof(fc.array(fragment, { maxLength: 8 }).map((parts) => parts.join('')), fc.string({ unit: 'grapheme' }));
const token = fc.constantFrom(
  '"x"', "'x'", '"""x"""', '"""\nl1\nl2"""', "'''x'''", "'''\nl1\n'''", '42', '1e3', 'false', '1979-05-27', '["x", [1, "y"]]', '{ p = "x", q.r = 1 }', '"""a \\\n   b"""', '[\n  "x", # c\n]',
);
const file = fc
  .record({ bom: fc.constantFrom('', '\uFEFF'), tokens: fc.array(token, { minLength: 1, maxLength: 5 }), crlf: fc.boolean(), table: fc.constantFrom('', '[t]\n', '[[t]]\n[[t]]\n', '[t.u]\n') })
  .map(({ bom, tokens, crlf, table }) => {
    const text = table + tokens.map((each, index) => `k${index} = ${each}`).join('\n# c\n') + '\n';
    return bom + (crlf ? text.replaceAll('\n', '\r\n') : text);
  });

/** What a parser makes of a key path. */
function valueAt(root: unknown, { keyPath }: ValueEntry): unknown {
  return keyPath.reduce<unknown>((node, key) => (node as Record<string | number, unknown>)[key], root);
}

describe('the TOML codec', () => {
  for (const [name, row] of Object.entries(cases)) {
    it(`encrypts and decrypts ${name}`, () => {
      checkCase(tomlCodec, row);
    });
  }

  it('writes any value so that the smol-toml package reads it, and changes nothing else', () => {
    fc.assert(
      fc.property(file, fc.nat(), value, (text, index, newValue) => {
        checkReplacement(tomlCodec, text, index, newValue);
        const entries = tomlCodec.parse(text);
        const entry = entries[index % entries.length]!;
        const { offset, length } = entry.valueRange;
        const after = text.slice(0, offset) + entry.encode(newValue) + text.slice(offset + length);
        // That package keeps CRLF in strings of several lines, where the parser here gives LF.
        assert.equal(valueAt(parse(after.replaceAll('\r\n', '\n').replace('\uFEFF', '')), entry), newValue);
      }),
      { numRuns: 1000 },
    );
  });

  it('reads every string as the smol-toml package writes it', () => {
    const object = fc.dictionary(fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('a', 'b.c')), value, { maxKeys: 5, noNullPrototype: true });
    fc.assert(
      fc.property(object, (strings) => {
        const read = tomlCodec.parse(stringify(strings)).map(({ keyPath, value: each }) => [String(keyPath[0]), each]);
        assert.deepEqual(Object.fromEntries(read), { ...strings });
      }),
    );
  });

  for (const text of ['a = "x"\npassword = hunter2\n', 'a = 1\na = 2', 'a = "hunter2\n', '[t\n', '# \u0000hunter2']) {
    it(`names the place of the error in ${JSON.stringify(text)} and not the text`, () => {
      assert.throws(() => tomlCodec.parse(text), { code: 'PARSE_ERROR', message: /^Cannot read the file at line \d, column \d+: (?!.*hunter2)[\w ,()=<&.-]+\.$/ });
    });
  }
});
