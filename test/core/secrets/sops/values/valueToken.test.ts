import assert from 'node:assert/strict';
import fc from 'fast-check';
import { additionalDataOf, openBytes, sealText, valueOfBytes } from '../../../../../src/core/secrets/sops/values/sealing.ts';
import { formatValueToken, mayHoldValueToken, parseValueToken } from '../../../../../src/core/secrets/sops/values/valueToken.ts';
import { sopsCrypto as crypto } from '../../../../../src/features/shared/secrets/sopsCrypto.ts';

const use = { crypto, dataKey: crypto.randomBytes(32) };
const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 });
const utf8 = (text: string) => new TextEncoder().encode(text);

const noTokens = [
  '',
  'ENC[AES256_GCM,data:,iv:AA==,tag:AA==,type:str]',
  'ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==]',
  'ENC[AES256_GCM,data:A,iv:AA==,tag:AA==,type:str]',
  'ENC[KMS,AQICAH]',
  ' ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]',
];

describe('a value token', () => {
  it('keeps its parts', () => {
    fc.assert(
      fc.property(bytes, bytes, bytes, fc.constantFrom('str', 'int', 'comment'), (data, iv, tag, type) => {
        const text = formatValueToken({ data, iv, tag, type });
        assert.ok(mayHoldValueToken(text));
        const token = parseValueToken(text);
        assert.deepEqual([token?.data, token?.iv, token?.tag, token?.type], [data, iv, tag, type]);
      }),
    );
  });

  for (const text of noTokens) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.equal(parseValueToken(text), undefined);
    });
  }

  it('opens under its own key and place alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.array(fc.string(), { maxLength: 3 }), (text, path) => {
        const token = parseValueToken(sealText(use, text, 'str', additionalDataOf(path)))!;
        assert.equal(token.iv.length, 32);
        assert.deepEqual(openBytes(use, token, additionalDataOf(path)), utf8(text));
        assert.equal(openBytes(use, token, additionalDataOf([...path, 'x'])), undefined);
        assert.equal(openBytes({ crypto, dataKey: crypto.randomBytes(32) }, token, additionalDataOf(path)), undefined);
        assert.equal(openBytes(use, { type: token.type, data: token.data, iv: token.iv, tag: token.tag.subarray(1) }, additionalDataOf(path)), undefined);
      }),
    );
  });

  const values = [
    ['int', '+7', { type: 'int', text: '7' }],
    ['int', '9223372036854775808', 'not of its type'],
    ['int', '1.5', 'not of its type'],
    ['float', '1.50', { type: 'float', text: '1.5' }],
    ['float', 'x', 'not of its type'],
    ['bool', 'true', { type: 'bool', text: 'True' }],
    ['bool', '0', { type: 'bool', text: 'False' }],
    ['bool', 'yes', 'not of its type'],
    ['time', '2001-12-14T21:59:43.10Z', { type: 'time', text: '2001-12-14T21:59:43.1Z' }],
    ['time', 'now', 'not of its type'],
    ['str', 'x', { type: 'str', text: 'x' }],
    ['bytes', 'x', { type: 'bytes', text: 'x' }],
    ['comment', 'x', 'not of its type'],
  ] as const;
  for (const [type, text, value] of values) {
    it(`of the type ${type} with ${text} is ${typeof value === 'string' ? value : value.text}`, () => {
      assert.deepEqual(valueOfBytes(utf8(text), type), value);
    });
  }

  it('is no text when its bytes are no UTF-8', () => {
    assert.equal(valueOfBytes(Uint8Array.of(0xff), 'str'), 'not UTF-8');
  });
});
