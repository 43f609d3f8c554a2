import assert from 'node:assert/strict';
import { emptyDraft, type KeyDraft } from '../../../../src/core/kms/create/keyDraft.ts';
import { policyText } from '../../../../src/core/kms/create/policyText.ts';

interface Statement {
  readonly Sid: string;
  readonly Principal: { readonly AWS: string | readonly string[] };
  readonly Action: string | readonly string[];
  readonly Condition?: unknown;
}

const account = '111122223333';
const role = 'arn:aws:iam::111122223333:role/app';
const admin = 'arn:aws:iam::111122223333:role/admin';
const root = { Sid: 'Enable IAM User Permissions', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' };

function statements(change: Partial<KeyDraft>): readonly Statement[] {
  const text = policyText({ ...emptyDraft('eu-west-1'), ...change }, account);
  return (JSON.parse(text ?? '{"Statement":[]}') as { Statement: readonly Statement[] }).Statement;
}

const usages: readonly { readonly name: string; readonly change: Partial<KeyDraft>; readonly actions: readonly string[] }[] = [
  { name: 'a symmetric key', change: {}, actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'] },
  { name: 'an RSA key that encrypts', change: { keySpec: 'RSA_2048' }, actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:DescribeKey', 'kms:GetPublicKey'] },
  { name: 'a key that signs', change: { keySpec: 'ML_DSA_65', keyUsage: 'SIGN_VERIFY' }, actions: ['kms:Sign', 'kms:Verify', 'kms:DescribeKey', 'kms:GetPublicKey'] },
  { name: 'an HMAC key', change: { keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC' }, actions: ['kms:GenerateMac', 'kms:VerifyMac', 'kms:DescribeKey'] },
  { name: 'a key that agrees', change: { keySpec: 'ECC_NIST_P256', keyUsage: 'KEY_AGREEMENT' }, actions: ['kms:DeriveSharedSecret', 'kms:DescribeKey', 'kms:GetPublicKey'] },
  { name: 'an ML-KEM key', change: { keySpec: 'ML_KEM_768', keyUsage: 'ENCAPSULATE_DECAPSULATE' }, actions: ['kms:Encapsulate', 'kms:Decapsulate', 'kms:DescribeKey', 'kms:GetPublicKey'] },
];

describe('policyText', () => {
  it('leaves the default policy to KMS', () => {
    assert.equal(policyText(emptyDraft('eu-west-1'), account), undefined);
  });

  for (const { name, change, actions } of usages) {
    it(`gives the users of ${name} what they need`, () => {
      const policy = { kind: 'administrators', administrators: [], users: [role], accounts: [] } as const;
      const use = statements({ ...change, policy }).find(({ Sid }) => Sid === 'Allow use of the key');
      assert.deepEqual([use?.Action, use?.Principal.AWS], [actions, role]);
    });
  }

  it('lets the account in first, and keeps administrators from using the key', () => {
    const [first, second, ...others] = statements({ policy: { kind: 'administrators', administrators: [admin], users: [], accounts: [] } });
    assert.deepEqual(first, root);
    assert.equal(second!.Principal.AWS, admin);
    assert.doesNotMatch([second!.Action].flat().join(' '), /crypt|kms:Sign|Mac|Derive|GenerateDataKey|kms:\*/);
    assert.deepEqual(others, []);
  });

  it('lets administrators import and replicate where the key is such', () => {
    const policy = { kind: 'administrators', administrators: [admin], users: [], accounts: [] } as const;
    const actions = [statements({ policy, origin: 'EXTERNAL', multiRegion: true })[1]!.Action].flat();
    assert.ok(actions.includes('kms:ImportKeyMaterial') && actions.includes('kms:ReplicateKey'));
  });

  it('names other accounts by their root, in the partition of the Region', () => {
    const policy = { kind: 'crossAccount', administrators: [], users: [], accounts: ['444455556666', '777788889999'] } as const;
    const [, use, grants] = statements({ region: 'cn-north-1', policy });
    assert.deepEqual(use!.Principal.AWS, ['arn:aws-cn:iam::444455556666:root', 'arn:aws-cn:iam::777788889999:root']);
    assert.deepEqual(grants!.Condition, { Bool: { 'kms:GrantIsForAWSResource': 'true' } });
  });

  it('leaves accounts out of a policy that is not cross-account', () => {
    const text = policyText({ ...emptyDraft('eu-west-1'), policy: { kind: 'administrators', administrators: [], users: [role], accounts: ['444455556666'] } }, account);
    assert.doesNotMatch(text ?? '', /444455556666/);
  });
});
