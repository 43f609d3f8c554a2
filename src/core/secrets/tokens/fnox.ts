import { KmsExplorerError } from '../../kms/errorCode.ts';
import type { Edit, ValueEntry } from '../codec.ts';
import { replaceValue } from '../transform.ts';

type KeyPath = ValueEntry['keyPath'];

/** A provider of type `aws-kms` of a fnox.toml. */
export interface FnoxProvider {
  readonly name: string;
  /** A key id, an ARN or an alias with its prefix. */
  readonly keyId: string | undefined;
  readonly region: string | undefined;
  readonly profile: string | undefined;
}

/** `fnox.toml`, and its relatives `fnox.local.toml` and `fnox.PROFILE.toml`. */
export function isFnoxFile(fileName: string): boolean {
  return /^\.?fnox(?:\.[\w-]+)?\.toml$/.test(fileName);
}

/** The providers of type `aws-kms` in the order of the file, from the values of `[providers.NAME]`. */
export function fnoxProviders(entries: readonly ValueEntry[]): readonly FnoxProvider[] {
  return entries
    .filter(({ keyPath, value }) => keyPath.at(-3) === 'providers' && keyPath.at(-1) === 'type' && value === 'aws-kms')
    .map(({ keyPath }) => {
      const member = (name: string) => entries.find((each) => isSame(each.keyPath, [...keyPath.slice(0, -1), name]))?.value;
      return { name: String(keyPath.at(-2)), keyId: member('key_id'), region: member('region'), profile: member('profile') };
    });
}

/** The provider that fnox asks for a secret: the one that stands beside its value. */
export function fnoxProviderOf(entries: readonly ValueEntry[], { keyPath }: ValueEntry): FnoxProvider | undefined {
  const name = siblingOf(entries, keyPath, 'provider')?.value;
  return fnoxProviders(entries).find((provider) => provider.name === name);
}

/**
 * The edit that encrypts a value of a fnox.toml: a `value` with its provider gets the ciphertext; a secret that is a
 * text becomes `{ provider = "...", value = "..." }`; a `default` in an inline table becomes provider and value. Throws
 * EDIT_REFUSED for what fnox would not decrypt there, and when the file has no provider of type `aws-kms`.
 */
export function fnoxEdit(text: string, entries: readonly ValueEntry[], entry: ValueEntry, base64: string): Edit {
  const { keyPath, keyRange, valueRange } = entry;
  const provider = fnoxProviders(entries)[0]?.name;
  const [place, isSecret] = [keyPath.at(-1), keyPath.at(-2) === 'secrets' || keyPath.at(-3) === 'secrets'];
  if (!isSecret || keyRange === undefined) throw refuse('fnox decrypts only the values under "secrets".');
  if (keyPath.at(-3) === 'secrets' && place === 'value') {
    if (fnoxProviderOf(entries, entry) !== undefined) return replaceValue(entry, base64);
    throw refuse('The secret names no provider of type aws-kms, so fnox would not decrypt it. Name one first.');
  }
  if (provider === undefined) throw refuse('The file has no provider of type aws-kms. Add one under "providers" first.');
  const members = `provider = ${JSON.stringify(provider)}, value = ${JSON.stringify(base64)}`;
  if (keyPath.at(-2) === 'secrets') return { ...valueRange, text: `{ ${members} }` };
  const isAlone = place === 'default' && ['provider', 'value'].every((name) => siblingOf(entries, keyPath, name) === undefined);
  if (!isAlone || !/[{,]\s*$/.test(text.slice(0, keyRange.offset))) {
    throw refuse('Only the value or the lone default of a secret in an inline table can be encrypted here.');
  }
  return { offset: keyRange.offset, length: valueRange.offset + valueRange.length - keyRange.offset, text: members };
}

function siblingOf(entries: readonly ValueEntry[], keyPath: KeyPath, name: string): ValueEntry | undefined {
  return entries.find((each) => isSame(each.keyPath, [...keyPath.slice(0, -1), name]));
}

function isSame(one: KeyPath, other: KeyPath): boolean {
  return one.length === other.length && one.every((part, index) => part === other[index]);
}

function refuse(reason: string): KmsExplorerError {
  return new KmsExplorerError('EDIT_REFUSED', reason);
}
