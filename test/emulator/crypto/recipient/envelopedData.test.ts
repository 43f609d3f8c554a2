import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { envelopFor } from '../../../../src/emulator/crypto/recipient/envelopedData.ts';
import { openEnvelope } from '../../support/attestation.ts';
import { hasOpenssl, openssl } from '../../support/openssl.ts';

describe('CMS EnvelopedData', () => {
  for (const modulusLength of [2048, 3072]) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength });

    it(`is opened by its key of ${modulusLength} bits, whatever the length of the content`, () => {
      for (const length of [1, 15, 16, 17, 32, 4096]) {
        const content = randomBytes(length);
        assert.deepEqual(openEnvelope(privateKey, envelopFor(createPublicKey(privateKey), content)), content);
      }
    });

    it(`is opened by openssl with its key of ${modulusLength} bits`, function () {
      if (!hasOpenssl) this.skip();
      const key = privateKey.export({ format: 'pem', type: 'pkcs8' });
      for (const length of [1, 32, 4096]) {
        const content = randomBytes(length);
        const envelope = envelopFor(createPublicKey(privateKey), content);
        const args = ['cms', '-decrypt', '-binary', '-inform', 'DER', '-inkey', '@key.pem', '-in', '@envelope'];
        assert.deepEqual(openssl(args, { 'key.pem': Buffer.from(key), envelope }), content);
      }
    });
  }
});
