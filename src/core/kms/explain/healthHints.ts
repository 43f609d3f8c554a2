import type { KeyMetadata, KeyRotationStatus } from '../keyMetadata.ts';
import type { KeyLastUsage } from '../service/keyReading.ts';
import { daysFrom } from './dateWords.ts';
import { expiryWarning } from './expiryWarning.ts';

/** Something about a key that deserves a look. */
export interface HealthHint {
  readonly severity: 'warning' | 'information';
  readonly title: string;
  readonly text: string;
}

/** What is known of the key; what could not be read is undefined and gives no hint. */
export interface HealthFacts {
  readonly metadata: KeyMetadata;
  readonly rotation: KeyRotationStatus | undefined;
  readonly lastUsage: KeyLastUsage | undefined;
  readonly policy: string | undefined;
}

const day = 86_400_000;
/** A key that was not used for so many days is worth a question. */
const unusedAfterDays = 90;

/** The hints about a key that is one's own to manage, the weightiest first; none for an AWS managed key. `now` is in epoch milliseconds. */
export function healthHints(facts: HealthFacts, now: number): readonly HealthHint[] {
  if (facts.metadata.keyManager === 'AWS') return [];
  return [wildcardHint(facts), expiryHint(facts, now), rotationHint(facts), usageHint(facts, now)].filter((hint) => hint !== undefined);
}

/** Any principal with no condition: the one mistake that opens a key to the world. */
function wildcardHint({ policy }: HealthFacts): HealthHint | undefined {
  if (policy === undefined || !opensToAll(policy)) return undefined;
  return {
    severity: 'warning',
    title: 'The key policy lets everybody in',
    text: 'A statement allows any principal and has no condition. Name the principals, or add a condition such as kms:CallerAccount.',
  };
}

function opensToAll(policy: string): boolean {
  try {
    const { Statement: statements } = JSON.parse(policy) as { Statement?: unknown };
    return (Array.isArray(statements) ? statements : [statements]).some((statement: unknown) => {
      const { Effect, Principal, Condition } = (statement ?? {}) as { Effect?: unknown; Principal?: unknown; Condition?: unknown };
      const names = typeof Principal === 'object' && Principal !== null ? Object.values(Principal).flat() : [Principal];
      return Effect === 'Allow' && Condition === undefined && names.includes('*');
    });
  } catch {
    return false;
  }
}

function expiryHint({ metadata }: HealthFacts, now: number): HealthHint | undefined {
  const { validTo } = metadata;
  if (validTo === undefined || expiryWarning(metadata, now) === undefined) return undefined;
  return {
    severity: 'warning',
    title: 'The imported material expires soon',
    text: `It expires ${daysFrom(validTo, now)}. Have the same material ready to import it again: without it nothing can be decrypted.`,
  };
}

function rotationHint({ metadata, rotation }: HealthFacts): HealthHint | undefined {
  const rotates = metadata.keySpec === 'SYMMETRIC_DEFAULT' && metadata.origin === 'AWS_KMS';
  if (!rotates || rotation === undefined || rotation.keyRotationEnabled || metadata.keyState !== 'Enabled') return undefined;
  return {
    severity: 'information',
    title: 'Automatic rotation is off',
    text: 'Many rules ask for it (CIS, PCI DSS, AWS Security Hub KMS.4). Turning it on changes nothing for what is encrypted already.',
  };
}

function usageHint({ metadata, lastUsage }: HealthFacts, now: number): HealthHint | undefined {
  if (lastUsage === undefined || metadata.keyState !== 'Enabled') return undefined;
  const since = lastUsage.timestamp ?? lastUsage.trackingStartDate;
  if (since === undefined || now - since < unusedAfterDays * day) return undefined;
  return {
    severity: 'information',
    title: lastUsage.timestamp === undefined ? 'The key was never used' : 'The key was not used for a long time',
    text: `Nothing used it since ${daysFrom(since, now)}. Disable it to see whether anything needs it, before you think of deleting it.`,
  };
}
