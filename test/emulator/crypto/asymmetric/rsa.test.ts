import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { decryptOaep, encryptOaep, signRsa, verifyRsa } from '../../../../src/emulator/crypto/asymmetric/rsa.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

describe('RSA', () => {
  it('does not decrypt a ciphertext whose leading zero was left out, or one with a zero too many', () => {
    const plaintext = Buffer.from('m');
    let ciphertext = encryptOaep(privateKey, 'sha256', plaintext);
    while (ciphertext.readUInt8(0) !== 0) ciphertext = encryptOaep(privateKey, 'sha256', plaintext);
    assert.deepEqual(decryptOaep(privateKey, 'sha256', ciphertext), plaintext);
    assert.equal(decryptOaep(privateKey, 'sha256', ciphertext.subarray(1)), undefined);
    assert.equal(decryptOaep(privateKey, 'sha256', Buffer.concat([Buffer.alloc(1), ciphertext])), undefined);
  });

  it('does not verify a signature of another length, one that is no number below the modulus, or one of the other padding', () => {
    const digest = randomBytes(32);
    for (const [padding, other] of [['pss', 'pkcs1'], ['pkcs1', 'pss']] as const) {
      const signature = signRsa(privateKey, padding, 'sha256', digest);
      assert.ok(verifyRsa(privateKey, padding, 'sha256', digest, signature));
      assert.ok(!verifyRsa(privateKey, other, 'sha256', digest, signature));
      assert.ok(!verifyRsa(privateKey, padding, 'sha256', randomBytes(32), signature));
      for (const wrong of [signature.subarray(1), Buffer.concat([Buffer.alloc(1), signature]), Buffer.alloc(256, 0xff), Buffer.alloc(0)]) {
        assert.ok(!verifyRsa(privateKey, padding, 'sha256', digest, wrong));
      }
    }
  });
});
