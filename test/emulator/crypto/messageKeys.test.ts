import assert from 'node:assert/strict';
import { createSecretKey, randomBytes } from 'node:crypto';
import { messageKeys } from '../../../src/emulator/crypto/messageKeys.ts';

describe('The keys of messages', () => {
  const material = createSecretKey(randomBytes(32));

  it('open what they sealed, also in another process', () => {
    const { salt, secret } = messageKeys().sealing(material);
    assert.ok(messageKeys().opening(material, salt).equals(secret));
  });

  it('are others for another salt and for another material', () => {
    const keys = messageKeys();
    const { salt, secret } = keys.sealing(material);
    assert.ok(!keys.opening(material, randomBytes(salt.length)).equals(secret));
    assert.ok(!keys.opening(createSecretKey(randomBytes(32)), salt).equals(secret));
  });

  it('are used for a bounded number of messages each', () => {
    const keys = messageKeys();
    const first = keys.sealing(material);
    let messages = 1;
    while (keys.sealing(material) === first) messages += 1;
    assert.equal(messages, 65_536);
    assert.ok(!keys.sealing(material).salt.equals(first.salt));
  });

  it('are kept to a bounded number', () => {
    const keys = messageKeys();
    const salts = Array.from({ length: 1_000 }, () => randomBytes(16));
    const secrets = salts.map((salt) => keys.opening(material, salt));
    for (const [index, salt] of salts.entries()) assert.ok(keys.opening(material, salt).equals(secrets[index] ?? material));
    const first = secrets[0];
    assert.notEqual(keys.opening(material, salts[0] ?? randomBytes(16)), first);
  });
});
