import type { Advice, KeyKindName, RecommendedKey } from './advice.ts';

type Effort = Advice['effort'];

/** The first row that fits tells the effort. */
const rows: readonly (Effort & { readonly fits: (kind: KeyKindName, key: RecommendedKey) => boolean })[] = [
  { level: 'none', text: 'Nothing to do: it is the default of most services.', fits: (kind) => kind === 'awsOwned' },
  { level: 'little', text: 'Choose “AWS managed key” in the service; it makes the key when it first needs it.', fits: (kind) => kind === 'awsManaged' },
  {
    level: 'much',
    text: 'Run a key manager and an XKS proxy that answer within a quarter of a second, day and night: when they do not, nothing can be decrypted.',
    fits: (_kind, { origin }) => origin === 'EXTERNAL_KEY_STORE',
  },
  {
    level: 'much',
    text: 'Run a CloudHSM cluster with at least two HSMs in two Availability Zones, pay for each by the hour, and back it up.',
    fits: (_kind, { origin }) => origin === 'AWS_CLOUDHSM',
  },
  {
    level: 'much',
    text: 'Make the material, keep a copy in a safe place for as long as any data needs it, and import it again when it expires.',
    fits: (_kind, { origin }) => origin === 'EXTERNAL',
  },
  {
    level: 'some',
    text: 'Create the key, then a replica in each Region; policies, grants, aliases and tags are set for each on their own, and each is paid for.',
    fits: (_kind, { multiRegion }) => multiRegion,
  },
  {
    level: 'some',
    text: 'Create the key, name the accounts in its policy, and have an administrator over there allow it with an IAM policy.',
    fits: (_kind, { policy }) => policy === 'crossAccount',
  },
  {
    level: 'some',
    text: 'Create the key and hand out its public key. KMS does not rotate it: to change it, make a new one and hand that out.',
    fits: (_kind, { keySpec }) => keySpec !== 'SYMMETRIC_DEFAULT' && !keySpec.startsWith('HMAC_'),
  },
];

/** How much work the key is, before and after it is made. */
export function effortOf(kind: KeyKindName, key: RecommendedKey): Effort {
  const row = rows.find(({ fits }) => fits(kind, key));
  return row === undefined ? { level: 'little', text: 'Create the key and give it an alias. KMS does the rest.' } : { level: row.level, text: row.text };
}
