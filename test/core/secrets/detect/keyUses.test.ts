import assert from 'node:assert/strict';
import type { EncryptedPlace } from '../../../../src/core/secrets/detect/findEncrypted.ts';
import { reportUses, usesByName, usesOf } from '../../../../src/core/secrets/detect/keyUses.ts';

const prefix = 'arn:aws:kms:eu-west-1:111122223333:';
const one = { keyId: '1234abcd-12ab-34cd-56ef-1234567890ab', arn: `${prefix}key/1234abcd-12ab-34cd-56ef-1234567890ab`, aliasNames: ['alias/app', 'alias/old'] };
const two = { keyId: '9999abcd-12ab-34cd-56ef-1234567890ab', arn: `${prefix}key/9999abcd-12ab-34cd-56ef-1234567890ab`, aliasNames: [] };

const place = (name: string, keys: readonly string[], keyHash?: string): EncryptedPlace => ({ keyPath: [name], offset: 0, format: 'bare', keys, keyHash });
const secrets = [
  place('by ARN', [one.arn]),
  place('by id', [one.keyId]),
  place('by alias', ['alias/app']),
  place('by alias ARN', [`${prefix}alias/old`]),
  place('by an alias elsewhere', ['arn:aws:kms:us-east-1:111122223333:alias/app']),
  place('learned', [], 'aa'),
  place('under both', [one.arn, two.arn]),
  place('twice', [one.arn, one.arn]),
  place('under another', [two.arn]),
  place('not named', [], 'cc'),
  place('not named at all', []),
];
const uses = usesByName(secrets, (hash) => (hash === 'aa' ? one.arn : undefined));
const names = (found: readonly EncryptedPlace[]) => found.map(({ keyPath }) => keyPath[0]);

describe('the uses of a key', () => {
  it('are the values that give it one of its names, and those whose key was learned', () => {
    assert.deepEqual(new Set(names(usesOf(uses, one))), new Set(['by ARN', 'by id', 'by alias', 'by alias ARN', 'learned', 'under both', 'twice']));
    assert.deepEqual(names(usesOf(uses, two)), ['under both', 'under another']);
    assert.deepEqual(usesOf(uses, { arn: `${prefix}key/other`, keyId: 'other', aliasNames: [] }), []);
  });

  it('tell how many values other keys may still decrypt, and how many have a key that nobody knows', () => {
    const { withOtherKeys, unnamed } = reportUses(uses, [one]);
    assert.deepEqual([withOtherKeys, unnamed], [1, 2]);
  });

  it('of several keys are each counted once, and no other key is left of those that are hit', () => {
    const report = reportUses(uses, [one, two]);
    assert.equal(report.uses.length, 8);
    assert.equal(report.withOtherKeys, 0);
  });
});
