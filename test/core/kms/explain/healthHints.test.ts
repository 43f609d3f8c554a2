import assert from 'node:assert/strict';
import { expiryWarning } from '../../../../src/core/kms/explain/expiryWarning.ts';
import { type HealthFacts, healthHints } from '../../../../src/core/kms/explain/healthHints.ts';
import type { KeyMetadata } from '../../../../src/core/kms/keyMetadata.ts';
import { sampleMetadata } from './sampleMetadata.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 10, 25);

const nothing: HealthFacts = { metadata: sampleMetadata, rotation: undefined, lastUsage: undefined, policy: undefined };
const rotation = (keyRotationEnabled: boolean): HealthFacts['rotation'] => ({ keyRotationEnabled, rotationPeriodInDays: undefined, nextRotationDate: undefined, onDemandRotationStartDate: undefined });
const policy = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const open = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'kms:*', Resource: '*' };
const of = (change: Partial<KeyMetadata>): Pick<HealthFacts, 'metadata'> => ({ metadata: { ...sampleMetadata, ...change } });

const cases: readonly { readonly what: string; readonly facts: Partial<HealthFacts>; readonly titles: readonly string[] }[] = [
  { what: 'nothing that is known', facts: {}, titles: [] },
  { what: 'a policy that lets everybody in', facts: { policy: policy(open) }, titles: ['The key policy lets everybody in'] },
  { what: 'everybody under a condition', facts: { policy: policy({ ...open, Condition: { StringEquals: { 'kms:CallerAccount': '1' } } }) }, titles: [] },
  { what: 'a denial of everybody', facts: { policy: policy({ ...open, Effect: 'Deny' }) }, titles: [] },
  { what: 'a policy that is no JSON', facts: { policy: '{' }, titles: [] },
  { what: 'rotation that is off', facts: { rotation: rotation(false) }, titles: ['Automatic rotation is off'] },
  { what: 'rotation that is on', facts: { rotation: rotation(true) }, titles: [] },
  { what: 'no rotation of a disabled key', facts: { ...of({ keyState: 'Disabled' }), rotation: rotation(false) }, titles: [] },
  { what: 'material that expires in a week', facts: of({ origin: 'EXTERNAL', validTo: now + 7 * day }), titles: ['The imported material expires soon'] },
  { what: 'material that expires in a year', facts: of({ origin: 'EXTERNAL', validTo: now + 365 * day }), titles: [] },
  { what: 'an AWS managed key', facts: { ...of({ keyManager: 'AWS' }), rotation: rotation(false), policy: policy(open) }, titles: [] },
  {
    what: 'more than one thing, the weightiest first',
    facts: { ...of({}), rotation: rotation(false), policy: policy(open) },
    titles: ['The key policy lets everybody in', 'Automatic rotation is off'],
  },
];

describe('healthHints', () => {
  for (const { what, facts, titles } of cases) {
    it(`${titles.length === 0 ? 'are silent about' : 'point at'} ${what}`, () => {
      assert.deepEqual(healthHints({ ...nothing, ...facts }, now).map(({ title }) => title), titles);
    });
  }
});

const warnings: readonly (readonly [what: string, metadata: Partial<KeyMetadata>, warning: string | undefined])[] = [
  ['material that never expires', {}, undefined],
  ['material that expires in five days', { validTo: now + 5 * day }, 'material expires in 5 days'],
  ['material that expires today', { validTo: now + day / 2 }, 'material expires within a day'],
  ['material that expires in two months', { validTo: now + 60 * day }, undefined],
  ['material that is gone already', { validTo: now - day, keyState: 'PendingImport' }, undefined],
];

describe('expiryWarning', () => {
  for (const [what, metadata, warning] of warnings) {
    it(`${warning === undefined ? 'is silent about' : 'reminds of'} ${what}`, () => {
      assert.equal(expiryWarning({ ...sampleMetadata, ...metadata }, now), warning);
    });
  }
});
