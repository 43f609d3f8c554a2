import assert from 'node:assert/strict';
import { createPublicKey, randomBytes } from 'node:crypto';
import {
  agreeSm2,
  decryptSm2,
  encryptSm2,
  generateSm2Scalar,
  isSm2Scalar,
  loadSm2,
  signSm2,
  sm2Digest,
  sm2PublicKey,
  verifySm2,
} from '../../../../src/emulator/crypto/asymmetric/sm2.ts';
import { integer, octetString, sequence } from '../../../../src/emulator/crypto/encoding/der.ts';
import { writePrivateKey } from '../../../../src/emulator/crypto/encoding/privateKeyInfo.ts';
import { writePublicKey } from '../../../../src/emulator/crypto/encoding/publicKeyInfo.ts';
import { hasOpenssl, openssl } from '../../support/openssl.ts';

const fromHex = (text: string): Buffer => Buffer.from(text, 'hex');

describe('SM2', () => {
  // The key, the signature and the ciphertext of GB/T 32918.5, annexes A and C.
  const sample = loadSm2(fromHex('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8'));

  it('has the public key and the digest of the standard', () => {
    assert.equal(
      sample.point.toString('hex'),
      '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
    );
    assert.equal(sm2Digest(sample, Buffer.from('message digest')).toString('hex'), 'f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640');
  });

  it('verifies the signature of the standard', () => {
    const signature = sequence(
      integer(fromHex('f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3')),
      integer(fromHex('b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa')),
    );
    assert.ok(verifySm2(sample, sm2Digest(sample, Buffer.from('message digest')), signature));
  });

  it('decrypts the ciphertext of the standard', () => {
    const ciphertext = sequence(
      integer(fromHex('04ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73')),
      integer(fromHex('e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0')),
      octetString(fromHex('59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766')),
      octetString(fromHex('21886ca989ca9c7d58087307ca93092d651efa')),
    );
    assert.equal(decryptSm2(sample, ciphertext)?.toString(), 'encryption standard');
  });

  it('signs, and refuses damaged signatures and ones that are not DER', () => {
    const key = loadSm2(generateSm2Scalar());
    const digest = sm2Digest(key, Buffer.from('m'));
    const signature = signSm2(key, digest);
    assert.ok(verifySm2(key, digest, signature));
    const damaged = signature.map((byte, index) => (index === signature.length - 1 ? byte ^ 1 : byte));
    const zeros = sequence(integer(Buffer.from([0])), integer(Buffer.from([0])));
    const large = sequence(integer(Buffer.alloc(32, 0xff)), integer(Buffer.alloc(33, 0xff)));
    for (const wrong of [damaged, signature.subarray(2), Buffer.alloc(64, 1), Buffer.alloc(0), zeros, large]) {
      assert.ok(!verifySm2(key, digest, wrong));
    }
    assert.ok(!verifySm2(key, sm2Digest(key, Buffer.from('n')), signature));
    assert.ok(!verifySm2(loadSm2(generateSm2Scalar()), digest, signature));
  });

  it('decrypts what it encrypts, and refuses damaged ciphertext and that of another key', () => {
    const key = loadSm2(generateSm2Scalar());
    for (const length of [1, 31, 32, 33, 1024]) {
      const plaintext = randomBytes(length);
      const ciphertext = encryptSm2(key, plaintext);
      assert.deepEqual(decryptSm2(key, ciphertext), plaintext);
      assert.equal(decryptSm2(loadSm2(generateSm2Scalar()), ciphertext), undefined);
      for (const position of [3, 10, 50, 80, ciphertext.length - 1]) {
        assert.equal(decryptSm2(key, ciphertext.map((byte, index) => (index === position ? byte ^ 1 : byte))), undefined, `${position}`);
      }
    }
    assert.equal(decryptSm2(key, Buffer.from('no ciphertext')), undefined);
  });

  it('shares a secret with another key, and refuses what is no point of its curve', () => {
    const [a, b] = [loadSm2(generateSm2Scalar()), loadSm2(generateSm2Scalar())];
    const secret = agreeSm2(a, sm2PublicKey(b));
    assert.equal(secret?.length, 32);
    assert.deepEqual(agreeSm2(b, sm2PublicKey(a)), secret);
    const moved = b.point.map((byte, index) => (index === 64 ? byte ^ 1 : byte));
    assert.equal(agreeSm2(a, writePublicKey('SM2', moved)), undefined);
    assert.equal(agreeSm2(a, writePublicKey('P-256', b.point)), undefined);
  });

  it('takes scalars from one to below the order less one', () => {
    const order = BigInt('0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123');
    const scalar = (value: bigint): Buffer => fromHex(value.toString(16).padStart(64, '0'));
    assert.deepEqual([1n, order - 2n].map((value) => isSm2Scalar(scalar(value))), [true, true]);
    assert.deepEqual([0n, order - 1n, order].map((value) => isSm2Scalar(scalar(value))), [false, false, false]);
    assert.ok(!isSm2Scalar(Buffer.alloc(31, 1)));
  });

  it('has a public key that Node reads', () => {
    const publicKey = createPublicKey({ key: sm2PublicKey(sample), format: 'der', type: 'spki' });
    assert.deepEqual(publicKey.export({ format: 'der', type: 'spki' }), sm2PublicKey(sample));
  });

  describe('with openssl', () => {
    const key = loadSm2(generateSm2Scalar());
    const files = { 'public.der': sm2PublicKey(key), 'private.der': writePrivateKey('SM2', key.scalar, key.point) };
    const message = Buffer.from('a message');
    const signing = ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678'];
    before(function () {
      if (!hasOpenssl) this.skip();
    });

    it('verifies each way', () => {
      const ours = signSm2(key, sm2Digest(key, message));
      const verifying = ['pkeyutl', '-verify', ...signing, '-pubin', '-inkey', '@public.der', '-keyform', 'DER', '-in', '@message', '-sigfile', '@signature'];
      assert.ok(openssl(verifying, { ...files, message, signature: ours }));
      const theirs = openssl(['pkeyutl', '-sign', ...signing, '-inkey', '@private.der', '-keyform', 'DER', '-in', '@message'], { ...files, message });
      assert.ok(verifySm2(key, sm2Digest(key, message), theirs!));
    });

    it('decrypts each way', () => {
      const ours = openssl(['pkeyutl', '-decrypt', '-inkey', '@private.der', '-keyform', 'DER'], files, encryptSm2(key, message));
      assert.deepEqual(ours, message);
      const theirs = openssl(['pkeyutl', '-encrypt', '-pubin', '-inkey', '@public.der', '-keyform', 'DER'], files, message);
      assert.deepEqual(decryptSm2(key, theirs!), message);
    });
  });
});
