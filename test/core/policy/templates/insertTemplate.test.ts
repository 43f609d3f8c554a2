import assert from 'node:assert/strict';
import { lintPolicy } from '../../../../src/core/policy/lint/lintPolicy.ts';
import { insertTemplate } from '../../../../src/core/policy/templates/insertTemplate.ts';
import { policyTemplates, type TemplateKey } from '../../../../src/core/policy/templates/policyTemplates.ts';

const account = '111122223333';
const symmetric: TemplateKey = { arn: `arn:aws:kms:eu-west-1:${account}:key/1`, account, region: 'eu-west-1', spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT', origin: 'AWS_KMS', multiRegion: false };
const keys: readonly { readonly name: string; readonly key: TemplateKey }[] = [
  { name: 'a symmetric key', key: symmetric },
  { name: 'a multi-Region key with imported material', key: { ...symmetric, origin: 'EXTERNAL', multiRegion: true } },
  { name: 'a key of a China Region', key: { ...symmetric, region: 'cn-north-1' } },
  { name: 'a signing key', key: { ...symmetric, spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY' } },
  { name: 'an RSA key that encrypts', key: { ...symmetric, spec: 'RSA_2048' } },
  { name: 'an HMAC key', key: { ...symmetric, spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' } },
  { name: 'a key for key agreement', key: { ...symmetric, spec: 'ECC_NIST_P256', usage: 'KEY_AGREEMENT' } },
  { name: 'a key that encapsulates', key: { ...symmetric, spec: 'ML_KEM_768', usage: 'ENCAPSULATE_DECAPSULATE' } },
];

/** What is worth a word in any case: the other account, and that the account's IAM policies reach around an enclave. */
const expected = ['KMSP035', 'KMSP038'];

function inserted(text: string, id: string, key = symmetric): string {
  const template = policyTemplates(key).find((each) => each.id === id);
  assert.ok(template !== undefined);
  const edit = insertTemplate(text, template, key);
  return text.slice(0, edit.offset) + edit.text + text.slice(edit.offset + edit.length);
}

interface Policy {
  readonly Id?: string;
  readonly Statement: readonly { readonly Sid: string }[];
}
const sidsOf = (text: string): readonly string[] => (JSON.parse(text) as Policy).Statement.map(({ Sid }) => Sid);

describe('the policy templates', () => {
  for (const { name, key } of keys) {
    for (const { id } of policyTemplates(key)) {
      it(`make a policy with which nothing is wrong for ${name}: ${id}`, () => {
        const found = lintPolicy(inserted('', id, key), { key });
        assert.deepEqual(found.filter(({ code }) => !expected.includes(code)).map(({ code, message }) => `${code} ${message}`), []);
      });
    }
  }

  it('offer enclaves and encryption contexts to symmetric keys alone', () => {
    const ids = (key: TemplateKey) => policyTemplates(key).map(({ id }) => id);
    assert.ok(ids(symmetric).includes('enclave') && ids(symmetric).includes('encryptionContext'));
    assert.ok(!ids({ ...symmetric, spec: 'RSA_2048' }).some((id) => id === 'enclave' || id === 'encryptionContext'));
  });
});

describe('insertTemplate', () => {
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: 'Mine', Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: '*' }] }, null, 2);

  it('puts statements behind those that are there, in their layout', () => {
    const text = inserted(policy, 'crossAccount');
    assert.deepEqual(sidsOf(text), ['Mine', 'Allow use by another account']);
    assert.equal(text, JSON.stringify(JSON.parse(text), null, 2));
  });

  it('puts a whole policy in place of the text', () => {
    const text = inserted(policy, 'administratorsAndUsers');
    assert.equal((JSON.parse(text) as Policy).Id, 'key-consolepolicy-3');
    assert.ok(!sidsOf(text).includes('Mine'));
  });

  for (const [name, text] of [['an empty text', ''], ['a broken one', '{"Statement":[{'], ['a policy without a list', '{"Statement":{"Sid":"Mine"}}'], ['an empty list', '{"Statement":[]}']] as const) {
    it(`begins a policy with the account’s own statement in place of ${name}`, () => {
      assert.deepEqual(sidsOf(inserted(text, 'crossAccount')), ['Enable IAM User Permissions', 'Allow use by another account']);
    });
  }
});
