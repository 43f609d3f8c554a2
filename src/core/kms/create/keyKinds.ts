import type { KeyKindName } from './advice.ts';

/** One of the three kinds of KMS keys, by what sets them apart. */
export interface KeyKind {
  readonly kind: KeyKindName;
  readonly title: string;
  readonly metadata: string;
  readonly policy: string;
  readonly iam: string;
  readonly ownAccount: string;
  readonly rotation: string;
  readonly cost: string;
}

/** The lines of the table of the kinds, with what each asks. */
export const kindQuestions: readonly { readonly member: Exclude<keyof KeyKind, 'kind' | 'title'>; readonly label: string }[] = [
  { member: 'metadata', label: 'Who sees its metadata' },
  { member: 'policy', label: 'Who manages its policy' },
  { member: 'iam', label: 'Do IAM policies count' },
  { member: 'ownAccount', label: 'Used for my account only' },
  { member: 'rotation', label: 'Rotation' },
  { member: 'cost', label: 'Cost' },
];

/** The kinds as AWS tells them apart (https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-mgmt). */
export const keyKinds: readonly KeyKind[] = [
  {
    kind: 'awsOwned',
    title: 'AWS owned',
    metadata: 'Nobody outside AWS: KMS does not list it.',
    policy: 'AWS, out of sight.',
    iam: 'No. Who may use the service’s data decides.',
    ownAccount: 'No. The service uses it for many accounts.',
    rotation: 'As the service decides.',
    cost: 'None.',
  },
  {
    kind: 'awsManaged',
    title: 'AWS managed',
    metadata: 'You, as alias/aws/ and the service’s name.',
    policy: 'AWS. You can read it.',
    iam: 'To read about the key. Its use comes through the service alone.',
    ownAccount: 'Yes, and it cannot be shared.',
    rotation: 'Every year, always.',
    cost: 'No monthly fee. Its use is paid for by you or by the service.',
  },
  {
    kind: 'customerManaged',
    title: 'Customer managed',
    metadata: 'You.',
    policy: 'You.',
    iam: 'Yes, when the key policy lets the account decide.',
    ownAccount: 'Yes, and you can let other accounts use it.',
    rotation: 'Optional: every 90 to 2560 days, 365 unless you say so, and on demand up to 25 times. Symmetric keys with material of KMS only.',
    cost: 'A monthly fee for each key, more after its first and second rotation, and a fee for its use.',
  },
];
