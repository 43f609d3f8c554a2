import { partitionOf } from '../../kms/arn.ts';
import { keySpecOf } from '../../kms/keySpecs.ts';
import type { LintFacts } from '../lint/diagnostic.ts';
import { administratorActions, useActions } from './useActions.ts';

export type TemplateKey = NonNullable<LintFacts['key']>;

/** A beginning for a key policy. Names in it are examples, to be replaced. */
export interface PolicyTemplate {
  readonly id: string;
  readonly title: string;
  /** What it does, as a sentence. */
  readonly description: string;
  /** The Id of a whole policy; undefined when the statements are added to what is there. */
  readonly policyId: string | undefined;
  readonly statements: readonly object[];
}

type Conditions = Readonly<Record<string, Readonly<Record<string, string>>>>;

function allow(sid: string, principal: string, actions: string | readonly string[], condition?: Conditions): object {
  const start = { Sid: sid, Effect: 'Allow', Principal: { AWS: principal }, Action: actions, Resource: '*' };
  return condition === undefined ? start : { ...start, Condition: condition };
}

/** The statement of the policy that KMS gives a key by itself. */
export function accountStatement({ region, account }: TemplateKey): object {
  return allow('Enable IAM User Permissions', `arn:${partitionOf(region)}:iam::${account}:root`, 'kms:*');
}

/** The templates that fit a key. */
export function policyTemplates(key: TemplateKey): readonly PolicyTemplate[] {
  const partition = partitionOf(key.region);
  const role = (name: string): string => `arn:${partition}:iam::${key.account}:role/${name}`;
  const isSymmetric = key.spec === undefined || keySpecOf(key.spec)?.kind === 'symmetric';
  const use = useActions(key);
  return [
    {
      id: 'default',
      title: 'Default',
      description: 'The policy that KMS gives a key by itself: the IAM policies of the account decide.',
      policyId: 'key-default-1',
      statements: [accountStatement(key)],
    },
    {
      id: 'administratorsAndUsers',
      title: 'Administrators and users',
      description: 'The policy that the console makes: the account, administrators who cannot use the key, and users who cannot change it.',
      policyId: 'key-consolepolicy-3',
      statements: [accountStatement(key), ...consoleStatements(key, role, use)],
    },
    {
      id: 'serviceOnly',
      title: 'Only through a service',
      description: 'Everybody in the account may use the key through one AWS service, and nobody directly.',
      policyId: undefined,
      statements: [
        allow('Allow use through the service', '*', use, {
          StringEquals: { 'kms:CallerAccount': key.account, 'kms:ViaService': `s3.${key.region}.amazonaws.com` },
        }),
      ],
    },
    {
      id: 'crossAccount',
      title: 'Another account',
      description: 'The IAM policies of another account decide who of it may use the key.',
      policyId: undefined,
      statements: [allow('Allow use by another account', `arn:${partition}:iam::444455556666:root`, use)],
    },
    ...(isSymmetric ? [enclaveTemplate(role), encryptionContextTemplate(role)] : []),
  ];
}

function consoleStatements(key: TemplateKey, role: (name: string) => string, use: readonly string[]): readonly object[] {
  return [
    allow('Allow access for Key Administrators', role('KeyAdministrator'), administratorActions(key)),
    allow('Allow use of the key', role('KeyUser'), use),
    allow('Allow attachment of persistent resources', role('KeyUser'), ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'], {
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
    }),
  ];
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/conditions-attestation.html */
function enclaveTemplate(role: (name: string) => string): PolicyTemplate {
  return {
    id: 'enclave',
    title: 'Nitro enclave',
    description: 'A role may decrypt and make data keys from inside one enclave image.',
    policyId: undefined,
    statements: [
      allow('Allow the enclave to decrypt', role('EnclaveHost'), ['kms:Decrypt', 'kms:GenerateDataKey'], {
        StringEqualsIgnoreCase: { 'kms:RecipientAttestation:ImageSha384': 'sha-384-of-the-enclave-image' },
      }),
    ],
  };
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html */
function encryptionContextTemplate(role: (name: string) => string): PolicyTemplate {
  return {
    id: 'encryptionContext',
    title: 'Bound to an encryption context',
    description: 'A role may use the key with one encryption context only.',
    policyId: undefined,
    statements: [
      allow('Allow use with the encryption context', role('KeyUser'), ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'], {
        StringEquals: { 'kms:EncryptionContext:service': 'orders' },
      }),
    ],
  };
}
