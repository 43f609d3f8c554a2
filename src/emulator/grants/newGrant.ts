import { randomBytes } from 'node:crypto';
import type { GrantRow } from '../store/tables/grantTable.ts';
import type { GrantTerms } from './grantTerms.ts';

/** A grant with these terms and a new id of 64 hexadecimal digits. `createdAt` is in epoch milliseconds. */
export function newGrant(terms: GrantTerms, place: Pick<GrantRow, 'keyArn' | 'issuingAccount' | 'createdAt'>): GrantRow {
  return { ...terms, ...place, grantId: randomBytes(32).toString('hex') };
}
