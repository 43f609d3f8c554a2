import assert from 'node:assert/strict';
import { actionOf, appliesToKey, catalogActions, conditionKeyOf, grantOperationsFor, hasConditionKey, type KeyProperties } from '../../../../src/core/policy/catalog/catalog.ts';

const symmetric: KeyProperties = { spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT', origin: 'AWS_KMS', multiRegion: false };
const signing: KeyProperties = { spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY', origin: 'AWS_KMS', multiRegion: false };
const hmac: KeyProperties = { spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC', origin: 'AWS_KMS', multiRegion: true };
const mlKem: KeyProperties = { spec: 'ML_KEM_768', usage: 'ENCAPSULATE_DECAPSULATE', origin: 'AWS_KMS', multiRegion: false };

const uses: readonly (readonly [action: string, key: KeyProperties, applies: boolean])[] = [
  ['Encrypt', symmetric, true],
  ['Sign', symmetric, false],
  ['EnableKeyRotation', symmetric, true],
  ['ImportKeyMaterial', symmetric, false],
  ['ImportKeyMaterial', { ...symmetric, origin: 'EXTERNAL' }, true],
  ['ReplicateKey', symmetric, false],
  ['ReplicateKey', hmac, true],
  ['GetPublicKey', symmetric, false],
  ['GetPublicKey', signing, true],
  ['GetPublicKey', hmac, false],
  ['Sign', signing, true],
  ['EnableKeyRotation', signing, false],
  ['GenerateMac', hmac, true],
  ['GenerateDataKey', { ...symmetric, spec: 'RSA_2048' }, false],
  ['Encrypt', { ...symmetric, spec: 'RSA_2048' }, true],
  ['DescribeKey', hmac, true],
  ['Sign', {}, true],
];

const carried: readonly (readonly [action: string, key: string, has: boolean])[] = [
  ['Decrypt', 'kms:EncryptionContext:a:b/c', true],
  ['Decrypt', 'KMS:encryptioncontextkeys', true],
  ['Decrypt', 'kms:SigningAlgorithm', false],
  ['DescribeKey', 'kms:KeySpec', true],
  ['ListKeys', 'kms:KeySpec', false],
  ['CreateKey', 'kms:KeySpec', true],
  ['Decrypt', 'kms:RecipientAttestation:PCR31', true],
  ['Encrypt', 'kms:RecipientAttestation:PCR31', false],
  ['TagResource', 'aws:RequestTag/team', true],
  ['Decrypt', 'aws:RequestTag/team', false],
  ['Decrypt', 'aws:ResourceTag/team', true],
  ['Decrypt', 'aws:PrincipalTag/a/b', true],
  ['Encapsulate', 'kms:ViaService', true],
];

describe('The policy catalogue', () => {
  it('has every action once, with Encapsulate and Decapsulate', () => {
    const names = catalogActions.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.includes('Encapsulate') && names.includes('Decapsulate') && names.length >= 58);
  });

  it('says which actions a key policy decides on', () => {
    const iamOnly = catalogActions.filter(({ keyPolicy }) => keyPolicy === 'iamOnly').map(({ name }) => name);
    assert.deepEqual(iamOnly, [
      'ConnectCustomKeyStore', 'CreateCustomKeyStore', 'CreateKey', 'DeleteCustomKeyStore', 'DescribeCustomKeyStores', 'DisconnectCustomKeyStore',
      'GenerateRandom', 'ListAliases', 'ListKeys', 'ListRetirableGrants', 'UpdateCustomKeyStore',
    ]);
    assert.equal(actionOf('KMS:retiregrant')?.keyPolicy, 'denyOnly');
  });

  for (const [action, key, applies] of uses) {
    it(`${applies ? 'allows' : 'excludes'} ${action} on ${key.origin ?? 'any'} ${key.spec ?? 'key'}`, () => {
      assert.equal(appliesToKey(actionOf(action)!, key), applies);
    });
  }

  for (const [action, key, has] of carried) {
    it(`gives ${action} ${has ? 'the' : 'no'} key ${key}`, () => { assert.equal(hasConditionKey(actionOf(action)!, key), has); });
  }

  it('knows the type of a condition key and how many values it has', () => {
    assert.deepEqual(
      ['kms:KeySpec', 'kms:GrantOperations', 'aws:ResourceTag/team', 'kms:ValidTo', 'aws:SourceArn', 'aws:CalledVia', 'kms:MultiRegion'].map((name) => {
        const { type, multiValued } = conditionKeyOf(name)!;
        return `${type}${multiValued ? '[]' : ''}`;
      }),
      ['String', 'String[]', 'String', 'Date', 'Arn', 'String[]', 'Bool'],
    );
    assert.equal(conditionKeyOf('kms:EncryptionContext:'), undefined);
    assert.equal(conditionKeyOf('kms:Nothing'), undefined);
  });

  it('lists the operations that a grant on a key can have', () => {
    assert.deepEqual(grantOperationsFor(signing), ['CreateGrant', 'DescribeKey', 'GetPublicKey', 'RetireGrant', 'Sign', 'Verify']);
    assert.deepEqual(grantOperationsFor(mlKem), ['CreateGrant', 'Decapsulate', 'DescribeKey', 'Encapsulate', 'GetPublicKey', 'RetireGrant']);
    assert.equal(grantOperationsFor({}).length, 19);
  });
});
