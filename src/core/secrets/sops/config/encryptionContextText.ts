import type { EncryptionContext } from '../../../kms/keyMetadata.ts';

/**
 * An encryption context in the form of sops's command line, `name:value,name:value` (getsops/sops, kms/keysource.go,
 * ParseKMSContext). Undefined when a pair has not exactly one colon; SOPS would then use no context at all.
 */
export function parseContextText(text: string): EncryptionContext | undefined {
  if (text === '') return {};
  const pairs = text.split(',').map((pair) => pair.split(':'));
  if (pairs.some((pair) => pair.length !== 2)) return undefined;
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]));
}
