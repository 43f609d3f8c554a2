import assert from 'node:assert/strict';
import { createECDH, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { agree } from '../../../../src/emulator/crypto/asymmetric/ecdh.ts';
import { ecPoint, generateScalar, loadEcKey } from '../../../../src/emulator/crypto/asymmetric/ecKey.ts';
import { writePublicKey } from '../../../../src/emulator/crypto/encoding/publicKeyInfo.ts';

const curves = [
  ['P-256', 'prime256v1', 32],
  ['P-384', 'secp384r1', 48],
  ['P-521', 'secp521r1', 66],
] as const;

const spki = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' });

describe('ECDH', () => {
  for (const [curve, nodeName, length] of curves) {
    it(`on ${curve} gives the secret that Node gives, for both forms of a point`, () => {
      const scalar = generateScalar(curve);
      const peer = createECDH(nodeName);
      const point = peer.generateKeys();
      const key = loadEcKey(curve, scalar);
      const expected = peer.computeSecret(ecPoint(key));
      assert.equal(expected.length, length);
      assert.deepEqual(agree(key, writePublicKey(curve, point)), expected);
      assert.deepEqual(agree(key, writePublicKey(curve, peer.getPublicKey(null, 'compressed'))), expected);
    });

    it(`on ${curve} refuses the keys of other curves and kinds`, () => {
      const key = loadEcKey(curve, generateScalar(curve));
      const others = curves.filter(([other]) => other !== curve);
      for (const [other] of others) assert.equal(agree(key, writePublicKey(other, ecPoint(loadEcKey(other, generateScalar(other))))), undefined);
      assert.equal(agree(key, spki(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey)), undefined);
      assert.equal(agree(key, spki(generateKeyPairSync('ed25519').publicKey)), undefined);
      assert.equal(agree(key, Buffer.from('not a key')), undefined);
    });

    it(`on ${curve} refuses a point that is not on it, and no point`, () => {
      const key = loadEcKey(curve, generateScalar(curve));
      const point = Buffer.from(ecPoint(key));
      const moved = point.map((byte, index) => (index === point.length - 1 ? byte ^ 1 : byte));
      for (const wrong of [moved, point.subarray(1), Buffer.from([0]), Buffer.alloc(0), Buffer.concat([Buffer.from([6]), point.subarray(1)])]) {
        assert.equal(agree(key, writePublicKey(curve, wrong)), undefined);
      }
    });

    it(`on ${curve} refuses a curve that is given by its parameters, though it be the same`, () => {
      const { publicKey } = generateKeyPairSync('ec', { namedCurve: nodeName, paramEncoding: 'explicit' });
      assert.equal(agree(loadEcKey(curve, generateScalar(curve)), spki(publicKey)), undefined);
    });
  }
});
