import assert from 'node:assert/strict';
import { CreateAliasCommand, CreateKeyCommand, EncryptCommand, ListKeysCommand } from '@aws-sdk/client-kms';
import fc from 'fast-check';
import { KmsException } from '../../../src/emulator/kmsException.ts';
import type { Input } from '../../../src/emulator/pipeline/memberRules.ts';
import { awsThrottle } from '../../../src/emulator/throttle/throttle.ts';
import { tokenBucket } from '../../../src/emulator/throttle/tokenBucket.ts';
import { startEmulator } from '../emulatorProcess.ts';
import { assertRefused } from '../support/refusal.ts';

describe('Request rates', () => {
  const place = { accountId: '111122223333', region: 'eu-north-1' };
  type Call = readonly [operation: string, input?: Input];

  /** How many calls go through at one time. */
  function passed(calls: Iterable<Call>, where = place): number {
    const throttle = awsThrottle(() => 0);
    let count = 0;
    try {
      for (const [operation, input = {}] of calls) {
        throttle(where, operation, input);
        count += 1;
      }
    } catch (error) {
      assert.ok(error instanceof KmsException && error.code === 'ThrottlingException');
      assert.equal(error.message, 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.');
    }
    return count;
  }
  function* repeated(...calls: readonly Call[]): Iterable<Call> {
    for (let round = 0; round < 100_000; round += 1) yield* calls;
  }

  const rsa = { SigningAlgorithm: 'RSASSA_PSS_SHA_256' };
  const rows: readonly (readonly [what: string, calls: readonly Call[], atOnce: number, region?: string])[] = [
    ['symmetric operations together', [['Encrypt'], ['Decrypt'], ['GenerateDataKey'], ['GenerateMac'], ['GenerateRandom']], 5_500],
    ['symmetric operations in Frankfurt', [['Encrypt']], 10_000, 'eu-central-1'],
    ['symmetric operations in Ireland', [['ReEncrypt', { SourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT' }]], 50_000, 'eu-west-1'],
    ['RSA operations together', [['Sign', rsa], ['Verify', rsa], ['Encrypt', { EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' }]], 500],
    ['ECC operations together', [['Sign', { SigningAlgorithm: 'ECDSA_SHA_256' }], ['Verify', { SigningAlgorithm: 'ED25519_SHA_512' }]], 300],
    ['SM2 operations', [['Sign', { SigningAlgorithm: 'SM2DSA' }]], 300],
    ['CreateKey', [['CreateKey']], 5],
    ['CreateGrant', [['CreateGrant']], 50],
    ['DescribeKey', [['DescribeKey']], 2_000],
    ['ListKeys', [['ListKeys']], 500],
    ['RSA_4096 key pairs, of which one comes every ten seconds', [['GenerateDataKeyPair', { KeyPairSpec: 'RSA_4096' }]], 1],
    ['P-256 key pairs with and without plaintext', [['GenerateDataKeyPair', { KeyPairSpec: 'ECC_NIST_P256' }], ['GenerateDataKeyPairWithoutPlaintext', { KeyPairSpec: 'ECC_NIST_P256' }]], 25],
    ['an operation without a rate of its own', [['UpdateAlias']], 5],
  ];
  for (const [what, calls, atOnce, region = place.region] of rows) {
    it(`let ${atOnce} a second through: ${what}`, () => {
      assert.equal(passed(repeated(...calls), { ...place, region }), atOnce);
    });
  }

  it('count apart for each operation, Region and account', () => {
    const throttle = awsThrottle(() => 0);
    for (const region of ['eu-north-1', 'eu-south-1']) {
      for (const accountId of ['111122223333', '444455556666']) {
        for (const operation of ['CreateKey', 'CreateAlias']) {
          for (let call = 0; call < 5; call += 1) throttle({ accountId, region }, operation, {});
        }
      }
    }
    assert.throws(() => { throttle(place, 'CreateKey', {}); }, KmsException);
  });

  it('never let more through than a second’s worth and what time has added', () => {
    fc.assert(
      fc.property(fc.constantFrom(0.25, 1, 5, 500), fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 200 }), (perSecond, pauses) => {
        const bucket = tokenBucket(perSecond, 0);
        let now = 0;
        let taken = 0;
        for (const pause of pauses) {
          now += pause;
          if (bucket.take(now)) taken += 1;
          assert.ok(taken <= Math.max(1, perSecond) + (now * perSecond) / 1000 + 1e-6);
        }
      }),
    );
  });

  it('are kept with --throttle aws, and only then', async () => {
    const [throttled, free] = await Promise.all([startEmulator({ args: ['--throttle', 'aws'] }), startEmulator()]);
    const create = (client: ReturnType<typeof throttled.client>) => client.send(new CreateKeyCommand({}));
    try {
      const client = throttled.client();
      const answers = await Promise.allSettled(Array.from({ length: 8 }, () => create(client)));
      assert.ok(answers.filter(({ status }) => status === 'fulfilled').length <= 6);
      await assertRefused(Promise.all(Array.from({ length: 8 }, () => create(client))), 'ThrottlingException', 'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.');
      const { Keys } = await client.send(new ListKeysCommand({}));
      const keyId = Keys![0]!.KeyId!;
      await client.send(new EncryptCommand({ KeyId: keyId, Plaintext: new Uint8Array(1) }));
      await client.send(new CreateAliasCommand({ AliasName: 'alias/a', TargetKeyId: keyId }));
      await Promise.all(Array.from({ length: 30 }, () => create(free.client())));
    } finally {
      await Promise.all([throttled.stop(), free.stop()]);
    }
  });
});
