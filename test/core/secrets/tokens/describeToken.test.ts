import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import { AlgorithmSuiteIdentifier } from '@aws-crypto/client-node';
import fc from 'fast-check';
import { toBase64 } from '../../../../src/core/secrets/base64.ts';
import { readCiphertext } from '../../../../src/core/secrets/ciphertextBlob.ts';
import { mayHoldCiphertext, recogniseCiphertext } from '../../../../src/core/secrets/ciphertextToken.ts';
import { describeToken, type TokenDescription } from '../../../../src/core/secrets/tokens/describeToken.ts';
import type { TokenPlace } from '../../../../src/core/secrets/tokens/namingRules.ts';
import { sealMessage } from '../../../../src/emulator/crypto/symmetricCiphertext.ts';
import { sampleCiphertext, wrappedCiphertext } from '../sampleCiphertext.ts';
import { keyArns, sampleMessage } from './sampleMessage.ts';

const base64 = toBase64(sampleCiphertext(2, 11));
const other = Buffer.from('some other bytes, of no structure').toString('base64');
const nonce = toBase64(Uint8Array.from({ length: 12 }, (_, index) => index));

interface Row {
  readonly text: string;
  readonly place?: TokenPlace;
  readonly kind: TokenDescription['kind'];
  readonly format: string;
  readonly also?: Partial<TokenDescription>;
  readonly reader?: RegExp;
  readonly leftAlone?: RegExp;
}

const arn = keyArns[0]!;
const rows: Record<string, Row> = {
  'a bare ciphertext': { text: ` ${base64}\n`, kind: 'kmsCiphertext', format: 'bare', reader: /Terraform/, also: { keys: [], region: undefined, encryptionContext: undefined } },
  'a ciphertext of 2016': { text: toBase64(wrappedCiphertext(5)), kind: 'kmsCiphertext', format: 'bare' },
  'a token of decrypt-kms-env': { text: `secure:${base64}`, kind: 'kmsCiphertext', format: 'decrypt-kms-env', reader: /decrypt-kms-env/ },
  'a token of hiera-eyaml-kms': { text: `ENC[KMS,${base64}]`, kind: 'kmsCiphertext', format: 'hiera-eyaml-kms', reader: /Puppet/ },
  'a token of Spring': {
    text: `{cipher}[output=base64,keyId=${arn}](app=b3JkZXJz)${base64}`,
    kind: 'kmsCiphertext',
    format: 'spring-cloud-config',
    also: { encryptionContext: { app: 'orders' }, region: 'eu-west-1', keys: [{ keyId: arn, region: 'eu-west-1', accountId: '111122223333' }] },
  },
  'a token of Runway': { text: `\${kms ${base64}::region=us-west-2}`, kind: 'kmsCiphertext', format: 'runway', also: { region: 'us-west-2' } },
  'a variable of shush': { text: base64, place: { keyPath: ['KMS_ENCRYPTED_PASSWORD'] }, kind: 'kmsCiphertext', format: 'shush', reader: /shush exec/ },
  'a variable of kmscrypter': { text: base64, place: { keyPath: ['PASSWORD_KMS'] }, kind: 'kmsCiphertext', format: 'kmscrypter' },
  'a secret of fnox': { text: base64, place: { fileName: 'fnox.toml', keyPath: ['secrets', 'A', 'value'] }, kind: 'kmsCiphertext', format: 'fnox' },
  'a secret of serverless-kms-secrets': { text: base64, place: { fileName: 'kms-secrets.prod.eu-west-1.yml' }, kind: 'kmsCiphertext', format: 'serverless-kms-secrets', also: { region: 'eu-west-1' } },
  'a ciphertext of an RSA key': {
    text: `{cipher}[encryptionAlgorithm=RSAES_OAEP_SHA_256,keyId=alias/rsa]${toBase64(new Uint8Array(256).fill(9))}`,
    kind: 'asymmetricCiphertext',
    format: 'spring-cloud-config',
    also: { length: 256, encryptionAlgorithm: 'RSAES_OAEP_SHA_256', keys: [{ keyId: 'alias/rsa', region: undefined, accountId: undefined }] },
    leftAlone: /symmetric keys/,
  },
  'a secure value of Pulumi': { text: `v1:${nonce}:${other}`, place: { keyPath: ['config', 'app:key', 'secure'] }, kind: 'pulumiValue', format: 'pulumi', leftAlone: /data key/ },
  'a value of SOPS': { text: 'ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]', kind: 'foreign', format: 'sops', leftAlone: /sops section/ },
  'a value of dotenvx': { text: `encrypted:${other}`, kind: 'foreign', format: 'dotenvx', leftAlone: /secp256k1/ },
  'a value of Jasypt': { text: `ENC(${other})`, kind: 'foreign', format: 'jasypt', leftAlone: /password/ },
  'a value of hiera-eyaml': { text: `ENC[PKCS7,${other}]`, kind: 'foreign', format: 'hiera-eyaml', leftAlone: /X\.509/ },
  'a value of secretary': { text: `ENC[KMS,${other}]`, kind: 'foreign', format: 'secretary', leftAlone: /NaCl/ },
  'a value of ejson-kms': { text: `EJK1;${other};${other}`, kind: 'foreign', format: 'ejson-kms', leftAlone: /ejson-kms/ },
  'a secure value of Travis CI': { text: other, place: { keyPath: ['env', 'global', 0, 'secure'] }, kind: 'foreign', format: 'travis', leftAlone: /CI service/ },
};

describe('the description of a token', () => {
  for (const [name, { text, place, kind, format, also = {}, reader, leftAlone }] of Object.entries(rows)) {
    it(`says what ${name} is`, () => {
      const description = describeToken(text, place);
      assert.equal(description?.kind, kind);
      assert.equal(description.format, format);
      for (const [member, value] of Object.entries(also)) assert.deepEqual(description[member as keyof TokenDescription], value, member);
      assert.match(description.reader, reader ?? /./);
      assert.match(description.summary, /^This is an? .+\.$/);
      if (leftAlone === undefined) assert.equal(description.leftAlone, undefined);
      else assert.match(description.leftAlone ?? '', leftAlone);
      assert.equal(recogniseCiphertext(text) !== undefined, kind === 'kmsCiphertext');
    });
  }

  for (const prefix of ['', 'decrypt:', 'secure:']) {
    it(`reads the header of a message of the AWS Encryption SDK behind "${prefix}"`, async () => {
      const bytes = await sampleMessage(AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY, { app: 'orders' });
      const description = describeToken(prefix + toBase64(bytes));
      assert.equal(description?.kind, 'encryptionSdkMessage');
      assert.deepEqual(description.keys.map(({ keyId, region }) => [keyId, region]), [[keyArns[0], 'eu-west-1'], [keyArns[1], 'us-east-1']]);
      assert.deepEqual(description.encryptionContext, { app: 'orders' });
      assert.equal(description.length, bytes.length);
      assert.equal(description.leftAlone, undefined);
      const token = recogniseCiphertext(prefix + toBase64(bytes));
      assert.deepEqual(token?.message?.encryptedDataKeys.map(({ providerInfo }) => providerInfo), keyArns);
      assert.deepEqual(token.encryptionContext, { app: 'orders' });
      assert.equal(token.wrap(bytes), prefix + toBase64(bytes));
      assert.ok(mayHoldCiphertext(`password: ${prefix}${toBase64(bytes)}`));
    });
  }

  for (const text of ['', 'hunter2', other, 'ENC(x', 'v1:AA==:AA==', 'secure:', '{cipher}', `{cipher}(a=b)(c=d)${base64}`]) {
    it(`is none for ${JSON.stringify(text.slice(0, 30))}`, () => {
      assert.equal(describeToken(text), undefined);
    });
  }

  it('knows the markers of the user', () => {
    const markers = [{ prefix: 'KMS(', suffix: ')' }, { prefix: 'vault+kms:' }, { prefix: '' }];
    for (const text of [`KMS(${base64})`, `vault+kms:${base64}`]) {
      assert.equal(describeToken(text), undefined);
      assert.equal(describeToken(text, {}, markers)?.kind, 'kmsCiphertext');
      const token = recogniseCiphertext(text, markers);
      assert.equal(token?.wrap(token.ciphertext), text);
    }
  });
});

describe('the facts of a ciphertext', () => {
  it('are those that the emulator wrote', () => {
    const material = createSecretKey(new Uint8Array(32));
    const materialId = 'ab'.repeat(32);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 4096 }), fc.constantFrom('encrypt' as const, 'dataKey' as const), (plaintext, maker) => {
        const facts = readCiphertext(sealMessage({ keyId: 'k', materialId, material }, plaintext, {}, maker));
        const expected = { layout: 'current', maker: maker === 'encrypt' ? 'Encrypt' : 'GenerateDataKey', version: 1, keyHash: materialId };
        assert.deepEqual(facts, { ...expected, plaintextLength: plaintext.length });
      }),
    );
  });

  it('leave the length of the plaintext open when the message has another structure', () => {
    assert.deepEqual(readCiphertext(wrappedCiphertext(9)), {
      layout: 'wrapped',
      maker: 'Encrypt',
      version: 1,
      keyHash: Buffer.from(wrappedCiphertext(9).subarray(2, 34)).toString('hex'),
      plaintextLength: undefined,
    });
  });
});
