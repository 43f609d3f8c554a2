import { isRegionName } from '../../kms/arn.ts';
import { isFnoxFile } from './fnox.ts';

/** Where a value stands. */
export interface TokenPlace {
  /** Without folders. */
  readonly fileName?: string;
  readonly keyPath?: readonly (string | number)[];
}

/** What names alone say about a bare ciphertext. */
export interface NamedReader {
  readonly name: string;
  readonly reader: string;
  readonly region: string | undefined;
}

/**
 * Tools that mark a ciphertext by the name of its variable or of its file: shush (`KMS_ENCRYPTED_DB_PASSWORD`), kmscrypter
 * (`DB_PASSWORD_KMS`), fnox (`fnox.toml`) and serverless-kms-secrets (`kms-secrets.STAGE.REGION.yml`).
 */
export function readerByName({ fileName = '', keyPath = [] }: TokenPlace): NamedReader | undefined {
  const key = String(keyPath.at(-1) ?? '');
  if (/^KMS_ENCRYPTED_.+/.test(key)) return { name: 'shush', reader: 'shush exec', region: undefined };
  if (/^[A-Z0-9_]+_KMS$/.test(key)) return { name: 'kmscrypter', reader: 'kmscrypter', region: undefined };
  if (isFnoxFile(fileName)) return { name: 'fnox', reader: 'fnox', region: undefined };
  const region = /^kms-secrets\.[^.]+\.([^.]+)\.ya?ml$/.exec(fileName)?.[1];
  if (region === undefined) return undefined;
  return {
    name: 'serverless-kms-secrets',
    reader: 'serverless-kms-secrets or the application itself',
    region: isRegionName(region) ? region : undefined,
  };
}
