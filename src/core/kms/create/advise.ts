import type { Advice, KeyKindName, RecommendedKey } from './advice.ts';
import type { Answers, Need, Purpose } from './answers.ts';
import { effortOf } from './effort.ts';
import { permanentFacts } from './permanentFacts.ts';

/** A rule looks at the answers and at what the rules before it recommend. */
interface Rule {
  readonly when: (answers: Facts, key: RecommendedKey) => boolean;
  readonly then: Partial<RecommendedKey>;
  readonly reason: string;
}

interface Facts {
  readonly purpose: Purpose;
  readonly needs: (need: Need) => boolean;
}

const usualRotation = 365;

/** What each purpose starts from (https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html). */
const starts: Readonly<Record<Purpose, Pick<RecommendedKey, 'keySpec' | 'keyUsage'> & { readonly reason: string }>> = {
  encryptData: {
    keySpec: 'SYMMETRIC_DEFAULT',
    keyUsage: 'ENCRYPT_DECRYPT',
    reason: 'A symmetric key encrypts with AES-256-GCM, is the fastest and cheapest, and makes data keys for data of any size.',
  },
  awsService: {
    keySpec: 'SYMMETRIC_DEFAULT',
    keyUsage: 'ENCRYPT_DECRYPT',
    reason: 'AWS services that encrypt your data take symmetric keys and no others.',
  },
  sign: {
    keySpec: 'ECC_NIST_P256',
    keyUsage: 'SIGN_VERIFY',
    reason: 'ECDSA on P-256 signs fast, its signatures are short, and every library verifies them.',
  },
  mac: {
    keySpec: 'HMAC_256',
    keyUsage: 'GENERATE_VERIFY_MAC',
    reason: 'HMAC with SHA-256 is what most protocols and tokens ask for, and the key never leaves KMS.',
  },
  agree: {
    keySpec: 'ECC_NIST_P256',
    keyUsage: 'KEY_AGREEMENT',
    reason: 'ECDH on P-256 derives a secret that both sides share from a public key of each.',
  },
};

const symmetric = (key: RecommendedKey): boolean => key.keySpec === 'SYMMETRIC_DEFAULT';

/** In the order in which they apply: a later rule sees and overrules what an earlier one chose. */
const rules: readonly Rule[] = [
  {
    when: ({ purpose, needs }) => purpose === 'encryptData' && needs('offline') && !needs('postQuantum'),
    then: { keySpec: 'RSA_3072' },
    reason: 'RSA lets anybody encrypt with the public key, without credentials. 3072 bits are as strong as AES-128; one ciphertext holds at most 318 bytes.',
  },
  {
    when: ({ purpose, needs }) => needs('postQuantum') && (purpose === 'agree' || (purpose === 'encryptData' && needs('offline'))),
    then: { keySpec: 'ML_KEM_768', keyUsage: 'ENCAPSULATE_DECAPSULATE' },
    reason: 'ML-KEM (FIPS 203) shares a secret in a way that no known quantum algorithm breaks. Encrypt the data itself with that secret.',
  },
  {
    when: ({ purpose, needs }) => purpose === 'sign' && needs('postQuantum'),
    then: { keySpec: 'ML_DSA_65' },
    reason: 'ML-DSA (FIPS 204) signs in a way that no known quantum algorithm forges. Its signatures have 3309 bytes.',
  },
  {
    when: ({ needs }, key) => needs('postQuantum') && (symmetric(key) || key.keySpec.startsWith('HMAC_')),
    then: {},
    reason: 'A 256-bit symmetric key withstands quantum computers as it is; nothing else is needed for that.',
  },
  {
    when: ({ needs }) => needs('ownMaterial'),
    then: { origin: 'EXTERNAL' },
    reason: 'With origin EXTERNAL, KMS makes no material: you import it, may let it expire, and can import it again.',
  },
  {
    when: ({ needs }, key) => needs('cloudHsm') && symmetric(key),
    then: { origin: 'AWS_CLOUDHSM' },
    reason: 'A CloudHSM key store keeps the material in a cluster that you alone own and can take away.',
  },
  {
    when: ({ needs }, key) => needs('externalManager') && symmetric(key),
    then: { origin: 'EXTERNAL_KEY_STORE' },
    reason: 'An external key store leaves the key outside AWS: each use asks your key manager, which can refuse it.',
  },
  {
    when: ({ needs }, { origin }) => needs('severalRegions') && !inStore(origin),
    then: { multiRegion: true },
    reason: 'A multi-Region key has the same material in every Region where you replicate it, so each decrypts what the others encrypted.',
  },
  {
    when: ({ needs }) => needs('severalAccounts'),
    then: { policy: 'crossAccount' },
    reason: 'Another account uses a key when its key policy names that account and IAM policies over there allow it.',
  },
  {
    when: ({ needs }) => needs('control') && !needs('severalAccounts'),
    then: { policy: 'administrators' },
    reason: 'A policy that names administrators and users keeps those who manage the key apart from those who use it.',
  },
  {
    when: (_answers, key) => symmetric(key) && key.origin === 'AWS_KMS',
    then: { rotationPeriodInDays: usualRotation },
    reason: 'KMS rotates it every year by itself. Old material is kept, so nothing has to be encrypted again.',
  },
];

/** Wishes that the rules could not fulfil together. */
const cautions: readonly { readonly when: (answers: Facts, key: RecommendedKey) => boolean; readonly text: string }[] = [
  {
    when: ({ purpose, needs }) => purpose === 'awsService' && needs('offline'),
    text: 'An AWS service takes no asymmetric key. Where others have to encrypt without AWS, create a second key for that.',
  },
  {
    when: ({ needs }, key) => (needs('cloudHsm') || needs('externalManager')) && !symmetric(key),
    text: 'A custom key store holds symmetric encryption keys only, so this key is kept by KMS itself.',
  },
  {
    when: ({ needs }) => needs('cloudHsm') && needs('externalManager'),
    text: 'A key lives in one key store. The external one is taken here; choose CloudHSM in the form if that is what you want.',
  },
  {
    when: ({ needs }, { origin }) => needs('ownMaterial') && inStore(origin),
    text: 'Nothing can be imported into a custom key store: bring your own material with CloudHSM or the key manager itself.',
  },
  {
    when: ({ needs }, { origin }) => needs('severalRegions') && inStore(origin),
    text: 'A key in a custom key store is never multi-Region. Create one in each Region and encrypt for each.',
  },
  {
    when: ({ purpose, needs }) => needs('severalRegions') && purpose === 'awsService',
    text: 'Most AWS services treat a multi-Region key like one of a single Region and encrypt again when they copy data. Look up your service first.',
  },
  {
    when: ({ needs }, { origin }) => needs('severalRegions') && origin === 'EXTERNAL',
    text: 'The same material has to be imported into the primary and into every replica.',
  },
];

function inStore(origin: RecommendedKey['origin']): boolean {
  return origin === 'AWS_CLOUDHSM' || origin === 'EXTERNAL_KEY_STORE';
}

/** Any of these makes the key one's own; AWS makes its keys without asking for them. */
const ownKeyNeeds: readonly Need[] = ['control', 'ownMaterial', 'cloudHsm', 'externalManager', 'severalRegions', 'severalAccounts'];

/** Which of the three kinds of key it is to be, and why (https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html). */
function kindOf({ purpose, needs }: Facts): { readonly kind: KeyKindName; readonly reason: string } {
  if (purpose !== 'awsService') return { kind: 'customerManaged', reason: 'Only a key that you create yourself can be used by your own programs.' };
  if (ownKeyNeeds.some(needs)) return { kind: 'customerManaged', reason: 'What you ask for can be had with a key of your own only: you write its policy and decide about its life.' };
  if (needs('audit')) return { kind: 'awsManaged', reason: 'A key that the service makes in your account shows its use in CloudTrail and costs no monthly fee. You cannot change its policy, nor share it.' };
  return { kind: 'awsOwned', reason: 'The service encrypts with a key of its own, without a fee and without any work. You cannot see that key.' };
}

/** Whether a later rule left standing what a rule chose. */
function stands(then: Partial<RecommendedKey>, key: RecommendedKey): boolean {
  const final = new Map<string, unknown>(Object.entries(key));
  return Object.entries(then).every(([member, value]) => final.get(member) === value);
}

/** Recommends a key for the answers: a table of rules, applied in order. */
export function advise(answers: Answers): Advice {
  const facts: Facts = { purpose: answers.purpose, needs: (need) => answers.needs.includes(need) };
  const { kind, reason: kindReason } = kindOf(facts);
  const { reason: startReason, ...start } = starts[answers.purpose];
  let key: RecommendedKey = { ...start, origin: 'AWS_KMS', multiRegion: false, rotationPeriodInDays: null, policy: 'default' };
  const applied: Pick<Rule, 'then' | 'reason'>[] = [{ then: start, reason: startReason }];
  for (const { when, then, reason } of rules) {
    if (!when(facts, key)) continue;
    key = { ...key, ...then };
    applied.push({ then, reason });
  }
  const reasons = [kindReason, ...applied.filter(({ then }) => stands(then, key)).map(({ reason }) => reason)];
  return {
    kind,
    key,
    reasons: kind === 'customerManaged' ? reasons : [kindReason],
    effort: effortOf(kind, key),
    permanent: permanentFacts(kind, key),
    cautions: cautions.filter(({ when }) => when(facts, key)).map(({ text }) => text),
  };
}
