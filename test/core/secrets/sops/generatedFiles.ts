import fc from 'fast-check';

/** A generated plaintext file, in one of the formats that hold text. */
export interface GeneratedFile {
  readonly format: 'yaml' | 'json' | 'dotenv' | 'ini';
  readonly text: string;
}

const key = fc.constantFrom('a', 'b', 'pass_word', 'c-d', 'e.f', 'x_unencrypted', 'long key', 'ключ');
const jsonValue = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, fc.string({ unit: 'grapheme' }), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null), tie('list'), tie('map')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  map: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
}));

const json = fc
  .record({ tree: fc.dictionary(key, jsonValue.value, { minKeys: 1, maxKeys: 4, noNullPrototype: true }), indent: fc.constantFrom('', '  ', '\t') })
  .map(({ tree, indent }): GeneratedFile => ({ format: 'json', text: `${JSON.stringify(tree, undefined, indent)}\n` }));

/** Scalars as people write them in YAML; PAD stands for the indentation of the lines of a block. */
const yamlScalar = fc.constantFrom(
  'plain', 'two words', '"double \\n \\u00e9"', "'single ''quoted'''", '1', '0x1F', '017', '1.50', '1e3', 'true', 'yes', 'null', '~', '', '""',
  '2001-12-14', '.inf', '[1, "x", {k: v}]', '{}', '[]', '{a: , b: "#"}', '|\nPADline 1\nPAD  line 2', '|-\nPAD# no comment\n\nPADend', '>\nPADfolded\nPADtext', '!!str 5', '&anchor x',
);
const yamlComment = fc.constantFrom('', '', '', ' # about it', '   #tight');

function yamlLines(depth: number): fc.Arbitrary<readonly string[]> {
  const scalarEntry = fc.tuple(yamlScalar, yamlComment).map(([scalar, comment]) => {
    // sops prints a comment after an empty mapping into its braces, where no other YAML reader wants it.
    const isBare = scalar.startsWith('|') || scalar.startsWith('>') || scalar === '{}';
    return `KEY: ${scalar}`.split('\n').map((line, index) => (index === 0 && !isBare ? line + comment : line.replace('PAD', '  ')));
  });
  const entries: fc.Arbitrary<readonly string[]>[] = [scalarEntry, fc.constantFrom(['# a comment'], ['', '# after a gap'])];
  if (depth > 0) {
    const inner = yamlLines(depth - 1);
    entries.push(inner.map((lines) => ['KEY:', ...lines.map((line) => (line === '' ? '' : `  ${line}`))]));
    entries.push(inner.map((lines) => ['KEY:', ...lines.filter((line) => line !== '').map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`)), '- last']));
  }
  return fc.array(fc.oneof(...entries), { minLength: 1, maxLength: 4 }).map((parts) => {
    let count = 0;
    const named = parts.flatMap((lines) => {
      count += 1;
      return lines.map((line, index) => (index === 0 ? line.replace('KEY', `k${count}`) : line));
    });
    return [...named, `end: 1`];
  });
}

const yaml = fc
  .record({ lines: yamlLines(2), crlf: fc.boolean(), head: fc.constantFrom('', '---\n', '\uFEFF', '# head\n'), tail: fc.constantFrom('', '\n', '\n\n', '\n# tail', '\n...\n', '\n---\nsecond: 1\n') })
  .map(({ lines, crlf, head, tail }): GeneratedFile => {
    const text = head + lines.join('\n') + tail;
    return { format: 'yaml', text: crlf ? text.replaceAll('\n', '\r\n') : text };
  });

const dotenvLine = fc.oneof(
  fc.constantFrom('# comment', '', '#'),
  fc.tuple(fc.constantFrom('K', 'export K', 'K ', 'K_unencrypted'), fc.constantFrom('1', '"quoted # x"', '', ' spaced ', 'l1\\nl2', 'a=b', 'é😀')).map(([name, value]) => `${name}#=${value}`),
);
const dotenv = fc
  .record({ lines: fc.array(dotenvLine, { maxLength: 6 }), end: fc.constantFrom('', '\n', '\n\n') })
  .map(({ lines, end }): GeneratedFile => ({
    format: 'dotenv',
    text: `${['FIRST=x', ...lines.map((line, index) => line.replace('#=', `${index}=`))].join('\n')}${end}`,
  }));

const iniLine = fc.oneof(
  fc.constantFrom('; comment', '# comment', ''),
  fc.constantFrom('[section]', '[other] ; about it', '[ spaced ]'),
  fc.tuple(fc.constantFrom('=', ' = ', ': '), fc.constantFrom('1', '"quoted"', "'q'", '', 'abc ; inline', 'a#b', '`x;y`', '"""l1\nl2"""', 'joined \\\nlines', 'é')).map(([equals, value]) => `NAME${equals}${value}`),
);
const ini = fc
  .record({ lines: fc.array(iniLine, { maxLength: 8 }), crlf: fc.boolean(), end: fc.constantFrom('', '\n', '\n\n') })
  .map(({ lines, crlf, end }): GeneratedFile => {
    const text = ['first=1', ...lines.map((line, index) => line.replace('NAME', `n${index}`))].join('\n') + end;
    return { format: 'ini', text: crlf ? text.replaceAll('\n', '\r\n') : text };
  });

export const generatedFile: fc.Arbitrary<GeneratedFile> = fc.oneof(yaml, yaml, json, dotenv, ini);
