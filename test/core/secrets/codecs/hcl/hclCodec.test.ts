import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hclCodec } from '../../../../../src/core/secrets/codecs/hcl/hclCodec.ts';
import { applyEditsTo } from '../../../../../src/core/secrets/transform.ts';
import { checkCase, checkReplacement, type CodecCase } from '../checkCodec.ts';
import { hclStrings } from './treeSitterHcl.ts';

const cases: Record<string, CodecCase> = {
  'an attribute': { text: 'password = "hunter2" # c\nb = 1\n', path: 'password', value: 'hunter2', encrypted: 'password = "TOKEN" # c\nb = 1\n' },
  'an attribute of a block with labels': {
    text: 'resource "aws_db_instance" "main" {\r\n  password   = "x"\r\n}\r\n',
    path: 'resource.aws_db_instance.main.password',
    value: 'x',
    encrypted: 'resource "aws_db_instance" "main" {\r\n  password   = "TOKEN"\r\n}\r\n',
  },
  'an attribute of a nested block': { text: 'a {\n b "l" { c = "x" }\n}', path: 'a.b.l.c', value: 'x', encrypted: 'a {\n b "l" { c = "TOKEN" }\n}' },
  'an object': { text: 'a = {\n  b = "x" // c\n  "d" : "y", e = 1\n}', path: 'a.d', value: 'y', encrypted: 'a = {\n  b = "x" // c\n  "d" : "TOKEN", e = 1\n}' },
  'an object with a computed key': { text: 'a = { (var.k) = "x" }', path: 'a.(var.k)', value: 'x', encrypted: 'a = { (var.k) = "TOKEN" }' },
  'a list': { text: 'a = [\n  "x", /* c */\n  "y",\n]', path: 'a.1', value: 'y', encrypted: 'a = [\n  "x", /* c */\n  "TOKEN",\n]' },
  'an object in a call': { text: 'a = jsonencode({ b = "x", c = var.d })', path: 'a.b', value: 'x', encrypted: 'a = jsonencode({ b = "TOKEN", c = var.d })' },
  'an object in a call within a call': { text: 'a = jsonencode(\n  merge(local.m, { b = "x" }, )\n)', path: 'a.b', value: 'x', encrypted: 'a = jsonencode(\n  merge(local.m, { b = "TOKEN" }, )\n)' },
  'escapes': { text: 'a = "\\"q\\" \\\\ \\t\\u00e9\\U0001F600"', path: 'a', value: '"q" \\ \té😀', encrypted: 'a = "TOKEN"', decrypted: 'a = "\\"q\\" \\\\ \\té😀"' },
  'an escaped interpolation': { text: 'a = "$${x} %%{y} $ %"', path: 'a', value: '${x} %{y} $ %', encrypted: 'a = "TOKEN"' },
  'a number, which becomes a string': { text: 'a = -1.5e3\nb = 1', path: 'a', value: '-1.5e3', encrypted: 'a = "TOKEN"\nb = 1', decrypted: 'a = "-1.5e3"\nb = 1' },
  'a boolean, which becomes a string': { text: 'a = true', path: 'a', value: 'true', encrypted: 'a = "TOKEN"', decrypted: 'a = "true"' },
  'a heredoc, which becomes a string': { text: 'a = <<EOT\nl1\n  l2\nEOT\nb = 1', path: 'a', value: 'l1\n  l2\n', encrypted: 'a = "TOKEN"\nb = 1', decrypted: 'a = "l1\\n  l2\\n"\nb = 1' },
  'an indented heredoc': { text: 'a {\n  b = <<-EOT\n    l1\n\n      $${l2}\n  EOT\n}', path: 'a.b', value: 'l1\n\n  ${l2}\n', encrypted: 'a {\n  b = "TOKEN"\n}', decrypted: 'a {\n  b = "l1\\n\\n  $${l2}\\n"\n}' },
  'a heredoc with CRLF': { text: 'a = <<EOT\r\nl1\r\nEOT\r\n', path: 'a', value: 'l1\r\n', encrypted: 'a = "TOKEN"\r\n', decrypted: 'a = "l1\\r\\n"\r\n' },
  'a name in quotes': { text: '"a" = "x"', path: 'a', value: 'x', encrypted: '"a" = "TOKEN"' },
  'a byte order mark': { text: '\uFEFFa = "x"\r\n', path: 'a', value: 'x', encrypted: '\uFEFFa = "TOKEN"\r\n' },
  'a name with a hyphen and letters of any script': { text: 'clé-1 = "x"', path: 'clé-1', value: 'x', encrypted: 'clé-1 = "TOKEN"' },
};

const refused: Record<string, CodecCase> = {
  'an interpolation': { text: 'a = "x${var.b["c"]}}"\nb = "y"', path: 'a', value: '"x${var.b["c"]}}"', refusal: /interpolation/ },
  'a directive': { text: 'a = "%{ if x }y%{ endif }"\nb = "y"', path: 'a', value: '"%{ if x }y%{ endif }"', refusal: /interpolation/ },
  'an interpolation over several lines': { text: 'a = "${f({\n k = "}"\n})}"\nb = "y"', path: 'a', value: '"${f({\n k = "}"\n})}"', refusal: /interpolation/ },
  'a heredoc with an interpolation': { text: 'a = <<EOT\n${f("\nEOT\n")\n} EOT\nEOT\nb = "y"'.replace('"\nEOT\n"', '<<X\nEOT\nX\n'), path: 'a', value: '<<EOT\n${f(<<X\nEOT\nX\n)\n} EOT\nEOT', refusal: /interpolation/ },
  'a reference': { text: 'a = var.x\nb = "y"', path: 'a', value: 'var.x', refusal: /expression/ },
  'a call with a text': { text: 'a = file("x")\nb = "y"', path: 'a', value: 'file("x")', refusal: /expression/ },
  'a conditional': { text: 'a = x == "y" ? "u" : "v"\nb = "y"', path: 'a', value: 'x == "y" ? "u" : "v"', refusal: /expression/ },
  'a text in parentheses': { text: 'a = ("x")\nb = "y"', path: 'a', value: '("x")', refusal: /expression/ },
  'a for expression': { text: 'a = { for k, v in m : k => "x" }\nb = "y"', path: 'a', value: '{ for k, v in m : k => "x" }', refusal: /expression/ },
  'an unknown escape': { text: 'a = "\\x"\nb = "y"', path: 'a', value: '"\\x"', refusal: /escape/ },
};

const fragment = fc.constantFrom('a', 'secret', ' ', '"', '\\', '\n', '\r\n', '\t', '$', '${', '$${', '%', '%{', '%%{', '}', '#', 'é', '😀', 'EOT', '\u0000', '\u2028');
const value = fc.oneof(fc.array(fragment, { maxLength: 8 }).map((parts) => parts.join('')), fc.string({ unit: 'grapheme' }));
const token = fc.constantFrom(
  '"x"', '"$${a} \\"q\\""', '"%%{b}"', '42', '-1', 'true', '<<EOT\nl1\nl2\nEOT', '<<-EOT\n    l1\n      l2\n  EOT', '<<EOT\nEOT', '["x", 1, {a = "y"}]', '{\n a = "x"\n "b": "y",\n}',
  'var.x', '"a ${b} c"', 'jsonencode({ a = "x" })', '[\n  "x", # c\n]', '"" # c', '"x" /* c\n */',
);
const file = fc
  .record({ bom: fc.constantFrom('', '\uFEFF'), tokens: fc.array(token, { minLength: 1, maxLength: 5 }), crlf: fc.boolean(), block: fc.constantFrom('', 'locals', 'resource "a" "b"') })
  .map(({ bom, tokens, crlf, block }) => {
    const body = tokens.map((each, index) => `  k${index} = ${each}`).join('\n# c "\n') + '\n  last = "y"\n';
    const text = block === '' ? body : `${block} {\n${body}}\n`;
    return bom + (crlf ? text.replaceAll('\n', '\r\n') : text);
  });

describe('the HCL codec', () => {
  for (const [name, row] of Object.entries(cases)) {
    it(`encrypts and decrypts ${name}`, () => {
      checkCase(hclCodec, row);
    });
  }
  for (const [name, row] of Object.entries(refused)) {
    it(`refuses ${name} and still reads the other values`, () => {
      checkCase(hclCodec, row);
      assert.equal(hclCodec.parse(row.text).at(-1)?.value, 'y');
    });
  }

  it('keeps a heredoc for a value that ends in a line break', () => {
    const text = 'a {\n  b = <<-EOT\n    x\n  EOT\n}\n';
    const [entry] = hclCodec.parse(text);
    const after = applyEditsTo(text, [{ ...entry!.valueRange, text: entry!.encode('l1\n  ${l2}\n') }]);
    assert.equal(after, 'a {\n  b = <<-EOT\n    l1\n      $${l2}\n  EOT\n}\n');
  });

  it('writes any value and changes nothing else', () => {
    fc.assert(
      fc.property(file, fc.nat(), value, (text, index, newValue) => {
        const entries = hclCodec.parse(text);
        if (entries[index % entries.length]?.refusal === undefined) checkReplacement(hclCodec, text, index, newValue);
      }),
      { numRuns: 1500 },
    );
  });

  it('finds exactly the texts that the grammar of tree-sitter finds, before and after writing', async () => {
    const parse = await hclStrings();
    fc.assert(
      fc.property(file, fc.nat(), value, (generated, index, newValue) => {
        const text = generated.replace('\uFEFF', '');
        const [entry] = hclCodec.parse(text).filter(({ refusal }) => refusal === undefined).slice(index % 3);
        // That grammar has its own idea of a run of $ and of control characters, so these stay out of the comparison.
        const written = /[$%\u0000-\u001f]/.test(newValue) || entry === undefined ? '"x"' : entry.encode(newValue);
        for (const each of [text, entry === undefined ? text : applyEditsTo(text, [{ ...entry.valueRange, text: written }])]) {
          const found = hclCodec
            .parse(each)
            .filter(({ valueRange, refusal }) => refusal === undefined && each[valueRange.offset] === '"')
            .map(({ valueRange }) => valueRange);
          assert.deepEqual(found, parse(each), each);
        }
      }),
      { numRuns: 300 },
    );
  });

  const broken: Record<string, string> = {
    'a = "hunter2\n': 'line 1, column 5: the string is not closed on its line',
    'a = <<EOT\nhunter2\n': 'line 1, column 5: the heredoc is not closed by its marker',
    'a = "${hunter2"\n': 'line 1, column 15: the string is not closed on its line',
    'a {\n  b = 1\n': 'line 1, column 3: the bracket is not closed',
    'a = 1 /* hunter2': 'line 1, column 7: the comment is not closed',
    'a = [1}': 'line 1, column 7: the bracket closes none that is open',
    'a =\nb = 1': 'line 1, column 4: a value is missing',
    'a "hunter2" = 1': 'line 1, column 13: an attribute or a block is expected',
    'hunter2 +': 'line 1, column 9: an attribute or a block is expected',
  };
  for (const [text, place] of Object.entries(broken)) {
    it(`names the place of the error in ${JSON.stringify(text)} and not the text`, () => {
      assert.throws(() => hclCodec.parse(text), { code: 'PARSE_ERROR', message: `Cannot read the file at ${place}.` });
    });
  }
});
