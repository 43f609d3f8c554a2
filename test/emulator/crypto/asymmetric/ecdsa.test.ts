import assert from 'node:assert/strict';
import { createPublicKey, hash, sign, verify } from 'node:crypto';
import { signDigest, signMessage, verifyDigest, verifyMessage } from '../../../../src/emulator/crypto/asymmetric/ecdsa.ts';
import { ecPoint, ecPublicKey, generateScalar, isScalar, loadEcKey, scalarLength } from '../../../../src/emulator/crypto/asymmetric/ecKey.ts';
import { nativePrivateKey } from '../../../../src/emulator/crypto/capabilities.ts';
import { noNativeCrypto, runtimes } from '../../support/runtimes.ts';

const message = Buffer.from('a message');
const curves = [
  ['P-256', 'sha256', 91],
  ['P-384', 'sha384', 120],
  ['P-521', 'sha512', 158],
  ['secp256k1', 'sha256', 88],
] as const;

describe('ECDSA', () => {
  for (const [runtime, native] of runtimes) {
    for (const [curve, algorithm, encodedLength] of curves) {
      it(`on ${curve} with ${runtime} agrees with Node, over messages and over digests`, () => {
        const key = loadEcKey(curve, generateScalar(curve), native);
        const digest = hash(algorithm, message, 'buffer');
        const encoded = ecPublicKey(key);
        assert.equal(encoded.length, encodedLength);
        assert.equal(ecPoint(key).length, 2 * Math.ceil((curve === 'P-521' ? 521 : Number(/\d{3}/.exec(curve)?.[0])) / 8) + 1);
        const publicKey = createPublicKey({ key: encoded, format: 'der', type: 'spki' });
        const theirs = sign(algorithm, message, nativePrivateKey(curve, key.scalar));
        for (const signature of [signDigest(key, digest), signMessage(key, algorithm, message), theirs]) {
          assert.ok(verify(algorithm, message, publicKey, signature));
          assert.ok(verifyDigest(key, digest, signature));
          assert.ok(verifyMessage(key, algorithm, message, signature));
          const damaged = signature.map((byte, index) => (index === signature.length - 1 ? byte ^ 1 : byte));
          assert.ok(!verifyDigest(key, digest, damaged));
          assert.ok(!verifyMessage(key, algorithm, message, damaged));
        }
      });
    }
  }

  it('refuses signatures that are not DER', () => {
    for (const [, native] of runtimes) {
      const key = loadEcKey('P-256', generateScalar('P-256'), native);
      const signature = signMessage(key, 'sha256', message);
      for (const wrong of [signature.subarray(2), Buffer.concat([signature, Buffer.alloc(1)]), Buffer.alloc(0), Buffer.alloc(64, 1)]) {
        assert.ok(!verifyMessage(key, 'sha256', message, wrong));
        assert.ok(!verifyDigest(key, hash('sha256', message, 'buffer'), wrong));
      }
    }
  });

  it('takes scalars from one to below the order, and of their length alone', () => {
    for (const [curve] of curves) {
      const length = scalarLength(curve);
      assert.ok(isScalar(curve, generateScalar(curve)));
      const one = Buffer.alloc(length);
      one.writeUInt8(1, length - 1);
      assert.ok(isScalar(curve, one));
      for (const wrong of [Buffer.alloc(length), Buffer.alloc(length, 0xff), Buffer.alloc(length - 1, 1), Buffer.alloc(length + 1, 1)]) {
        assert.ok(!isScalar(curve, wrong));
      }
    }
  });

  it('does on secp256k1 without the runtime what it does with it', () => {
    const scalar = generateScalar('secp256k1');
    assert.equal(loadEcKey('secp256k1', scalar, noNativeCrypto).native, undefined);
    assert.deepEqual(ecPublicKey(loadEcKey('secp256k1', scalar, noNativeCrypto)), ecPublicKey(loadEcKey('secp256k1', scalar)));
  });
});
