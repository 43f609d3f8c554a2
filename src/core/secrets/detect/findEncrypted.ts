import type { ValueEntry } from '../codec.ts';
import { mayHoldCiphertext } from '../ciphertextToken.ts';
import { mayHoldValueToken } from '../sops/values/valueToken.ts';
import { describeToken } from '../tokens/describeToken.ts';
import type { CustomMarker } from '../tokens/wrappers.ts';

/** An encrypted value of a file, or a file that SOPS encrypted as a whole. */
export interface EncryptedPlace {
  /** Empty for a whole file. */
  readonly keyPath: ValueEntry['keyPath'];
  /** In UTF-16 units from the start of the text. */
  readonly offset: number;
  /** The name of the format, as describeToken has it. */
  readonly format: string;
  /** The keys that the text names: ARNs, ids or aliases. */
  readonly keys: readonly string[];
  /** Hexadecimal digits that all ciphertexts of one key material share. */
  readonly keyHash: string | undefined;
}

/** Whether a text may hold anything that findEncrypted finds; costs one pass. */
export function mayHoldEncrypted(text: string): boolean {
  return mayHoldCiphertext(text) || mayHoldValueToken(text);
}

/**
 * The values of a file that KMS has a part in: its own ciphertexts and messages of the AWS Encryption SDK, and a file of
 * SOPS as one. `fileName` has no folders. Values of tools that use no KMS key are left out.
 */
export function findEncrypted(
  text: string,
  entries: readonly ValueEntry[],
  fileName: string,
  markers: readonly CustomMarker[] = [],
): readonly EncryptedPlace[] {
  const isSops = mayHoldValueToken(text);
  const found = entries.flatMap(({ keyPath, value, valueRange: { offset } }): readonly EncryptedPlace[] => {
    const description = describeToken(value, { fileName, keyPath }, markers);
    if (description === undefined || description.kind === 'foreign' || description.kind === 'pulumiValue') return [];
    const { format, keys, ciphertext } = description;
    // The data key of a file of SOPS is no value of the file.
    return isSops && /^sops(?:_|$)/.test(String(keyPath[0])) ? [] : [{ keyPath, offset, format, keys: keys.map(({ keyId }) => keyId), keyHash: ciphertext?.keyHash }];
  });
  return isSops ? [...found, wholeFile(text)] : found;
}

/** The keys of a file of SOPS stand in its sops part, as ARNs. */
function wholeFile(text: string): EncryptedPlace {
  const arns = text.match(/arn:aws[\w-]*:kms:[a-z0-9-]+:\d{12}:(?:key|alias)\/[\w/-]+/g) ?? [];
  return { keyPath: [], offset: 0, format: 'sops', keys: [...new Set(arns)], keyHash: undefined };
}
