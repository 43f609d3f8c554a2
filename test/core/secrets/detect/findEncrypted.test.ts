import assert from 'node:assert/strict';
import { toBase64 } from '../../../../src/core/secrets/base64.ts';
import { readCiphertext } from '../../../../src/core/secrets/ciphertextBlob.ts';
import { findEncrypted, mayHoldEncrypted } from '../../../../src/core/secrets/detect/findEncrypted.ts';
import { formatFor } from '../../../../src/core/secrets/fileFormats.ts';
import { sampleCiphertext } from '../sampleCiphertext.ts';

const blob = sampleCiphertext(2, 20);
const token = toBase64(blob);
const keyHash = readCiphertext(blob)?.keyHash;
const arn = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const value = 'ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]';

async function found(fileName: string, text: string) {
  const entries = (await formatFor(fileName, '')!.load()).parse(text);
  return findEncrypted(text, entries, fileName).map(({ keyPath, format, keys, keyHash: hash, offset }) => ({ name: keyPath.join('.'), format, keys, hash, at: text.slice(offset, offset + 4) }));
}

describe('the encrypted values of a file', () => {
  it('are ciphertexts with the hash of their key material, and keys that they name', async () => {
    const text = `a: ${token}\nb: plain\nc:\n  - '{cipher}[keyId=${arn}]${token}'\n`;
    assert.deepEqual(await found('x.yaml', text), [
      { name: 'a', format: 'bare', keys: [], hash: keyHash, at: token.slice(0, 4) },
      { name: 'c.0', format: 'spring-cloud-config', keys: [arn], hash: keyHash, at: "'{ci" },
    ]);
  });

  it('are a file of SOPS as one, with the keys of its sops part and without their data keys', async () => {
    const yaml = `a: ${value}\nsops:\n  kms:\n    - arn: ${arn}\n      enc: ${token}\n    - arn: ${arn}\n`;
    const whole = { name: '', format: 'sops', keys: [arn], hash: undefined };
    assert.deepEqual(await found('x.yaml', yaml), [{ ...whole, at: yaml.slice(0, 4) }]);
    const dotenv = `A=${value}\nsops_kms__list_0__map_arn=${arn}\nsops_kms__list_0__map_enc=${token}\n`;
    assert.deepEqual(await found('x.env', dotenv), [{ ...whole, at: dotenv.slice(0, 4) }]);
  });

  it('are none of tools without KMS', async () => {
    assert.deepEqual(await found('x.yaml', `a: ENC(AAAA)\nb: encrypted:${token.slice(0, 40)}\n`), []);
  });

  it('are looked for only where there may be some', () => {
    assert.ok(mayHoldEncrypted(`x ${token}`));
    assert.ok(mayHoldEncrypted(value));
    assert.ok(!mayHoldEncrypted('password: hunter2'));
  });
});
