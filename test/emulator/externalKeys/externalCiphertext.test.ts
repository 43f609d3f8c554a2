import assert from 'node:assert/strict';
import { createSecretKey, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { parseMessage, sealMessage } from '../../../src/emulator/crypto/symmetricCiphertext.ts';
import { externalHeader, packExternal, parseExternal } from '../../../src/emulator/externalKeys/externalCiphertext.ts';

const bytes = (minLength: number, maxLength: number) => fc.uint8Array({ minLength, maxLength }).map((array) => Buffer.from(array));
const materialId = bytes(32, 32).map((id) => id.toString('hex'));
const sealed = fc.record({
  ciphertext: bytes(1, 300),
  initializationVector: fc.oneof(bytes(12, 12), bytes(16, 16)),
  authenticationTag: bytes(16, 16),
  metadata: bytes(0, 20),
});

describe('Ciphertexts of external key stores', () => {
  it('come apart into what they were made of', () => {
    fc.assert(
      fc.property(materialId, sealed, fc.constantFrom('encrypt', 'dataKey'), (id, parts, maker) => {
        const header = externalHeader(id, maker);
        assert.deepEqual(parseExternal(packExternal(header, parts)), { ...parts, materialId: id, header });
      }),
    );
  });

  it('are told from those of other keys, and from other bytes', () => {
    fc.assert(
      fc.property(bytes(0, 400), sealed, materialId, (text, parts, id) => {
        const message = sealMessage({ keyId: 'key', materialId: id, material: createSecretKey(randomBytes(32)) }, text, {}, 'encrypt');
        assert.equal(parseExternal(message), undefined);
        assert.equal(parseMessage(packExternal(externalHeader(id, 'encrypt'), parts)), undefined);
        assert.equal(parseExternal(text.subarray(0, 37)), undefined);
      }),
    );
  });

  it('are refused when they were cut before their end', () => {
    fc.assert(
      fc.property(materialId, sealed, fc.nat(), (id, parts, cut) => {
        const whole = packExternal(externalHeader(id, 'encrypt'), parts);
        const rest = whole.length - parts.ciphertext.length;
        assert.equal(parseExternal(whole.subarray(0, cut % (rest + 1))), undefined);
      }),
    );
  });
});
