import assert from 'node:assert/strict';
import { iniCodec } from '../../../../src/core/secrets/codecs/iniCodec.ts';
import { propertiesCodec } from '../../../../src/core/secrets/codecs/propertiesCodec.ts';
import { yamlCodec } from '../../../../src/core/secrets/codecs/yamlCodec.ts';
import { pathsAround } from '../../../../src/core/secrets/detect/pathsAround.ts';

const yaml = 'a:\n  b: 1\n  c:\n    d: 2\n    e: [x, y]\nf: 3\n';
const ini = '[one]\na = 1\n[two]\nb = 2\n';
const properties = 'spring.datasource.password=p\nport=1\n';

describe('the key paths around a position', () => {
  const rows: [name: string, codec: typeof yamlCodec, text: string, at: string, expected: string[]][] = [
    ['are those above the value that it touches', yamlCodec, yaml, 'd: 2', ['a.c', 'a', '']],
    ['are those above the next value where it stands on a key without one', yamlCodec, yaml, 'c:\n', ['a.c', 'a', '']],
    ['take in lists', yamlCodec, yaml, 'y]', ['a.c.e', 'a.c', 'a', '']],
    ['are the whole file alone for a value at the top', yamlCodec, yaml, 'f: 3', ['']],
    ['are the section of an INI file', iniCodec, ini, '[two]', ['two', '']],
    ['take the dots of flat names for levels', propertiesCodec, properties, 'spring', ['spring.datasource', 'spring', '']],
    ['are the last ones behind the last value', yamlCodec, 'a:\n  b: 1\n# end', '# end', ['a', '']],
  ];
  for (const [name, codec, text, at, expected] of rows) {
    it(name, () => {
      assert.deepEqual(pathsAround(codec.parse(text), text.indexOf(at)).map((path) => path.join('.')), expected);
    });
  }

  it('are none in a file without values', () => {
    assert.deepEqual(pathsAround([], 0), []);
  });
});
