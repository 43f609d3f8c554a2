import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import { isPlainText, resolvePlainScalar } from '../../../../../src/core/secrets/sops/document/yaml/goYamlScalar.ts';
import { writeYamlText } from '../../../../../src/core/secrets/sops/document/yaml/yamlText.ts';
import { readYamlDocument } from '../../../../../src/core/secrets/sops/document/yaml/yamlDocument.ts';

/** What go-yaml v3.0.4 makes of plain scalars. */
const rows: readonly (readonly [text: string, type: string, value: string])[] = [
  ['', 'null', ''], ['~', 'null', ''], ['null', 'null', ''], ['NULL', 'null', ''], ['nUll', 'str', 'nUll'],
  ['true', 'bool', 'True'], ['False', 'bool', 'False'], ['yes', 'str', 'yes'], ['on', 'str', 'on'], ['y', 'str', 'y'],
  ['0x1F', 'int', '31'], ['017', 'int', '15'], ['0o17', 'int', '15'], ['0b101', 'int', '5'], ['1_000', 'int', '1000'],
  ['+5', 'int', '5'], ['-0', 'int', '0'], ['9223372036854775807', 'int', '9223372036854775807'],
  ['-9223372036854775808', 'int', '-9223372036854775808'], ['-9223372036854775809', 'float', '-9223372036854776000'],
  ['08', 'float', '8'], ['1.50', 'float', '1.5'], ['1.', 'float', '1'], ['.5', 'float', '0.5'], ['1e3', 'float', '1000'],
  ['1_0.5', 'float', '10.5'], ['-0.0', 'float', '-0'], ['1e400', 'str', '1e400'], ['.5_0', 'float', '0.5'], ['._5', 'str', '._5'],
  ['123456789012345678901234567890', 'float', '123456789012345680000000000000'],
  ['.inf', 'float', '+Inf'], ['-.INF', 'float', '-Inf'], ['.nan', 'float', 'NaN'], ['inf', 'str', 'inf'],
  ['1:30', 'str', '1:30'], ['0x', 'str', '0x'], ['1.2.3', 'str', '1.2.3'], ['-', 'str', '-'],
  ['2001-12-14', 'time', '2001-12-14T00:00:00Z'], ['2001-12-14 21:59:43.10 -5', 'str', '2001-12-14 21:59:43.10 -5'],
];

describe('a plain YAML scalar', () => {
  for (const [text, type, value] of rows) {
    it(`${JSON.stringify(text)} is ${type} ${value}`, () => {
      assert.deepEqual(resolvePlainScalar(text), { value: { type, text: value } });
    });
  }

  it('above the largest int64 is refused up to the largest uint64', () => {
    for (const text of ['9223372036854775808', '18446744073709551615', '0xFFFFFFFFFFFFFFFF']) assert.ok('problem' in resolvePlainScalar(text), text);
    assert.deepEqual(resolvePlainScalar('18446744073709551616'), { value: { type: 'float', text: '18446744073709552000' } });
  });

  it('is written plain only where every reader takes it for text', () => {
    for (const text of ['yes', '1:30', '0x1F', 'null', '1.2', 'on', '12_3', '2001-12-14']) assert.ok(!isPlainText(text), text);
    for (const text of ['hunter2', 'arn:aws:kms', '^(a|b)$', '1.2.3-rc']) assert.ok(isPlainText(text), text);
  });
});

describe('a text written into YAML', () => {
  const awkward = fc.array(fc.constantFrom('a', ' ', '#', ':', '-', '"', "'", '\\', '\n', '\t', '{', ']', ',', '&', '*', '!', '|', '%', '@', '`', 'é', '😀', '\u0085', '\u2028', '\u0001', '0', '.', '~', '?'), { maxLength: 8 }).map((parts) => parts.join(''));
  it('reads back as the same text for go-yaml, YAML 1.2 and YAML 1.1', () => {
    fc.assert(
      fc.property(fc.oneof(awkward, fc.string({ unit: 'grapheme' }), fc.constantFrom(...rows.map(([text]) => text))), (text) => {
        const written = writeYamlText(text);
        for (const yaml of [`k: ${written}\n`, `k: [${written}]\n`]) {
          assert.deepEqual(readYamlDocument(yaml).leaves.map(({ value }) => value), [{ type: 'str', text }], yaml);
          for (const schema of ['core', 'yaml-1.1'] as const) {
            const { k } = parse(yaml, { schema, logLevel: 'silent' }) as { k: unknown };
            assert.equal(Array.isArray(k) ? k[0] : k, text, yaml);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
