import assert from 'node:assert/strict';
import { toBase64 } from '../../../../src/core/secrets/base64.ts';
import { describeToken } from '../../../../src/core/secrets/tokens/describeToken.ts';
import { tokenFacts } from '../../../../src/core/secrets/tokens/tokenFacts.ts';
import { sampleCiphertext, wrappedCiphertext } from '../sampleCiphertext.ts';
import { keyArns } from './sampleMessage.ts';

function factsOf(text: string): Readonly<Record<string, string>> {
  const description = describeToken(text);
  assert.ok(description !== undefined);
  return Object.fromEntries(tokenFacts(description).map(({ name, text: value }) => [name, value]));
}

describe('the facts of an encrypted value', () => {
  const blob = sampleCiphertext(2, 11);
  const base64 = toBase64(blob);

  it('of a bare ciphertext are its length, its layout and the hash of its key material', () => {
    const { 'Hash of the key material': hash, ...facts } = factsOf(base64);
    assert.match(hash ?? '', /^[0-9a-f]{64}$/);
    assert.deepEqual(facts, {
      Format: 'bare',
      'Decrypted by': 'Terraform (aws_kms_secrets), the AWS CLI, fnox or the application itself',
      Length: `${blob.length} bytes`,
      Layout: 'the present one',
    });
  });

  it('name the encryption context and the key that a token carries', () => {
    const facts = factsOf(`{cipher}[keyId=${keyArns[0]}](app=b3JkZXJz)${base64}`);
    assert.equal(facts['Encryption context'], 'app=orders');
    assert.equal(facts['Key'], keyArns[0]);
    assert.equal(facts['Region'], 'eu-west-1');
  });

  it('say so of an old layout', () => {
    assert.equal(factsOf(toBase64(wrappedCiphertext(5)))['Layout'], 'the one that KMS wrote until 2016');
  });

  it('of a value of another tool are its format and its reader', () => {
    assert.deepEqual(Object.keys(factsOf('ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]')), ['Format', 'Decrypted by']);
  });
});
