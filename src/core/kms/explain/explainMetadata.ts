import { daysFrom, utcMinute } from './dateWords.ts';
import type { KeyMetadata } from '../keyMetadata.ts';
import { explainKeySpec, keyManagerWords, keyOriginWords, keyStateWords, keyUsageWords } from './metadataWords.ts';

/** The headings that the facts about a key are read under, in their order. */
export const factGroups = ['Identity', 'State', 'Use', 'Key material', 'Regions'] as const;
export type FactGroup = (typeof factGroups)[number];

/** One field of a key's metadata in words. */
export interface MetadataFact {
  readonly field: keyof KeyMetadata;
  readonly group: FactGroup;
  /** AWS's term. */
  readonly label: string;
  readonly value: string;
  /** What this value means for this key. */
  readonly explanation: string;
}

interface FactRow {
  readonly group: FactGroup;
  readonly label: string;
  /** Undefined where the field says nothing about this key. */
  readonly tell: (metadata: KeyMetadata, now: number) => { value: string; explanation: string } | undefined;
}

/** How to tell each field. A record over all of them: a new field of the metadata without a row does not compile. */
const rows: Readonly<Record<keyof KeyMetadata, FactRow>> = {
  description: {
    group: 'Identity',
    label: 'Description',
    tell: ({ description, keyManager }) => ({
      value: description === '' ? 'not set' : description,
      explanation:
        keyManager === 'AWS'
          ? 'What the key is for, in the words of the AWS service that made it.'
          : 'What the key is for, in the words of whoever made it. Anyone who may describe the key can read it.',
    }),
  },
  arn: {
    group: 'Identity',
    label: 'ARN',
    tell: ({ arn }) => ({
      value: arn,
      explanation: 'The full name of the key: partition, Region, account and key id. It names this key from anywhere and is what policies use.',
    }),
  },
  keyId: {
    group: 'Identity',
    label: 'Key ID',
    tell: ({ keyId }) => ({
      value: keyId,
      explanation: keyId.startsWith('mrk-')
        ? 'Names the key within its account and Region. The prefix mrk- marks a multi-Region key: its replicas have the same id.'
        : 'Names the key within its account and Region. It never changes and is never given to another key.',
    }),
  },
  accountId: {
    group: 'Identity',
    label: 'Account',
    tell: ({ accountId }) => ({ value: accountId, explanation: 'The AWS account that owns the key and pays for it.' }),
  },
  region: {
    group: 'Identity',
    label: 'Region',
    tell: ({ region, multiRegion }) => ({
      value: region,
      explanation: multiRegion
        ? 'Where this copy of the key lives. Ciphertext of a multi-Region key can be decrypted by its copies in other Regions.'
        : 'The key never leaves this Region: what it encrypted can be decrypted only here.',
    }),
  },
  creationDate: {
    group: 'Identity',
    label: 'Created',
    tell: ({ creationDate }, now) =>
      dated(creationDate, now, (when) => `The key was made ${when}. Whatever was encrypted before that was encrypted under another key.`),
  },
  keyManager: {
    group: 'Identity',
    label: 'Key manager',
    tell: ({ keyManager }) => ({ value: keyManagerWords[keyManager].title, explanation: keyManagerWords[keyManager].text }),
  },
  keyState: {
    group: 'State',
    label: 'Key state',
    tell: ({ keyState }) => ({ value: stateTitle(keyState), explanation: keyStateWords[keyState] }),
  },
  enabled: {
    group: 'State',
    label: 'Enabled',
    tell: ({ enabled }) => ({
      value: enabled ? 'Yes' : 'No',
      explanation: enabled
        ? 'The key state as a yes or no: cryptographic operations work.'
        : 'The key state as a yes or no: no cryptographic operation works with the key at present.',
    }),
  },
  deletionDate: {
    group: 'State',
    label: 'Deletion date',
    tell: ({ deletionDate }, now) =>
      dated(deletionDate, now, (when) => `KMS deletes the key and its material ${when}, for good.`),
  },
  pendingDeletionWindowInDays: {
    group: 'State',
    label: 'Waiting period',
    tell: ({ pendingDeletionWindowInDays: days }) =>
      days === undefined
        ? undefined
        : {
            value: `${days} days`,
            explanation: 'How long KMS waits before the deletion. For a primary key with replicas it begins when the last replica is gone.',
          },
  },
  keyUsage: {
    group: 'Use',
    label: 'Key usage',
    tell: ({ keyUsage }) => ({ value: keyUsageWords[keyUsage].title, explanation: keyUsageWords[keyUsage].text }),
  },
  keySpec: {
    group: 'Use',
    label: 'Key spec',
    tell: ({ keySpec }) => ({ value: keySpec, explanation: explainKeySpec(keySpec) }),
  },
  encryptionAlgorithms: {
    group: 'Use',
    label: 'Encryption algorithms',
    tell: ({ encryptionAlgorithms }) =>
      listed(encryptionAlgorithms, (count) =>
        count === 1
          ? 'Encrypt and Decrypt use it without being told.'
          : 'Name one of them when calling Encrypt, and the same one when calling Decrypt.',
      ),
  },
  signingAlgorithms: {
    group: 'Use',
    label: 'Signing algorithms',
    tell: ({ signingAlgorithms }) =>
      listed(signingAlgorithms, () => 'Name one of them when calling Sign; whoever verifies needs the same one.'),
  },
  macAlgorithms: {
    group: 'Use',
    label: 'MAC algorithms',
    tell: ({ macAlgorithms }) => listed(macAlgorithms, () => 'What GenerateMac and VerifyMac take for this key.'),
  },
  keyAgreementAlgorithms: {
    group: 'Use',
    label: 'Key agreement algorithms',
    tell: ({ keyAgreementAlgorithms }) => listed(keyAgreementAlgorithms, () => 'What DeriveSharedSecret takes for this key.'),
  },
  encapsulationAlgorithms: {
    group: 'Use',
    label: 'Encapsulation algorithms',
    tell: ({ encapsulationAlgorithms }) => listed(encapsulationAlgorithms, () => 'What Encapsulate and Decapsulate take for this key.'),
  },
  origin: {
    group: 'Key material',
    label: 'Origin',
    tell: ({ origin }) => ({ value: origin, explanation: keyOriginWords[origin] }),
  },
  currentKeyMaterialId: {
    group: 'Key material',
    label: 'Current key material',
    tell: ({ currentKeyMaterialId }) =>
      present(
        currentKeyMaterialId,
        'The id of the material that encrypts now. It changes when the key is rotated; older materials stay and keep decrypting what they encrypted.',
      ),
  },
  expirationModel: {
    group: 'Key material',
    label: 'Expiration',
    tell: ({ expirationModel }) =>
      present(
        expirationModel,
        expirationModel === 'KEY_MATERIAL_EXPIRES'
          ? 'The imported material is removed on its date. The key then waits for the same material to be imported again.'
          : 'The imported material stays until somebody deletes it.',
      ),
  },
  validTo: {
    group: 'Key material',
    label: 'Material expires',
    tell: ({ validTo }, now) =>
      dated(validTo, now, (when) => `The imported material expires ${when}. Nothing can be encrypted or decrypted after that until it is imported again.`),
  },
  customKeyStoreId: {
    group: 'Key material',
    label: 'Custom key store',
    tell: ({ customKeyStoreId }) => present(customKeyStoreId, 'The key store that holds the material. The key works only while the store is connected.'),
  },
  cloudHsmClusterId: {
    group: 'Key material',
    label: 'CloudHSM cluster',
    tell: ({ cloudHsmClusterId }) => present(cloudHsmClusterId, 'The cluster of hardware security modules that holds the material. It is yours to run and to back up.'),
  },
  xksKeyId: {
    group: 'Key material',
    label: 'External key',
    tell: ({ xksKeyId }) => present(xksKeyId, 'The name of the key in the key manager outside AWS. Deleting the KMS key leaves that one alone.'),
  },
  multiRegion: {
    group: 'Regions',
    label: 'Multi-Region',
    tell: ({ multiRegion }) => ({
      value: multiRegion ? 'Yes' : 'No',
      explanation: multiRegion
        ? 'The key has the same id and material in several Regions. Policy, grants, aliases and tags are set for each Region on its own.'
        : 'A single-Region key. It cannot be made multi-Region later.',
    }),
  },
  multiRegionConfiguration: {
    group: 'Regions',
    label: 'Multi-Region role',
    tell: ({ multiRegionConfiguration: configuration }) => {
      if (configuration === undefined) return undefined;
      const replicas = configuration.replicaKeys.map(({ region }) => region).join(', ') || 'none yet';
      return configuration.multiRegionKeyType === 'PRIMARY'
        ? { value: `Primary (replicas: ${replicas})`, explanation: 'Rotation is set on the primary key, new replicas are made from it, and it cannot be deleted before its replicas are.' }
        : { value: `Replica of ${configuration.primaryKey.region} (replicas: ${replicas})`, explanation: 'A copy of the primary key that works on its own. It takes rotation from the primary and can be deleted without harm to the others.' };
    },
  },
};

/**
 * Every field of a key's metadata in words, in the order they are best read. A field that says nothing about this key
 * is left out. `now` is in milliseconds since 1970, as the dates of the metadata are.
 */
export function explainMetadata(metadata: KeyMetadata, now: number): readonly MetadataFact[] {
  return Object.entries(rows).flatMap(([field, { group, label, tell }]) => {
    const told = tell(metadata, now);
    return told === undefined ? [] : [{ field: field as keyof KeyMetadata, group, label, ...told }];
  });
}

/** The key state as people write it: `Pending deletion`. */
export function stateTitle(keyState: KeyMetadata['keyState']): string {
  return keyState.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function dated(time: number | undefined, now: number, explain: (when: string) => string): { value: string; explanation: string } | undefined {
  return time === undefined ? undefined : { value: utcMinute(time), explanation: explain(daysFrom(time, now)) };
}

function listed(names: readonly string[], explain: (count: number) => string): { value: string; explanation: string } | undefined {
  return names.length === 0 ? undefined : { value: names.join(', '), explanation: explain(names.length) };
}

function present(value: string | undefined, explanation: string): { value: string; explanation: string } | undefined {
  return value === undefined || value === '' ? undefined : { value, explanation };
}
