import { randomBytes } from 'node:crypto';

const digits = 17;

/** A new id of a custom key store: `cks-` and 17 hexadecimal digits. */
export function newKeyStoreId(): string {
  return `cks-${randomBytes(9).toString('hex').slice(0, digits)}`;
}
