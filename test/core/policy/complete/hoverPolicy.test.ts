import assert from 'node:assert/strict';
import { describeAction, describeConditionKey } from '../../../../src/core/policy/complete/describe.ts';
import { hoverPolicy } from '../../../../src/core/policy/complete/hoverPolicy.ts';
import { catalogActions, catalogConditionKeys } from '../../../../src/core/policy/catalog/catalog.ts';

const text = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Read',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:role/app' },
      Action: ['kms:Decrypt', 'kms:ReEncrypt*', 'kms:Sing', 'kms:CreateKey', 'kms:RetireGrant', 'kms:ImportKeyMaterial'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:EncryptionContext:service': 'orders', 'aws:PrincipalOrgID': 'o-1', 'kms:Nothing': '1' } },
    },
  ],
});

/** What is pointed at, and the title, a sentence and the link that come. */
const rows: readonly { readonly at: string; readonly title?: string; readonly says?: RegExp; readonly link?: RegExp }[] = [
  { at: 'kms:Decrypt', title: 'kms:Decrypt', says: /Access level: Write\. .*Only for keys with key usage ENCRYPT_DECRYPT\. Other accounts can be allowed to do it\. A grant can hold it\./, link: /API_Decrypt\.html$/ },
  { at: 'kms:ReEncrypt*', title: 'kms:ReEncrypt*', says: /Stands for 2 actions: ReEncryptFrom and ReEncryptTo\./ },
  { at: 'kms:CreateKey', title: 'kms:CreateKey', says: /a key policy has no effect on it/ },
  { at: 'kms:RetireGrant', title: 'kms:RetireGrant', says: /a key policy can only deny it/ },
  { at: 'kms:ImportKeyMaterial', title: 'kms:ImportKeyMaterial', says: /Only for keys with origin EXTERNAL\. It never works on a key of another account\./ },
  { at: 'kms:EncryptionContext:service', title: 'kms:EncryptionContext:${EncryptionContextKey}', says: /Type String, one value\. Carried by requests for CreateGrant, Decrypt, .*compared in any case/, link: /#conditions-kms-encryption-context$/ },
  { at: 'aws:PrincipalOrgID', title: 'aws:PrincipalOrgID', says: /Requests for every action on a key can carry it/, link: /reference_policies_condition-keys/ },
  { at: 'Allow', title: 'Statement 1', says: /^Allows role app of account 111122223333 kms:Decrypt/ },
  { at: 'kms:Sing' },
  { at: 'kms:Nothing' },
  { at: 'orders' },
  { at: '2012' },
];

describe('hoverPolicy', () => {
  for (const { at, title, says = /^/, link = /^https:/ } of rows) {
    it(`${title === undefined ? 'is silent' : 'tells'} about ${at}`, () => {
      const found = hoverPolicy(text, text.indexOf(at) + 1);
      assert.equal(found?.title, title);
      if (found === undefined) return;
      assert.match(found.sentences.join(' '), says);
      assert.match(found.link, link);
      assert.ok(text.slice(found.span.offset, found.span.offset + found.span.length).includes(at));
    });
  }
});

describe('the descriptions', () => {
  it('of every action and condition key are whole sentences with a page of AWS', () => {
    for (const { title, sentences, link } of [...catalogActions.map(describeAction), ...catalogConditionKeys.map(describeConditionKey)]) {
      assert.ok(sentences.length >= 2, title);
      for (const each of sentences) assert.match(each, /^[A-Z].*\.$/, title);
      assert.match(link, /^https:\/\/docs\.aws\.amazon\.com\//);
    }
  });
});
