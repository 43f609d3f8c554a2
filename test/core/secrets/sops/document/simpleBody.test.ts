import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readSimpleBody } from '../../../../../src/core/secrets/sops/document/yaml/simpleBody.ts';
import { readAnyYamlDocument, readYamlDocument } from '../../../../../src/core/secrets/sops/document/yaml/yamlDocument.ts';
import type { SopsDocument } from '../../../../../src/core/secrets/sops/document/sopsDocument.ts';
import { stringValue } from '../../../../../src/core/secrets/sops/values/sopsValue.ts';
import { generatedFile } from '../generatedFiles.ts';
import { haveVectors, sopsVectors } from '../vectorFiles.ts';

const token = 'ENC[AES256_GCM,data:aGk=,iv:AAAA,tag:BBBB,type:str]';

/** All that a document can tell, or what reading it throws. */
function told(read: (text: string) => SopsDocument, text: string): unknown {
  try {
    const document = read(text);
    const { leaves, comments, unplacedComments, obstacles, metadata } = document;
    const next = { kms: [{ arn: 'arn:x', enc: 'AA==' }], mac: 'ENC[x]', version: '3.11.0' };
    return {
      leaves: leaves.map((leaf) => ({
        ...leaf,
        blockItem: leaf.blockItem?.count,
        writeToken: leaf.writeToken(token),
        writeValue: [stringValue('a\nb'), stringValue('no: #'), { type: 'int', text: '5' } as const].map((value) => leaf.writeValue(value)),
      })),
      comments, unplacedComments, obstacles, metadata,
      edits: [document.removeMetadata(), document.writeMetadata(next), metadata === undefined ? [] : document.writeMetadata({ ...metadata, mac: 'other' })],
    };
  } catch (error) {
    return (error as Error).message;
  }
}

function readOrNothing(text: string): SopsDocument | undefined {
  try {
    return readYamlDocument(text);
  } catch {
    return undefined;
  }
}

function assertSame(text: string): void {
  assert.deepEqual(told(readYamlDocument, text), told(readAnyYamlDocument, text), text);
}

const key = fc.constantFrom('a', 'b', 'sops', 'null', 'True', 'y', 'c-d', 'e.f', 'G_1', '1', 'long-key', 'k:l');
const scalar = fc.constantFrom(
  token, `${token} `, `"${token}"`, 'plain', 'two words ', '1', '0x1F', '017', '1.50', 'true', 'null', '~', '2001-12-14', '.inf', '"quoted # x"', '"a\\nb"', "'single'", '9223372036854775808',
  '[1]', '{}', '|', '&x y', '*x', '!!str 5', '@x', 'a: b', 'a #b', '- x', '-1', 'a, b', 'é', '', ' lead', '%x', '1:30', '=', '---', '...', '"', 'ENC[x]',
);

function lines(depth: number, indent: string): fc.Arbitrary<readonly string[]> {
  const pair = fc.tuple(key, scalar).map(([name, value]) => [`${indent}${name}: ${value}`]);
  const options: fc.Arbitrary<readonly string[]>[] = [pair, pair, fc.constantFrom([''], [`${indent}# comment`], [`${indent}- x`], ['']).map((each) => each)];
  if (depth > 0) options.push(fc.tuple(key, fc.constantFrom('  ', '    ', ' ')).chain(([name, step]) => lines(depth - 1, indent + step).map((inner) => [`${indent}${name}:`, ...inner])));
  return fc.array(fc.oneof(...options), { maxLength: 4 }).map((parts) => parts.flat());
}

const part = ['sops:', '    kms:', '        - arn: arn:aws:kms:us-east-1:111122223333:key/x', '          enc: AA==', '    pgp: []', '', '    mac: ENC[y]', '    version: 3.11.0'];
const simple = fc
  .record({ before: lines(2, ''), after: lines(1, ''), hasPart: fc.boolean(), head: fc.constantFrom('', '', '---\n', '\n'), end: fc.constantFrom('', '\n', '\n\n', ' \n', '\n...\n') })
  .map(({ before, after, hasPart, head, end }) => head + [...before, ...(hasPart ? part : []), ...after].join('\n') + end);

describe('the reader of simple YAML', () => {
  it('gives the same document as the parser of all YAML, whatever the text', () => {
    fc.assert(fc.property(simple, assertSame), { numRuns: 3000 });
    fc.assert(fc.property(generatedFile.filter(({ format }) => format === 'yaml'), ({ text }) => { assertSame(text); }), { numRuns: 500 });
  });

  it('gives it after a text that is much like it, or not at all', () => {
    const change = fc.record({ at: fc.nat(), cut: fc.nat({ max: 2 }), added: lines(1, '') });
    fc.assert(
      fc.property(simple, fc.array(change, { maxLength: 3 }), (text, changes) => {
        const changed = changes.reduce((written, { at, cut, added }) => {
          const rows = written.split('\n');
          rows.splice(at % (rows.length + 1), cut, ...added);
          return rows.join('\n');
        }, text);
        const before = readOrNothing(text);
        assert.deepEqual(told((each) => readYamlDocument(each, 4, before), changed), told(readAnyYamlDocument, changed), `${text}\n--->\n${changed}`);
      }),
      { numRuns: 3000 },
    );
  });

  it('takes over what did not move', () => {
    const text = ['a:', `    b: ${token}`, 'c: 1', 'd: 2', ''].join('\n');
    const before = readYamlDocument(text);
    const after = readYamlDocument(text.replace('c: 1', 'c: longer'), 4, before);
    assert.deepEqual(after.leaves.map((leaf, index) => [leaf === before.leaves[index], leaf.value === before.leaves[index]?.value]), [[true, true], [false, false], [false, true]]);
  });

  it('gives it for real files, too', function () {
    if (!haveVectors) this.skip();
    for (const { name, encrypted, plain } of sopsVectors()) {
      if (!name.endsWith('.yaml')) continue;
      assertSame(encrypted);
      assertSame(plain);
    }
  });

  it('reads what large files are like, and leaves everything else to the parser', () => {
    const large = ['---', 'first:', `    a: ${token}`, '    b:', '        c: "x"', '', 'second: 1', ...part, ''].join('\n');
    assert.deepEqual(readSimpleBody(large)?.scalars.map(({ path }) => path.join('.')), ['first.a', 'first.b.c', 'second']);
    for (const text of ['a: 1 # c\n', '# c\na: 1\n', 'a:\n- x\n', 'a: |\n  x\n', 'a: 1\n---\nb: 2\n', 'a: 1\r\nb: 2\r\n', '\uFEFFa: 1\n', 'a: 1\na: 2\n', 'a:\nb: 1\n', 'a: 1\n  b\n', '', '1: x\n', 'null: x\n']) {
      assert.equal(readSimpleBody(text), undefined, JSON.stringify(text));
    }
  });
});
