import assert from 'node:assert/strict';
import { createPublicKey, hash, verify } from 'node:crypto';
import {
  ed25519PublicKey,
  loadEd25519,
  signEd25519,
  signEd25519ph,
  verifyEd25519,
  verifyEd25519ph,
} from '../../../../src/emulator/crypto/asymmetric/ed25519.ts';

const fromHex = (text: string): Buffer => Buffer.from(text, 'hex');

describe('Ed25519', () => {
  // RFC 8032, section 7.1, tests 1 to 3.
  const vectors = [
    {
      seed: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
      publicKey: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
      message: '',
      signature:
        'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    },
    {
      seed: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
      publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
      message: '72',
      signature:
        '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    },
    {
      seed: 'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
      publicKey: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
      message: 'af82',
      signature:
        '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    },
  ];
  for (const { seed, publicKey, message, signature } of vectors) {
    it(`signs the message '${message}' of RFC 8032 as it does`, () => {
      const key = loadEd25519(fromHex(seed));
      assert.equal(Buffer.from(signEd25519(key, fromHex(message))).toString('hex'), signature);
      assert.ok(verifyEd25519(key, fromHex(message), fromHex(signature)));
      const encoded = ed25519PublicKey(key);
      assert.equal(encoded.length, 44);
      assert.equal(encoded.subarray(12).toString('hex'), publicKey);
      assert.ok(verify(null, fromHex(message), createPublicKey({ key: encoded, format: 'der', type: 'spki' }), fromHex(signature)));
    });
  }

  // RFC 8032, section 7.3.
  const key = loadEd25519(fromHex('833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42'));
  const digest = hash('sha512', 'abc', 'buffer');
  const signature =
    '98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae4131f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406';

  it('signs the digest of "abc" as Ed25519ph of RFC 8032 does', () => {
    assert.equal(Buffer.from(signEd25519ph(key, digest)).toString('hex'), signature);
    assert.ok(verifyEd25519ph(key, digest, fromHex(signature)));
  });

  it('keeps the two forms apart', () => {
    assert.ok(!verifyEd25519(key, digest, fromHex(signature)));
    assert.ok(!verifyEd25519ph(key, digest, signEd25519(key, digest)));
  });

  it('refuses what is no signature', () => {
    const damaged = fromHex(signature).map((byte, index) => (index === 50 ? byte ^ 1 : byte));
    for (const wrong of [damaged, fromHex(signature).subarray(1), Buffer.alloc(64, 0xff), Buffer.alloc(0)]) {
      assert.ok(!verifyEd25519ph(key, digest, wrong));
      assert.ok(!verifyEd25519(key, digest, wrong));
    }
  });
});
