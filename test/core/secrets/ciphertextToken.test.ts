import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromBase64, toBase64 } from '../../../src/core/secrets/base64.ts';
import { mayHoldCiphertext, recogniseCiphertext } from '../../../src/core/secrets/ciphertextToken.ts';
import { sampleCiphertext, wrappedCiphertext } from './sampleCiphertext.ts';

const blob = sampleCiphertext(2, 11);
const base64 = toBase64(blob);
const withBreaks = (base64.match(/.{1,64}/g) ?? []).join('\r\n  ');

describe('a ciphertext token', () => {
  const recognised: Record<string, { text: string; bytes?: Uint8Array; wrapper: string; context?: object; region?: string }> = {
    'is bare base64': { text: base64, wrapper: 'bare' },
    'may have white space around it': { text: `\n  ${base64} \r\n`, wrapper: 'bare' },
    'may be broken into lines': { text: withBreaks, wrapper: 'bare' },
    'may have lost its padding': { text: base64.replace(/=+$/, ''), wrapper: 'bare' },
    'may have the layout before today': { text: toBase64(sampleCiphertext(1, 7)), bytes: sampleCiphertext(1, 7), wrapper: 'bare' },
    'may have the layout of 2016': { text: toBase64(wrappedCiphertext(40)), bytes: wrappedCiphertext(40), wrapper: 'bare' },
    'may hold 4096 bytes': { text: toBase64(sampleCiphertext(2, 4096)), bytes: sampleCiphertext(2, 4096), wrapper: 'bare' },
    'may be marked for decrypt-kms-env': { text: `secure:${base64}`, wrapper: 'decrypt-kms-env' },
    'may be marked for Spring': { text: `{cipher}${base64}`, wrapper: 'spring-cloud-config' },
    'may carry a context for Spring': {
      text: `{cipher}(app=b3JkZXJz,stage=cHJvZA==)[output=base64]${base64}`,
      wrapper: 'spring-cloud-config',
      context: { app: 'orders', stage: 'prod' },
    },
    'may be marked kms+base64': { text: `kms+base64:${base64}`, wrapper: 'kms+base64' },
    'may be marked for hiera': { text: `ENC[KMS,${base64}]`, wrapper: 'hiera-eyaml-kms' },
    'may name its Region for runway': {
      text: `\${kms ${base64}::region=eu-west-1}`,
      wrapper: 'runway',
      region: 'eu-west-1',
    },
  };
  for (const [name, { text, bytes = blob, wrapper, context, region }] of Object.entries(recognised)) {
    it(name, () => {
      const token = recogniseCiphertext(text);
      assert.deepEqual(token?.ciphertext, bytes);
      assert.equal(token.wrapper, wrapper);
      assert.deepEqual(token.encryptionContext, context);
      assert.equal(token.region, region);
      assert.equal(text.slice(token.range.offset, token.range.offset + token.range.length), text.trim());
      assert.deepEqual(recogniseCiphertext(token.wrap(sampleCiphertext(2, 99)))?.ciphertext, sampleCiphertext(2, 99));
      assert.ok(mayHoldCiphertext(text));
    });
  }

  const refused: Record<string, string> = {
    'is not an empty text': '',
    'is not a sentence': 'the quick brown fox',
    'is not other base64': toBase64(new TextEncoder().encode('a password that happens to be in base64')),
    'is not a prefix alone': 'secure:',
    'is not cut off at its end': toBase64(blob.subarray(0, -1)),
    'is not followed by more bytes': toBase64(Uint8Array.from([...blob, 0])),
    'is not of an unknown version': toBase64(Uint8Array.from([2, ...blob.subarray(1)])),
    'is not two of them': `${base64}\n${base64}`,
    'is not part of a longer text': `password=${base64}`,
    'is not a password of Jasypt': 'ENC(G6N718UuyPE5bHyWKyuLQSm02auQPUtm)',
    'is not a message of the AWS Encryption SDK': `AgV4${base64}`,
  };
  for (const [name, text] of Object.entries(refused)) {
    it(name, () => {
      assert.equal(recogniseCiphertext(text), undefined);
    });
  }

  it('is never seen in random base64', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => recogniseCiphertext(toBase64(bytes)) === undefined));
  });

  it('is never seen when any bit of its frame is flipped', () => {
    const frame = [0, 1, 2, 3, 4, 37, 54, 55, 56, 57, 58, 59];
    fc.assert(
      fc.property(fc.constantFrom(...frame), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const changed = Uint8Array.from(blob);
        changed[at] = changed[at]! ^ (1 << bit);
        const isOtherOperation = at === 2 && bit === 0;
        return isOtherOperation || recogniseCiphertext(toBase64(changed)) === undefined;
      }),
    );
  });
});

describe('base64', () => {
  it('gives back the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
        assert.equal(toBase64(bytes), Buffer.from(bytes).toString('base64'));
      }),
    );
  });

  for (const text of ['', 'A', 'AAAAA', 'AA=', 'AA==A', 'A-_A', '====']) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.equal(fromBase64(text), undefined);
    });
  }
});
