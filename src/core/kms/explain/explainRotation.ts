import { daysFrom, utcMinute } from './dateWords.ts';
import type { KeyMetadata, KeyRotationStatus } from '../keyMetadata.ts';

/** The rotation of a key in words. */
export interface RotationWords {
  readonly title: string;
  readonly explanation: string;
  readonly facts: readonly { readonly label: string; readonly value: string; readonly explanation: string }[];
}

/**
 * Why KMS does not rotate a key by itself, or undefined when it can
 * (https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html).
 */
function obstacle({ keySpec, origin }: KeyMetadata): string | undefined {
  if (keySpec !== 'SYMMETRIC_DEFAULT') {
    return keySpec.startsWith('HMAC_')
      ? 'KMS does not rotate HMAC keys. To change one, make a new key and move its alias to it.'
      : 'KMS does not rotate asymmetric keys, because everybody who holds the public key would have to change it. Make a new key and move its alias to it.';
  }
  if (origin === 'EXTERNAL') return 'KMS cannot make new material for a key with imported material. Import new material and rotate the key on demand.';
  if (origin !== 'AWS_KMS') return 'The material of this key lives in a custom key store, and KMS does not rotate it there.';
  return undefined;
}

/** Tells the rotation of a key; `status` is undefined when KMS said that the key does not support it. */
export function explainRotation(metadata: KeyMetadata, status: KeyRotationStatus | undefined, now: number): RotationWords {
  const reason = obstacle(metadata);
  if (status === undefined || (reason !== undefined && !status.keyRotationEnabled)) {
    return { title: 'Not supported for this key', explanation: reason ?? 'KMS says that this key does not support automatic rotation.', facts: [] };
  }
  if (metadata.keyManager === 'AWS') {
    return {
      title: 'Every year, by AWS',
      explanation: 'KMS rotates AWS managed keys about once a year. This cannot be changed, and nothing has to be encrypted again.',
      facts: [],
    };
  }
  return {
    title: status.keyRotationEnabled ? 'Automatic rotation is on' : 'Automatic rotation is off',
    explanation: status.keyRotationEnabled
      ? 'KMS makes new key material from time to time and keeps the old one, so everything encrypted before can still be decrypted. Key id, ARN and aliases stay the same.'
      : 'The key keeps its material until somebody rotates it. Turning rotation on changes nothing for what is encrypted already: old material is kept and keeps decrypting.',
    facts: statusFacts(metadata, status, now),
  };
}

function statusFacts(metadata: KeyMetadata, status: KeyRotationStatus, now: number): RotationWords['facts'] {
  const paused = metadata.keyState === 'Disabled' ? ' The key is disabled: it is rotated once it is enabled again.' : '';
  return [
    ...(status.rotationPeriodInDays === undefined
      ? []
      : [{ label: 'Rotation period', value: `${status.rotationPeriodInDays} days`, explanation: 'How often KMS makes new material. It can be 90 to 2560 days; 365 is what KMS takes when nothing is said.' }]),
    ...(status.nextRotationDate === undefined
      ? []
      : [{ label: 'Next rotation', value: utcMinute(status.nextRotationDate), explanation: `KMS rotates the key ${daysFrom(status.nextRotationDate, now)}.${paused}` }]),
    ...(status.onDemandRotationStartDate === undefined
      ? []
      : [{ label: 'Rotation on demand', value: `began ${utcMinute(status.onDemandRotationStartDate)}`, explanation: 'Somebody asked for a rotation and it is under way.' }]),
  ];
}
