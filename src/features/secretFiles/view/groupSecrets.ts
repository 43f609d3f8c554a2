import type { EncryptedPlace } from '../../../core/secrets/detect/findEncrypted.ts';

/** The encrypted values of one key. */
export interface SecretGroup<Secret> {
  /** An ARN, id or alias; undefined while nobody named the key. */
  readonly key: string | undefined;
  /** Tells the values of one unnamed key from those of another. */
  readonly keyHash: string | undefined;
  readonly secrets: readonly Secret[];
}

/**
 * Values by their keys, named ones first: by the key that the value or its file names, or that `learned` gives for the
 * hash of its key material. Values of an unnamed key are told apart by that hash. A value that names several keys is
 * found under each.
 */
export function groupSecrets<Secret extends EncryptedPlace>(
  secrets: readonly Secret[],
  learned: (keyHash: string | undefined) => string | undefined,
): readonly SecretGroup<Secret>[] {
  const groups = new Map<string, SecretGroup<Secret> & { readonly secrets: Secret[] }>();
  for (const secret of secrets) {
    const known = learned(secret.keyHash);
    const keys = known === undefined ? secret.keys : [known];
    const owners = keys.length === 0 ? [{ key: undefined, keyHash: secret.keyHash }] : keys.map((key) => ({ key, keyHash: undefined }));
    for (const owner of owners) {
      const id = owner.key ?? `#${owner.keyHash ?? ''}`;
      const group = groups.get(id);
      if (group === undefined) groups.set(id, { ...owner, secrets: [secret] });
      else group.secrets.push(secret);
    }
  }
  const orderOf = ({ key, keyHash = '' }: SecretGroup<Secret>) => (key === undefined ? `1${keyHash}` : `0${key}`);
  return [...groups.values()].sort((one, other) => orderOf(one).localeCompare(orderOf(other)));
}
