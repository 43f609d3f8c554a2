import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { keySpecNames, keySpecs } from '../../../src/core/kms/keySpecs.ts';
import { materialLength } from '../../../src/emulator/crypto/keyMaterial.ts';
import { readSeed } from '../../../src/emulator/seed/readSeed.ts';
import { serviceAliases } from '../../../src/emulator/serviceKeys.ts';
import { limitOf } from '../../../src/emulator/shapes/memberLimits.ts';
import { StartFailure } from '../../../src/emulator/startFailure.ts';
import { sampleSeed } from '../support/sampleSeed.ts';

interface Schema {
  readonly $defs: Readonly<Record<string, { readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>> }>>;
  readonly properties: { readonly serviceKeys: { readonly items: { readonly properties: { readonly service: { readonly enum: readonly string[] } } } } };
}

const schema = JSON.parse(readFileSync(new URL('../../../src/emulator/seed/seed.schema.json', import.meta.url), 'utf8')) as Schema;
const validate = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false }).compile(schema);

const isRead = (seed: unknown): boolean => {
  try {
    readSeed('seed.json', JSON.stringify(seed), { accountId: '111122223333', region: 'us-east-1' });
    return true;
  } catch (error) {
    assert.ok(error instanceof StartFailure, String(error));
    return false;
  }
};

const spec = 'SYMMETRIC_DEFAULT';
const id = '1234abcd-12ab-34cd-56ef-1234567890ab';
const mrk = 'mrk-1234abcd12ab34cd56ef1234567890ab';
const cks = 'cks-1234567890abcdef0';
const hex = '00112233445566778899aabbccddeeff'.repeat(2);
const pem = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' });
const statement = { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' };
const trust = { Statement: [] };
const credential = { AccessKeyId: 'A'.repeat(20), RawSecretAccessKey: 'a'.repeat(43) };
const service = 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0';

const key = (members: object): object => ({ keys: [{ id, spec, ...members }] });
const bare = (members: object): object => ({ keys: [members] });
const store = (members: object): object => ({ customKeyStores: [{ id: cks, ...members }] });
const proxy = (members: object): object => store({ type: 'EXTERNAL_KEY_STORE', ...members });
const account = (members: object, accountId = '111122223333'): object => ({ accounts: { [accountId]: members } });
const withStore = (members: object, storeMembers: object = {}): object => ({ ...store(storeMembers), ...key({ customKeyStoreId: cks, ...members }) });
const policy = (members: object): object => key({ policy: { Statement: [{ ...statement, ...members }] } });

const accepted: readonly (readonly [title: string, seed: object])[] = [
  ['nothing', {}],
  ['a key with an id', key({})],
  ['a key with an alias', bare({ spec, aliases: ['alias/app/one'] })],
  ['every member of a key', key({ account: '444455556666', region: 'eu-west-1', usage: 'ENCRYPT_DECRYPT', origin: 'AWS_KMS', description: 'd', enabled: false, pendingDeletionDays: 7, aliases: ['alias/a'], tags: { a: 'b' }, policy: { Version: '2012-10-17', Statement: statement }, rotationPeriodDays: 90, material: [{ hex }, { base64: Buffer.from(hex, 'hex').toString('base64').replace('A', 'B') }] })],
  ['a multi-Region key', key({ id: mrk, replicas: ['eu-west-1'] })],
  ['a private key', key({ spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY', material: [{ pem }] })],
  ['a key to import into', key({ origin: 'EXTERNAL' })],
  ['users and roles', account({ accessKeys: [{ id: 'test', secret: 'test' }], users: { alice: { tags: { a: 'b' }, accessKeys: [{ id: 'AKIA', secret: 's' }], policies: [trust], boundary: trust } }, roles: { 'deploy@x': { trust, tags: {}, policies: [], boundary: trust } } })],
  ['a store with a cluster', store({ name: 'hsm', type: 'AWS_CLOUDHSM', clusterId: 'cluster-1a23b4cdefg', state: 'CONNECTED', connectFails: 'INSUFFICIENT_CLOUDHSM_HSMS' })],
  ['a store by its name', { customKeyStores: [{ name: 'hsm' }] }],
  ['a store with a proxy', proxy({ XksProxyUriEndpoint: 'http://127.0.0.1:8080', XksProxyUriPath: '/kms/xks/v1', XksProxyAuthenticationCredential: credential })],
  ['a proxy in a VPC', proxy({ XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE', XksProxyVpcEndpointServiceName: service, XksProxyVpcEndpointServiceOwner: '111122223333' })],
  ['a key in a store', withStore({})],
  ['a key with an external key', withStore({ origin: 'EXTERNAL_KEY_STORE', xksKeyId: 'safe-1' }, { type: 'EXTERNAL_KEY_STORE' })],
  ['a statement without an action, which has no effect', policy({ Action: undefined })],
  ['a statement without a resource, which has no effect', policy({ Resource: [] })],
  ['a service key', { serviceKeys: [{ service: 's3', account: '111122223333', region: 'eu-west-1' }] }],
];

const refused: readonly (readonly [title: string, seed: object])[] = [
  ['an unknown member', { colour: 'red' }],
  ['keys that are no list', { keys: {} }],
  ['an unknown member of a key', key({ colour: 'red' })],
  ['a key without a spec', bare({ id })],
  ['an unknown spec', key({ spec: 'AES' })],
  ['a key without id and alias', bare({ spec })],
  ['a key whose list of aliases is empty', bare({ spec, aliases: [] })],
  ['an id in another form', key({ id: 'one' })],
  ['an id in capitals', key({ id: id.toUpperCase() })],
  ['an account that is a number', key({ account: 111122223333 })],
  ['a short account', key({ account: '1' })],
  ['a Region that is none', key({ region: 'Mars' })],
  ['a usage that does not fit', key({ usage: 'SIGN_VERIFY' })],
  ['no usage where there are two', key({ spec: 'RSA_2048' })],
  ['an unknown origin', key({ origin: 'HOME' })],
  ['a flag that is a text', key({ enabled: 'yes' })],
  ['a waiting period of six days', key({ pendingDeletionDays: 6 })],
  ['a waiting period with a fraction', key({ pendingDeletionDays: 7.5 })],
  ['an alias without its prefix', key({ aliases: ['app'] })],
  ['an alias of a service', key({ aliases: ['alias/aws/s3'] })],
  ['a tag that is a number', key({ tags: { a: 1 } })],
  ['a period of 89 days', key({ rotationPeriodDays: 89 })],
  ['rotation of an HMAC key', key({ spec: 'HMAC_256', rotationPeriodDays: 90 })],
  ['rotation of imported material', key({ origin: 'EXTERNAL', rotationPeriodDays: 90 })],
  ['replicas of a single-Region key', key({ replicas: ['eu-west-1'] })],
  ['SM2 outside the China Regions', key({ spec: 'SM2', usage: 'SIGN_VERIFY', region: 'eu-west-1' })],
  ['two replicas in one Region', key({ id: mrk, replicas: ['eu-west-1', 'eu-west-1'] })],
  ['a replica in no Region', key({ id: mrk, replicas: ['Mars'] })],
  ['two materials of an HMAC key', key({ spec: 'HMAC_256', material: [{ hex }, { hex: hex.replace('0', '1') }] })],
  ['the same material twice', key({ material: [{ hex }, { hex }] })],
  ['material of no encoding', key({ material: [{}] })],
  ['material in two encodings', key({ material: [{ hex, base64: 'AAAA' }] })],
  ['material that is not hex', key({ material: [{ hex: 'xyz' }] })],
  ['material that is not base64', key({ material: [{ base64: 'AAA' }] })],
  ['material of another length', key({ material: [{ hex: '00' }] })],
  ['material of another length in base64', key({ material: [{ base64: 'AAAA' }] })],
  ['HMAC material of another length', key({ spec: 'HMAC_224', material: [{ hex }] })],
  ['an RSA key in hex', key({ spec: 'RSA_2048', usage: 'SIGN_VERIFY', material: [{ hex }] })],
  ['a symmetric key in PEM', key({ material: [{ pem }] })],
  ['a PEM that is none', key({ spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY', material: [{ pem: 'none' }] })],
  ['a policy without statements', key({ policy: { Statement: [] } })],
  ['a policy of another version', key({ policy: { Version: '2020-01-01', Statement: statement } })],
  ['a statement without an effect', policy({ Effect: undefined })],
  ['a statement with two kinds of principal', policy({ NotPrincipal: '*' })],
  ['a statement with two kinds of action', policy({ NotAction: 'kms:*' })],
  ['a principal that is no principal', policy({ Principal: 'me' })],
  ['a condition that is a text', policy({ Condition: 'x' })],
  ['an account id of three digits', account({}, '123')],
  ['an unknown member of an account', account({ groups: {} })],
  ['an access key without a secret', account({ accessKeys: [{ id: 'test' }] })],
  ['an access key with a space in it', account({ accessKeys: [{ id: 'a b', secret: 's' }] })],
  ['a user with a slash in the name', account({ users: { 'a/b': {} } })],
  ['a policy that has no statements', account({ users: { alice: { policies: [{}] } } })],
  ['an unknown member of a user', account({ users: { alice: { trust } } })],
  ['a role without a trust policy', account({ roles: { deploy: {} } })],
  ['access keys of a role', account({ roles: { deploy: { trust, accessKeys: [] } } })],
  ['a store without id and name', { customKeyStores: [{}] }],
  ['a store id in another form', store({ id: 'cks-1' })],
  ['a store of another type', store({ type: 'SAFE' })],
  ['a state that passes', store({ state: 'CONNECTING' })],
  ['a failed store without an error', store({ state: 'FAILED' })],
  ['an error of the other type', store({ connectFails: 'XKS_PROXY_TIMED_OUT' })],
  ['an error of a cluster for a proxy', proxy({ connectFails: 'USER_NOT_FOUND' })],
  ['a cluster id in another form', store({ clusterId: 'cluster-1' })],
  ['a proxy for a cluster', store({ XksProxyUriPath: '/kms/xks/v1' })],
  ['a cluster for a proxy', proxy({ clusterId: 'cluster-abcdefghijk' })],
  ['an endpoint without TLS that is elsewhere', proxy({ XksProxyUriEndpoint: 'http://example.com' })],
  ['a path in another form', proxy({ XksProxyUriPath: '/elsewhere/v1' })],
  ['half a credential', proxy({ XksProxyAuthenticationCredential: { AccessKeyId: 'A'.repeat(20) } })],
  ['a short secret access key', proxy({ XksProxyAuthenticationCredential: { ...credential, RawSecretAccessKey: 'a' } })],
  ['a VPC without a service', proxy({ XksProxyConnectivity: 'VPC_ENDPOINT_SERVICE' })],
  ['a service with a public endpoint', proxy({ XksProxyConnectivity: 'PUBLIC_ENDPOINT', XksProxyVpcEndpointServiceName: service })],
  ['the owner of no service', proxy({ XksProxyVpcEndpointServiceOwner: '111122223333' })],
  ['an external key without a store', key({ xksKeyId: 'safe-1' })],
  ['an external key in another form', withStore({ xksKeyId: 'a b' }, { type: 'EXTERNAL_KEY_STORE' })],
  ['the origin of a store without one', key({ origin: 'AWS_CLOUDHSM' })],
  ['another origin in a store', withStore({ origin: 'AWS_KMS' })],
  ['an HMAC key in a store', withStore({ spec: 'HMAC_256' })],
  ['a multi-Region key in a store', withStore({ id: mrk })],
  ['rotation in a store', withStore({ rotationPeriodDays: 90 })],
  ['an unknown service', { serviceKeys: [{ service: 'pizza' }] }],
  ['a service key without a service', { serviceKeys: [{}] }],
];

describe("The seed's JSON Schema", () => {
  const check = (seed: unknown): void => {
    assert.ok(validate(seed), JSON.stringify(validate.errors, null, 1));
  };

  it('accepts the sample seed', () => {
    check(parse(readFileSync(sampleSeed, 'utf8')));
  });

  it('accepts the example of the README, as the reader does', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    const seed: unknown = parse(/```yaml\n([^]*?)```/.exec(readme)![1]!);
    check(seed);
    assert.ok(isRead(seed));
  });

  for (const [title, seed] of accepted) {
    it(`accepts ${title}, as the reader does`, () => {
      check(JSON.parse(JSON.stringify(seed)));
      assert.ok(isRead(seed), 'the reader refuses it');
    });
  }

  for (const [title, seed] of refused) {
    it(`refuses ${title}, as the reader does`, () => {
      assert.equal(validate(JSON.parse(JSON.stringify(seed))), false);
      assert.equal(isRead(seed), false, 'the reader accepts it');
    });
  }

  for (const name of keySpecNames) {
    it(`knows the usages of ${name}`, () => {
      const usages = ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT', 'ENCAPSULATE_DECAPSULATE'];
      const known = usages.filter((usage) => validate(key({ spec: name, usage })));
      assert.deepEqual(known, usages.filter((usage) => keySpecs[name].usages.some((each) => each === usage)));
    });
  }

  for (const name of keySpecNames.filter((each) => keySpecs[each].kind !== 'rsa')) {
    it(`knows the length of material of ${name}`, () => {
      const ofLength = (length: number, encoding: 'hex' | 'base64'): boolean => {
        const item = { [encoding]: Buffer.alloc(length, 1).toString(encoding) };
        return validate(key({ spec: name, usage: keySpecs[name].usages[0], material: [item] }));
      };
      const right = materialLength(name);
      for (const length of [right - 1, right, right + 1]) {
        assert.equal(ofLength(length, 'hex'), length === right, `${length} in hex`);
        assert.equal(ofLength(length, 'base64'), length === right, `${length} in base64`);
      }
    });
  }

  it('knows the services and the limits of the API', () => {
    assert.deepEqual(schema.properties.serviceKeys.items.properties.service.enum.map((name) => `alias/aws/${name}`), serviceAliases);
    const members = schema.$defs['customKeyStore']!.properties;
    for (const name of ['XksProxyUriEndpoint', 'XksProxyUriPath', 'XksProxyVpcEndpointServiceName']) {
      const { min, max, pattern } = limitOf(name);
      const { minLength, maxLength, pattern: text } = members[name]!;
      assert.deepEqual([minLength, maxLength, text], [min, max, pattern?.source], name);
    }
  });

  it('describes grants, which are given as to CreateGrant, as the reader does', () => {
    const grant = { Name: 'one', GranteePrincipal: 'arn:aws:iam::111122223333:role/deploy', Operations: ['Decrypt'], Constraints: { EncryptionContextEquals: { a: 'b' } } };
    check(key({ grants: [grant] }));
    assert.ok(isRead(key({ grants: [grant] })));
    for (const change of [{ KeyId: id }, { Operations: [] }, { Operations: ['Eat'] }, { GranteePrincipal: undefined }]) {
      const wrong = key({ grants: [{ ...grant, ...change }] });
      assert.equal(validate(JSON.parse(JSON.stringify(wrong))), false, JSON.stringify(change));
      assert.equal(isRead(wrong), false, JSON.stringify(change));
    }
  });
});
