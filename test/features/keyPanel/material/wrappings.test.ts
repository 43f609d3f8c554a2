import assert from 'node:assert/strict';
import { wrappingsOf } from '../../../../src/features/keyPanel/material/wrappings.ts';

const rows: readonly { readonly spec: string; readonly first: string; readonly count: number; readonly without?: RegExp; readonly region?: string }[] = [
  { spec: 'SYMMETRIC_DEFAULT', first: 'RSAES_OAEP_SHA_256 RSA_4096', count: 12 },
  { spec: 'HMAC_512', first: 'RSAES_OAEP_SHA_256 RSA_4096', count: 12 },
  { spec: 'RSA_2048', first: 'RSA_AES_KEY_WRAP_SHA_256 RSA_4096', count: 6, without: /RSAES_OAEP/ },
  { spec: 'RSA_4096', first: 'RSA_AES_KEY_WRAP_SHA_256 RSA_4096', count: 6, without: /RSAES_OAEP/ },
  { spec: 'ECC_NIST_P256', first: 'RSA_AES_KEY_WRAP_SHA_256 RSA_4096', count: 12 },
  { spec: 'ECC_NIST_P521', first: 'RSA_AES_KEY_WRAP_SHA_256 RSA_4096', count: 10, without: /RSAES_OAEP_SHA_\d+ RSA_2048/ },
  { spec: 'SYMMETRIC_DEFAULT', region: 'cn-north-1', first: 'RSAES_OAEP_SHA_256 RSA_4096', count: 13 },
  { spec: 'SM2', region: 'cn-northwest-1', first: 'RSA_AES_KEY_WRAP_SHA_256 RSA_4096', count: 13 },
  { spec: 'RSA_2048', region: 'cn-north-1', first: 'RSA_AES_KEY_WRAP_SHA_256 RSA_4096', count: 6, without: /SM2/ },
  { spec: 'ML_DSA_65', first: 'RSA_AES_KEY_WRAP_SHA_256 RSA_4096', count: 6, without: /RSAES_OAEP/ },
];

describe('wrappingsOf', () => {
  for (const { spec, first, count, without, region = 'eu-west-1' } of rows) {
    it(`fits the material of ${spec} in ${region}`, () => {
      const wrappings = wrappingsOf(spec, region).map(({ algorithm, wrappingKeySpec }) => `${algorithm} ${wrappingKeySpec}`);
      assert.deepEqual([wrappings[0], wrappings.length], [first, count]);
      if (without !== undefined) assert.doesNotMatch(wrappings.join('\n'), without);
    });
  }
});
