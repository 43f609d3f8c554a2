import type { EncryptedPlace } from './findEncrypted.ts';

/** A key by all the names that encrypted values may give it. */
export interface UsedKey {
  readonly arn: string;
  readonly keyId: string;
  /** Each with its `alias/` prefix. */
  readonly aliasNames: readonly string[];
}

/** Encrypted values by the name that they give their key: an ARN, an id or an alias. */
export type UsesByName<Secret> = ReadonlyMap<string, readonly Secret[]>;

/** What is known of the use of some keys in a set of encrypted values. */
export interface KeyUseReport<Secret> {
  /** The values that name one of the keys, each once, in the order of the set. */
  readonly uses: readonly Secret[];
  /** How many of them name other keys as well, which may still decrypt them. */
  readonly withOtherKeys: number;
  /** How many values of the set name no key, so that nobody knows whose they are. */
  readonly unnamed: number;
}

/** `learned` gives the ARN of the key for the hash of its key material, where KMS named it before. */
export function usesByName<Secret extends EncryptedPlace>(
  secrets: readonly Secret[],
  learned: (keyHash: string | undefined) => string | undefined,
): UsesByName<Secret> {
  const uses = new Map<string, Secret[]>();
  for (const secret of secrets) {
    for (const name of namesIn(secret, learned)) {
      const known = uses.get(name);
      if (known === undefined) uses.set(name, [secret]);
      else known.push(secret);
    }
  }
  return uses;
}

/** The names under which a value is found; the empty one when it names no key. */
function namesIn(secret: EncryptedPlace, learned: (keyHash: string | undefined) => string | undefined): readonly string[] {
  const known = learned(secret.keyHash);
  if (known !== undefined) return [known];
  return secret.keys.length === 0 ? [''] : [...new Set(secret.keys)];
}

/** The values of one key. An alias without Region and account counts for every key that has it. */
export function usesOf<Secret>(uses: UsesByName<Secret>, key: UsedKey): readonly Secret[] {
  return [...new Set(namesOf(key).flatMap((name) => uses.get(name) ?? []))];
}

/** The use of several keys together: a value with no other key left is lost with all of them. */
export function reportUses<Secret extends EncryptedPlace>(uses: UsesByName<Secret>, keys: readonly UsedKey[]): KeyUseReport<Secret> {
  const found = [...new Set(keys.flatMap((key) => usesOf(uses, key)))];
  const names = new Set(keys.flatMap(namesOf));
  const withOtherKeys = found.filter((secret) => secret.keys.some((name) => !names.has(name))).length;
  return { uses: found, withOtherKeys, unnamed: uses.get('')?.length ?? 0 };
}

function namesOf({ arn, keyId, aliasNames }: UsedKey): readonly string[] {
  const prefix = arn.slice(0, arn.lastIndexOf(':') + 1);
  return [arn, keyId, ...aliasNames, ...aliasNames.map((alias) => prefix + alias)];
}
