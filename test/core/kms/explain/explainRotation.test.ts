import assert from 'node:assert/strict';
import { explainRotation } from '../../../../src/core/kms/explain/explainRotation.ts';
import type { KeyMetadata, KeyRotationStatus } from '../../../../src/core/kms/keyMetadata.ts';
import { sampleMetadata } from './sampleMetadata.ts';

const now = Date.UTC(2026, 0, 12, 3, 4);
const off: KeyRotationStatus = {
  keyRotationEnabled: false,
  rotationPeriodInDays: undefined,
  nextRotationDate: undefined,
  onDemandRotationStartDate: undefined,
};
const on: KeyRotationStatus = { ...off, keyRotationEnabled: true, rotationPeriodInDays: 365, nextRotationDate: now + 30 * 86_400_000 };

interface Case {
  readonly name: string;
  readonly metadata: Partial<KeyMetadata>;
  readonly status: KeyRotationStatus | undefined;
  readonly title: string;
  readonly text: RegExp;
}

const cases: readonly Case[] = [
  { name: 'rotation that is on gives its period', metadata: {}, status: on, title: 'Automatic rotation is on', text: /365 days/ },
  { name: 'rotation that is on gives its next date', metadata: {}, status: on, title: 'Automatic rotation is on', text: /2026-02-11 03:04 UTC KMS rotates the key in 30 days/ },
  { name: 'a disabled key waits with its rotation', metadata: { keyState: 'Disabled' }, status: on, title: 'Automatic rotation is on', text: /once it is enabled again/ },
  { name: 'rotation that is off says what turning it on means', metadata: {}, status: off, title: 'Automatic rotation is off', text: /old material is kept/ },
  { name: 'a rotation on demand is named', metadata: {}, status: { ...off, onDemandRotationStartDate: now }, title: 'Automatic rotation is off', text: /began 2026-01-12/ },
  { name: 'an RSA key cannot rotate, and why', metadata: { keySpec: 'RSA_2048' }, status: undefined, title: 'Not supported for this key', text: /asymmetric/ },
  { name: 'an HMAC key cannot rotate, and why', metadata: { keySpec: 'HMAC_256' }, status: undefined, title: 'Not supported for this key', text: /HMAC/ },
  { name: 'imported material is rotated on demand', metadata: { origin: 'EXTERNAL' }, status: off, title: 'Not supported for this key', text: /on demand/ },
  { name: 'a custom key store does not rotate', metadata: { origin: 'AWS_CLOUDHSM' }, status: undefined, title: 'Not supported for this key', text: /custom key store/ },
  { name: 'a refusal without a known reason is passed on', metadata: {}, status: undefined, title: 'Not supported for this key', text: /KMS says/ },
  { name: 'an AWS managed key is rotated by AWS', metadata: { keyManager: 'AWS' }, status: on, title: 'Every year, by AWS', text: /cannot be changed/ },
];

function check({ metadata, status, title, text }: Case): void {
  const words = explainRotation({ ...sampleMetadata, ...metadata }, status, now);
  assert.equal(words.title, title);
  const facts = words.facts.map(({ label, value, explanation }) => `${label} ${value} ${explanation}`);
  assert.match([words.explanation, ...facts].join(' '), text);
}

describe('explainRotation', () => {
  for (const each of cases) it(each.name, () => { check(each); });
});
