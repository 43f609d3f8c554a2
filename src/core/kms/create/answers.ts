/** What a key is for: the question that decides most. */
export type Purpose = 'encryptData' | 'awsService' | 'sign' | 'mac' | 'agree';

/** What else is asked of the key. Any number of them go together, and some do not: the advice says so. */
export type Need =
  | 'audit'
  | 'control'
  | 'offline'
  | 'postQuantum'
  | 'ownMaterial'
  | 'cloudHsm'
  | 'externalManager'
  | 'severalRegions'
  | 'severalAccounts';

export interface Answers {
  readonly purpose: Purpose;
  readonly needs: readonly Need[];
}

/** A choice as the user reads it. */
export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly detail: string;
}

export const purposeChoices: readonly Choice<Purpose>[] = [
  { value: 'encryptData', label: 'Encrypt my own data', detail: 'Programs of mine call KMS to encrypt and decrypt, or to make data keys.' },
  { value: 'awsService', label: 'Let an AWS service encrypt', detail: 'S3, EBS, RDS, DynamoDB, Secrets Manager and others encrypt what I store in them.' },
  { value: 'sign', label: 'Sign and verify', detail: 'Digital signatures that anybody with the public key can verify.' },
  { value: 'mac', label: 'Make and verify MACs', detail: 'Codes that prove that a message was not changed, such as those of tokens.' },
  { value: 'agree', label: 'Agree on secrets', detail: 'Derive a secret that this side and another one share, and that nobody else can know.' },
];

export const needChoices: readonly Choice<Need>[] = [
  { value: 'audit', label: 'See its use', detail: 'The calls that use the key appear in my CloudTrail log.' },
  { value: 'control', label: 'Decide who may use it', detail: 'I write the key policy, and can disable, rotate and delete the key.' },
  { value: 'offline', label: 'Others encrypt without AWS', detail: 'Programs outside AWS encrypt with a public key, and KMS alone decrypts.' },
  { value: 'postQuantum', label: 'Withstand quantum computers', detail: 'What is signed or agreed on today has to hold against a quantum computer of tomorrow.' },
  { value: 'ownMaterial', label: 'Bring my own key material', detail: 'I make the material elsewhere, keep a copy, and import it (BYOK).' },
  { value: 'cloudHsm', label: 'Keep it in my own HSM at AWS', detail: 'The material lives in an AWS CloudHSM cluster that I own.' },
  { value: 'externalManager', label: 'Keep it outside AWS', detail: 'An external key manager holds the key and answers through an XKS proxy.' },
  { value: 'severalRegions', label: 'Use it in several Regions', detail: 'Data encrypted in one Region is decrypted in another one.' },
  { value: 'severalAccounts', label: 'Use it from several accounts', detail: 'Principals of other AWS accounts use the key.' },
];
