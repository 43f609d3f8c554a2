import assert from 'node:assert/strict';
import { toBase64 } from '../../../../src/core/secrets/base64.ts';
import { propertiesCodec } from '../../../../src/core/secrets/codecs/propertiesCodec.ts';
import { yamlCodec } from '../../../../src/core/secrets/codecs/yamlCodec.ts';
import { encryptedValues, valuesUnder } from '../../../../src/core/secrets/detect/selectValues.ts';
import { sampleCiphertext } from '../sampleCiphertext.ts';

const token = toBase64(sampleCiphertext(2, 20));
const yaml = yamlCodec.parse('a:\n  b: 1\n  c: [x, {d: y}]\nab: 2\ne: 3\n');
const properties = propertiesCodec.parse('spring.datasource.user=u\nspring.datasource.password=p\nspring.datasources=x\nspring=y\n');

describe('the values under a key path', () => {
  const rows: [string, typeof yaml, (string | number)[], string[]][] = [
    ['are those of a mapping at any depth', yaml, ['a'], ['a.b', 'a.c.0', 'a.c.1.d']],
    ['are those of an item of a list', yaml, ['a', 'c', 1], ['a.c.1.d']],
    ['are the value itself', yaml, ['e'], ['e']],
    ['are all under no path', yaml, [], ['a.b', 'a.c.0', 'a.c.1.d', 'ab', 'e']],
    ['are none under an unknown path', yaml, ['a', 'x'], []],
    ['take the dots of flat names for levels', properties, ['spring.datasource'], ['spring.datasource.user', 'spring.datasource.password']],
    ['take in a flat name itself', properties, ['spring'], ['spring.datasource.user', 'spring.datasource.password', 'spring.datasources', 'spring']],
  ];
  for (const [name, entries, path, expected] of rows) {
    it(name, () => {
      assert.deepEqual(valuesUnder(entries, path).map(({ keyPath }) => keyPath.join('.')), expected);
    });
  }
});

describe('the encrypted values', () => {
  it('are the ciphertexts that can be replaced', () => {
    const entries = yamlCodec.parse(`a: x\nb: ${token}\nc: 'secure:${token}'\nd: !t ${token}\ne: ENC(AAAA)\nf: my(${token})\n`);
    const found = (markers?: { prefix: string; suffix: string }[]) => encryptedValues(entries, markers).map(({ entry, token: { wrapper } }) => [entry.keyPath[0], wrapper]);
    assert.deepEqual(found(), [['b', 'bare'], ['c', 'decrypt-kms-env']]);
    assert.deepEqual(found([{ prefix: 'my(', suffix: ')' }]).at(-1), ['f', 'my()']);
  });
});
