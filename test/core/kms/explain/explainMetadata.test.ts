import assert from 'node:assert/strict';
import { explainMetadata, factGroups } from '../../../../src/core/kms/explain/explainMetadata.ts';
import type { KeyMetadata } from '../../../../src/core/kms/keyMetadata.ts';
import { sampleMetadata } from './sampleMetadata.ts';

const now = Date.UTC(2026, 0, 12, 3, 4);
const primary = { arn: sampleMetadata.arn, region: 'us-east-1' };
const replica = { arn: sampleMetadata.arn.replace('us-east-1', 'eu-west-1'), region: 'eu-west-1' };

interface Case {
  readonly name: string;
  readonly metadata: Partial<KeyMetadata>;
  readonly field: keyof KeyMetadata;
  /** Undefined when the field is left out. */
  readonly value: string | undefined;
  readonly explanation?: RegExp;
}

const cases: readonly Case[] = [
  { name: 'an enabled key works', metadata: {}, field: 'keyState', value: 'Enabled', explanation: /works/ },
  { name: 'a disabled key says what fails and what still works', metadata: { keyState: 'Disabled', enabled: false }, field: 'keyState', value: 'Disabled', explanation: /DisabledException.*can still be changed/ },
  { name: 'a key pending deletion can be saved', metadata: { keyState: 'PendingDeletion' }, field: 'keyState', value: 'Pending deletion', explanation: /can be cancelled/ },
  { name: 'a deletion date counts the days that are left', metadata: { deletionDate: Date.UTC(2026, 0, 19, 3, 4) }, field: 'deletionDate', value: '2026-01-19 03:04 UTC', explanation: /in 7 days/ },
  { name: 'a begun day counts as one', metadata: { deletionDate: now + 86_400_001 }, field: 'deletionDate', value: '2026-01-13 03:04 UTC', explanation: /in 2 days/ },
  { name: 'the last day is near', metadata: { deletionDate: now + 3_600_000 }, field: 'deletionDate', value: '2026-01-12 04:04 UTC', explanation: /within a day/ },
  { name: 'a key that is not being deleted has no deletion date', metadata: {}, field: 'deletionDate', value: undefined },
  { name: 'the date of creation looks back', metadata: {}, field: 'creationDate', value: '2026-01-02 03:04 UTC', explanation: /10 days ago/ },
  { name: 'an AWS managed key is used by its service only', metadata: { keyManager: 'AWS' }, field: 'keyManager', value: 'AWS managed key', explanation: /only one to use it/ },
  { name: 'a customer managed key gives the old name too', metadata: {}, field: 'keyManager', value: 'Customer managed key', explanation: /CMK/ },
  { name: 'imported material is the owner’s to keep', metadata: { origin: 'EXTERNAL' }, field: 'origin', value: 'EXTERNAL', explanation: /Keep your own copy/ },
  { name: 'an RSA key says how much it can encrypt', metadata: { keySpec: 'RSA_2048' }, field: 'keySpec', value: 'RSA_2048', explanation: /190 bytes with RSAES_OAEP_SHA_256/ },
  { name: 'a key spec from the future is still explained', metadata: { keySpec: 'LATTICE_9' }, field: 'keySpec', value: 'LATTICE_9', explanation: /never changes/ },
  { name: 'a key spec named like a member of every object is no trap', metadata: { keySpec: 'constructor' }, field: 'keySpec', value: 'constructor', explanation: /never changes/ },
  { name: 'an empty description is named as not set', metadata: { description: '' }, field: 'description', value: 'not set' },
  { name: 'signing algorithms are listed', metadata: { signingAlgorithms: ['ECDSA_SHA_256', 'ECDSA_SHA_384'] }, field: 'signingAlgorithms', value: 'ECDSA_SHA_256, ECDSA_SHA_384' },
  { name: 'a primary key names its replicas', metadata: { multiRegion: true, multiRegionConfiguration: { multiRegionKeyType: 'PRIMARY', primaryKey: primary, replicaKeys: [replica] } }, field: 'multiRegionConfiguration', value: 'Primary (replicas: eu-west-1)' },
  { name: 'a replica names its primary', metadata: { multiRegion: true, multiRegionConfiguration: { multiRegionKeyType: 'REPLICA', primaryKey: primary, replicaKeys: [replica] } }, field: 'multiRegionConfiguration', value: 'Replica of us-east-1 (replicas: eu-west-1)' },
  { name: 'a multi-Region id explains its prefix', metadata: { keyId: 'mrk-1234' }, field: 'keyId', value: 'mrk-1234', explanation: /mrk-/ },
  { name: 'material that expires says when', metadata: { validTo: now + 2 * 86_400_000 }, field: 'validTo', value: '2026-01-14 03:04 UTC', explanation: /in 2 days/ },
];

function check({ metadata, field, value, explanation }: Case): void {
  const fact = explainMetadata({ ...sampleMetadata, ...metadata }, now).find((each) => each.field === field);
  assert.equal(fact?.value, value);
  if (explanation !== undefined) assert.match(fact?.explanation ?? '', explanation);
}

describe('explainMetadata', () => {
  for (const each of cases) it(each.name, () => { check(each); });

  it('has a sentence for every field once every field is set', () => {
    const full: KeyMetadata = {
      ...sampleMetadata,
      deletionDate: now,
      pendingDeletionWindowInDays: 7,
      validTo: now,
      expirationModel: 'KEY_MATERIAL_EXPIRES',
      customKeyStoreId: 'cks-1234567890abcdef0',
      cloudHsmClusterId: 'cluster-1a23b4cdefg',
      xksKeyId: 'outside',
      currentKeyMaterialId: 'a'.repeat(64),
      multiRegionConfiguration: { multiRegionKeyType: 'PRIMARY', primaryKey: primary, replicaKeys: [] },
      signingAlgorithms: ['ECDSA_SHA_256'],
      keyAgreementAlgorithms: ['ECDH'],
      encapsulationAlgorithms: ['ML_KEM'],
      macAlgorithms: ['HMAC_SHA_256'],
    };
    const facts = explainMetadata(full, now);
    assert.deepEqual(facts.map(({ field }) => field).sort(), Object.keys(full).sort());
    for (const { label, value, explanation } of facts) assert.match(`${label}: ${value}. ${explanation}`, /\S: .+\. [A-Z].+\.$/);
  });

  it('keeps the fields of a group together', () => {
    const groups = explainMetadata(sampleMetadata, now).map(({ group }) => group);
    assert.deepEqual([...new Set(groups)], groups.filter((group, index) => group !== groups[index - 1]));
    assert.deepEqual([...new Set(groups)], [...factGroups]);
  });
});
