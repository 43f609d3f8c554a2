import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { type MessageKey, openMessage, parseMessage, sealMessage } from '../../../src/emulator/crypto/symmetricCiphertext.ts';

describe('A symmetric ciphertext', () => {
  const key: MessageKey = {
    keyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
    materialId: '0f'.repeat(32),
    material: createSecretKey(Buffer.alloc(32, 7)),
  };
  const open = (ciphertext: Uint8Array, context: Readonly<Record<string, string>>): Buffer | undefined => {
    const message = parseMessage(ciphertext);
    return message && openMessage(key, message, context);
  };

  // Made by the first release of the format: what people have encrypted has to decrypt for ever.
  const kept: readonly (readonly [length: number, context: Readonly<Record<string, string>>, ciphertext: string])[] = [
    [1, {}, 'AQICAHgPDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDwHe7ryqMnAC4hFP0NTff3EnAAAAXzBdBgkqhkiG9w0BBwagUDBOAgEAMEkGCSqGSIb3DQEHATAeBglghkgBZQMEAS4wEQQMY2AAVK2QmSf9tO0JAgEQgByZBvo4eH3XnOOTON1lEN14tgmJGYyfDDn6r1X7'],
    [32, { purpose: 'test' }, 'AQIDAHgPDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDwGudVWthY9mxNXkCy/6g4tjAAAAfjB8BgkqhkiG9w0BBwagbzBtAgEAMGgGCSqGSIb3DQEHATAeBglghkgBZQMEAS4wEQQM408xK7NWtOJxVNKWAgEQgDs1UUetG7jXlrmjmHjZzMCejUEcvfaCbownXtZ8ufInnuZqeqGS0KMl+jCsCCtCYw/yslGSyEaR4kK6gw=='],
    [200, {}, 'AQICAHgPDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDwGna/15yKHP6MKqkaQsFJbmAAABLzCCASsGCSqGSIb3DQEHBqCCARwwggEYAgEAMIIBEQYJKoZIhvcNAQcBMB4GCWCGSAFlAwQBLjARBAywl6ITDYQA+fh0cIgCARCAgePlUmlWwUtJ55SbY0iQ4S6izbFUwhwXbfAfNSwHJYd9Qko2qW0d1N1ieIVrjy5TIJ5WnEnS9US61IxxwTJHLuNTlBMrA+HyOeUAimvh4p/70YYM81Tnfdycif45z0a/eMb0gppkjHbjvVMHYUNJXuJfLWQmuRr68HTzpSCa0u6zNOsGh2FeVyFd6uwXNluJ6XLN4LwP0eiT9NaXO0+RYfFeKnziuMhRUSSkkb290QlEUz3XdaoziKX4BmwdiYizO0I8+R0FOr9NqaPpWRlGUjx8NCPyDB+ufRiofHWwA/V/I0ptiw=='],
  ];
  for (const [length, context, ciphertext] of kept) {
    it(`of ${length} bytes that an earlier release made opens`, () => {
      assert.deepEqual(open(Buffer.from(ciphertext, 'base64'), context), Buffer.alloc(length, length));
    });
  }

  const contexts = fc.dictionary(fc.string(), fc.string(), { maxKeys: 4 });
  const lengths = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 4096 }));

  it('of any length and context opens to what was sealed, in any order of the context', () => {
    fc.assert(
      fc.property(lengths, contexts, fc.constantFrom('encrypt', 'dataKey'), (length, context, maker) => {
        const plaintext = Buffer.alloc(length, length & 0xff);
        const ciphertext = sealMessage(key, plaintext, context, maker);
        assert.equal(ciphertext[2], maker === 'encrypt' ? 2 : 3);
        assert.deepEqual(open(ciphertext, Object.fromEntries(Object.entries(context).reverse())), plaintext);
      }),
    );
  });

  it('with one bit changed does not open', () => {
    fc.assert(
      fc.property(lengths, fc.nat(), fc.integer({ min: 0, max: 7 }), (length, place, bit) => {
        const ciphertext = sealMessage(key, Buffer.alloc(length), {}, 'encrypt');
        const at = place % ciphertext.length;
        ciphertext.writeUInt8(ciphertext.readUInt8(at) ^ (1 << bit), at);
        assert.equal(open(ciphertext, {}), undefined);
      }),
    );
  });

  it('is no ciphertext when bytes are missing or added, and random bytes are none', () => {
    const ciphertext = sealMessage(key, Buffer.alloc(32), {}, 'encrypt');
    fc.assert(fc.property(fc.nat(ciphertext.length - 1), (length) => open(ciphertext.subarray(0, length), {}) === undefined));
    assert.equal(open(Buffer.concat([ciphertext, Buffer.alloc(1)]), {}), undefined);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => parseMessage(bytes) === undefined));
  });
});
