import assert from 'node:assert/strict';
import { catalogConditionKeys } from '../../../../src/core/policy/catalog/catalog.ts';
import { conditionContext } from '../../../../src/core/policy/conditions/conditionContext.ts';
import type { RequestFacts } from '../../../../src/core/policy/conditions/requestFacts.ts';
import { callerOf, keyOf } from '../evaluate/caseRequest.ts';

const person = (name: string, tags: Readonly<Record<string, string>> = {}) => callerOf({ name: '', caller: name, operation: '', tags, expect: { allowed: true } });
const key = { ...keyOf({ tags: { team: 'a' }, aliases: ['alias/app', 'alias/b'], multiRegionKeyType: 'REPLICA' }), organizationId: 'o-key' };

/** A request that has everything, which no real one does. */
const everything: RequestFacts = {
  operation: 'CreateGrant',
  caller: { ...person('alice', { team: 'a' }), federatedProvider: 'accounts.example.com' },
  key,
  region: 'eu-west-1',
  now: Date.UTC(2026, 0, 15, 12, 0, 0, 500),
  viaService: 's3.eu-west-1.amazonaws.com',
  calledVia: ['athena.amazonaws.com', 's3.amazonaws.com'],
  sourceArn: 'arn:aws:s3:::bucket',
  sourceAccount: '111122223333',
  sourceIp: '203.0.113.7',
  sourceVpc: 'vpc-1',
  sourceVpce: 'vpce-1',
  secureTransport: true,
  userAgent: 'agent',
  multiFactorAuthPresent: true,
  parameters: {
    encryptionContext: { App: 'x' },
    encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    signingAlgorithm: 'ECDSA_SHA_256',
    messageType: 'RAW',
    macAlgorithm: 'HMAC_SHA_256',
    keyAgreementAlgorithm: 'ECDH',
    keyPairSpec: 'RSA_2048',
    wrappingAlgorithm: 'RSAES_OAEP_SHA_256',
    wrappingKeySpec: 'RSA_2048',
    expirationModel: 'KEY_MATERIAL_EXPIRES',
    validTo: Date.UTC(2027, 0, 1),
    pendingWindowInDays: 30,
    rotationPeriodInDays: 90,
    trailingDaysWithoutKeyUsage: 7,
    primaryRegion: 'us-east-1',
    replicaRegion: 'eu-west-2',
    bypassPolicyLockoutSafetyCheck: true,
    reEncryptOnSameKey: true,
    requestAlias: 'alias/app',
    tags: { cost: '1' },
    recipientAttestation: { ImageSha384: '00' },
    grant: {
      operations: ['Decrypt'],
      constraints: { sourceArn: 'arn:aws:s3:::bucket', encryptionContextEquals: { Env: 'p' } },
      granteePrincipal: 'arn:aws:iam::111122223333:user/bob',
      granteeServicePrincipal: 's3.amazonaws.com',
      retiringPrincipal: 'arn:aws:iam::111122223333:user/carol',
      retiringServicePrincipal: 'sns.amazonaws.com',
    },
  },
};

const plain: RequestFacts = { operation: 'Decrypt', caller: person('alice'), key: keyOf({}), region: 'eu-west-1', now: 0 };

const rows: readonly (readonly [name: string, facts: RequestFacts, key: string, value: readonly string[] | undefined])[] = [
  ['the role of a session with its path', { ...plain, caller: person('deploy') }, 'aws:principalarn', ['arn:aws:iam::111122223333:role/ci/deploy']],
  ['the user name without the path', plain, 'aws:username', ['alice']],
  ['no user name of a role', { ...plain, caller: person('deploy') }, 'aws:username', undefined],
  ['the type of a root user', { ...plain, caller: person('root') }, 'aws:principaltype', ['Account']],
  ['the type of a session', { ...plain, caller: person('deploy') }, 'aws:principaltype', ['AssumedRole']],
  ['the account of the caller', { ...plain, caller: person('stranger') }, 'kms:calleraccount', ['444455556666']],
  ['the account of the key', { ...plain, caller: person('stranger') }, 'aws:resourceaccount', ['111122223333']],
  ['the name of a service that calls', { ...plain, caller: person('s3') }, 'aws:principalservicename', ['s3.amazonaws.com']],
  ['no account of a service', { ...plain, caller: person('s3') }, 'kms:calleraccount', undefined],
  ['no service on a direct call', plain, 'kms:viaservice', undefined],
  ['the time to the second', everything, 'aws:epochtime', ['1768478400']],
  ['the end of key material in seconds', everything, 'kms:validto', ['1798761600']],
  ['the pairs of a constraint with those of the request', everything, 'kms:encryptioncontextkeys', ['App', 'Env']],
  ['the kind of a constraint', everything, 'kms:grantconstrainttype', ['EncryptionContextEquals']],
  ['a grant that is for no AWS resource', everything, 'kms:grantisforawsresource', ['false']],
  ['nothing about grants on Decrypt', plain, 'kms:grantisforawsresource', undefined],
  ['all aliases of the key', everything, 'kms:resourcealiases', ['alias/app', 'alias/b']],
  ['no alias of a key that has none', plain, 'kms:resourcealiases', []],
  ['the keys of tags', everything, 'aws:tagkeys', ['cost']],
  ['the keys of tags to take away', { ...plain, parameters: { tagKeys: ['a', 'b'] } }, 'aws:tagkeys', ['a', 'b']],
  ['no bypass that was not asked for', plain, 'kms:bypasspolicylockoutsafetycheck', undefined],
  ['that a key is in one Region only', plain, 'kms:multiregion', ['false']],
  ['the kind of a multi-Region key', everything, 'kms:multiregionkeytype', ['REPLICA']],
  ['the key that CreateKey makes', { operation: 'CreateKey', caller: person('alice'), region: 'eu-west-1', now: 0, parameters: { newKey: { spec: 'RSA_2048', usage: 'SIGN_VERIFY', origin: 'AWS_KMS', multiRegion: true } } }, 'kms:multiregionkeytype', ['PRIMARY']],
];

describe('conditionContext', () => {
  for (const [name, facts, conditionKey, value] of rows) {
    it(`gives ${name}`, () => { assert.deepEqual(conditionContext(facts).get(conditionKey), value); });
  }

  it('can give every condition key of KMS', () => {
    const given = [...conditionContext(everything).keys()];
    const stems = catalogConditionKeys
      .map(({ name }) => name.toLowerCase().replace(/\$\{.*/, ''))
      .filter((stem) => stem.startsWith('kms:') && !/^kms:recipientattestation:(?:nitrotpm)?pcr/.test(stem));
    assert.ok(stems.length > 35);
    assert.deepEqual(stems.filter((stem) => !given.some((name) => (stem.endsWith(':') ? name.startsWith(stem) : name === stem))), []);
  });
});
