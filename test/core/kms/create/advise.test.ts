import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EffortLevel, KeyKindName, RecommendedKey } from '../../../../src/core/kms/create/advice.ts';
import { advise } from '../../../../src/core/kms/create/advise.ts';
import { needChoices, type Need, type Purpose, purposeChoices } from '../../../../src/core/kms/create/answers.ts';
import { draftProblems } from '../../../../src/core/kms/create/draftProblems.ts';
import { emptyDraft, withRecommendation } from '../../../../src/core/kms/create/keyDraft.ts';

interface Case {
  readonly name: string;
  readonly purpose: Purpose;
  readonly needs: readonly Need[];
  readonly kind?: KeyKindName;
  readonly key?: Partial<RecommendedKey>;
  readonly effort: EffortLevel;
  readonly reason: RegExp;
  readonly caution?: RegExp;
}

const cases: readonly Case[] = [
  { name: 'own data gets a symmetric key that rotates', purpose: 'encryptData', needs: [], key: { keySpec: 'SYMMETRIC_DEFAULT', keyUsage: 'ENCRYPT_DECRYPT', origin: 'AWS_KMS', rotationPeriodInDays: 365, policy: 'default' }, effort: 'little', reason: /AES-256-GCM/ },
  { name: 'a service without wishes keeps the AWS owned key', purpose: 'awsService', needs: [], kind: 'awsOwned', effort: 'none', reason: /without a fee/ },
  { name: 'a service whose use is to be seen takes the AWS managed key', purpose: 'awsService', needs: ['audit'], kind: 'awsManaged', effort: 'little', reason: /CloudTrail/ },
  { name: 'a service under control takes a customer managed key', purpose: 'awsService', needs: ['audit', 'control'], key: { policy: 'administrators', rotationPeriodInDays: 365 }, effort: 'little', reason: /key of your own only/ },
  { name: 'a service across accounts takes a customer managed key', purpose: 'awsService', needs: ['severalAccounts'], key: { policy: 'crossAccount' }, effort: 'some', reason: /names that account/ },
  { name: 'signing takes P-256', purpose: 'sign', needs: [], key: { keySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY', rotationPeriodInDays: null }, effort: 'some', reason: /P-256/ },
  { name: 'signing against quantum computers takes ML-DSA', purpose: 'sign', needs: ['postQuantum'], key: { keySpec: 'ML_DSA_65', keyUsage: 'SIGN_VERIFY' }, effort: 'some', reason: /FIPS 204/ },
  { name: 'a MAC takes HMAC_256', purpose: 'mac', needs: [], key: { keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC', rotationPeriodInDays: null }, effort: 'little', reason: /SHA-256/ },
  { name: 'a MAC withstands quantum computers as it is', purpose: 'mac', needs: ['postQuantum'], key: { keySpec: 'HMAC_256' }, effort: 'little', reason: /as it is/ },
  { name: 'agreement takes ECDH on P-256', purpose: 'agree', needs: [], key: { keySpec: 'ECC_NIST_P256', keyUsage: 'KEY_AGREEMENT' }, effort: 'some', reason: /ECDH/ },
  { name: 'agreement against quantum computers takes ML-KEM', purpose: 'agree', needs: ['postQuantum'], key: { keySpec: 'ML_KEM_768', keyUsage: 'ENCAPSULATE_DECAPSULATE' }, effort: 'some', reason: /FIPS 203/ },
  { name: 'encrypting without AWS takes RSA', purpose: 'encryptData', needs: ['offline'], key: { keySpec: 'RSA_3072', keyUsage: 'ENCRYPT_DECRYPT', rotationPeriodInDays: null }, effort: 'some', reason: /318 bytes/ },
  { name: 'encrypting without AWS against quantum computers takes ML-KEM', purpose: 'encryptData', needs: ['offline', 'postQuantum'], key: { keySpec: 'ML_KEM_768' }, effort: 'some', reason: /FIPS 203/ },
  { name: 'own material makes origin EXTERNAL without rotation', purpose: 'encryptData', needs: ['ownMaterial'], key: { origin: 'EXTERNAL', rotationPeriodInDays: null }, effort: 'much', reason: /you import it/ },
  { name: 'an own HSM makes a CloudHSM key', purpose: 'encryptData', needs: ['cloudHsm'], key: { origin: 'AWS_CLOUDHSM', rotationPeriodInDays: null }, effort: 'much', reason: /cluster/ },
  { name: 'a key outside AWS makes an external key store key', purpose: 'encryptData', needs: ['externalManager'], key: { origin: 'EXTERNAL_KEY_STORE', rotationPeriodInDays: null }, effort: 'much', reason: /key manager/ },
  { name: 'several Regions make it multi-Region', purpose: 'encryptData', needs: ['severalRegions'], key: { multiRegion: true, rotationPeriodInDays: 365 }, effort: 'some', reason: /same material/ },
  { name: 'a key store has no asymmetric keys', purpose: 'sign', needs: ['cloudHsm'], key: { origin: 'AWS_KMS' }, effort: 'some', reason: /P-256/, caution: /symmetric encryption keys only/ },
  { name: 'a key store has no multi-Region keys', purpose: 'encryptData', needs: ['cloudHsm', 'severalRegions'], key: { origin: 'AWS_CLOUDHSM', multiRegion: false }, effort: 'much', reason: /cluster/, caution: /never multi-Region/ },
  { name: 'nothing is imported into a key store', purpose: 'encryptData', needs: ['externalManager', 'ownMaterial'], key: { origin: 'EXTERNAL_KEY_STORE' }, effort: 'much', reason: /key manager/, caution: /Nothing can be imported/ },
  { name: 'a key lives in one store', purpose: 'encryptData', needs: ['cloudHsm', 'externalManager'], key: { origin: 'EXTERNAL_KEY_STORE' }, effort: 'much', reason: /key manager/, caution: /one key store/ },
  { name: 'a service takes no asymmetric key', purpose: 'awsService', needs: ['control', 'offline'], key: { keySpec: 'SYMMETRIC_DEFAULT' }, effort: 'little', reason: /symmetric keys/, caution: /second key/ },
  { name: 'services seldom use several Regions', purpose: 'awsService', needs: ['severalRegions'], key: { multiRegion: true }, effort: 'some', reason: /same material/, caution: /Most AWS services/ },
  { name: 'own material in several Regions is imported in each', purpose: 'encryptData', needs: ['ownMaterial', 'severalRegions'], key: { origin: 'EXTERNAL', multiRegion: true }, effort: 'much', reason: /import it/, caution: /every replica/ },
];

function check({ purpose, needs, kind = 'customerManaged', key = {}, effort, reason, caution }: Case): void {
  const advice = advise({ purpose, needs });
  assert.equal(advice.kind, kind);
  assert.deepEqual({ ...advice.key, ...key }, advice.key);
  assert.equal(advice.effort.level, effort);
  assert.match(advice.reasons.join('\n'), reason);
  if (caution === undefined) assert.deepEqual(advice.cautions, []);
  else assert.match(advice.cautions.join('\n'), caution);
}

describe('advise', () => {
  for (const each of cases) it(each.name, () => { check(each); });

  it('gives no reason for what a later rule overruled', () => {
    const { reasons } = advise({ purpose: 'encryptData', needs: ['ownMaterial', 'cloudHsm', 'offline', 'postQuantum'] });
    assert.deepEqual(reasons.filter((reason) => /318 bytes|AES-256-GCM|CloudHSM key store keeps/.test(reason)), []);
  });

  it('names the spec, the usage and the origin among what cannot be changed', () => {
    const { permanent } = advise({ purpose: 'sign', needs: ['ownMaterial'] });
    assert.match(permanent.join('\n'), /ECC_NIST_P256[^]*SIGN_VERIFY[^]*EXTERNAL/);
  });

  it('recommends nothing that the form would refuse, whatever the answers', () => {
    const answers = fc.record({
      purpose: fc.constantFrom(...purposeChoices.map(({ value }) => value)),
      needs: fc.uniqueArray(fc.constantFrom(...needChoices.map(({ value }) => value))),
    });
    fc.assert(
      fc.property(answers, (given) => {
        const { key, reasons } = advise(given);
        const filled = { ...withRecommendation(emptyDraft('eu-west-1'), key), customKeyStoreId: 'cks-1', xksKeyId: 'x' };
        const named = { ...filled.policy, users: ['arn:aws:iam::111122223333:role/app'], accounts: ['444455556666'] };
        assert.deepEqual(draftProblems({ ...filled, policy: named }), []);
        assert.ok(reasons.length > 0);
      }),
    );
  });
});
