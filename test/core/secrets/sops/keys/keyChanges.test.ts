import assert from 'node:assert/strict';
import { keyChanges, keyUse } from '../../../../../src/core/secrets/sops/changeKeys.ts';
import type { KmsKeyUse } from '../../../../../src/core/secrets/sops/sopsPorts.ts';

const arnOf = (name: string) => `arn:aws:kms:eu-west-1:111122223333:key/${name}`;
const [a, b] = [keyUse(arnOf('a')), keyUse(arnOf('b'))];
const asRole = keyUse(arnOf('a'), { role: 'arn:aws:iam::111122223333:role/ci' });
const withContext = keyUse(arnOf('a'), { encryptionContext: { app: 'x' } });

/** The groups of a file, as far as they count here. */
function fileOf(groups: readonly (readonly KmsKeyUse[])[], threshold = groups.length === 1 ? 1 : groups.length) {
  return { threshold, groups: groups.map((kms) => ({ kms: kms.map((use) => ({ ...use, createdAt: '', enc: 'AA==', source: {} })), others: [] })) };
}

interface Row {
  readonly before: readonly (readonly KmsKeyUse[])[];
  readonly plan: readonly (readonly KmsKeyUse[])[];
  readonly planThreshold?: number;
  readonly expected: readonly [added: readonly KmsKeyUse[], removed: readonly KmsKeyUse[], isRegrouped: boolean];
}

const rows: Record<string, Row> = {
  'nothing, where the keys are the same in another order': { before: [[a, b]], plan: [[b, a]], expected: [[], [], false] },
  'a key more': { before: [[a]], plan: [[a, b]], expected: [[b], [], false] },
  'a key less': { before: [[a, b]], plan: [[b]], expected: [[], [a], false] },
  'the same key under a role': { before: [[a]], plan: [[asRole]], expected: [[asRole], [a], false] },
  'the same key with an encryption context': { before: [[withContext]], plan: [[a]], expected: [[a], [withContext], false] },
  'one group split into two': { before: [[a, b]], plan: [[a], [b]], expected: [[], [], true] },
  'keys that change their groups': { before: [[a], [b]], plan: [[b], [a]], expected: [[], [], true] },
  'another number of groups that decrypt': { before: [[a], [b]], plan: [[a], [b]], planThreshold: 1, expected: [[], [], true] },
  'nothing, where the groups are the same': { before: [[a], [b]], plan: [[a], [b]], planThreshold: 2, expected: [[], [], false] },
};

describe('what a plan changes of the keys of a file', () => {
  for (const [name, { before, plan, planThreshold, expected }] of Object.entries(rows)) {
    it(`is ${name}`, () => {
      const { added, removed, isRegrouped } = keyChanges(fileOf(before), plan.map((kms) => ({ kms })), planThreshold);
      const plain = (uses: readonly KmsKeyUse[]) => uses.map(({ arn, role, encryptionContext }) => [arn, role, encryptionContext]);
      assert.deepEqual([plain(added), plain(removed), isRegrouped], [plain(expected[0]), plain(expected[1]), expected[2]]);
    });
  }
});
