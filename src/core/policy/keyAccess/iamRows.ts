import type { PrincipalPolicies } from '../../kms/service/identityPolicies.ts';
import type { KeyFacts } from '../evaluate/request.ts';
import { accessMatrix, type AccessRow } from '../explain/accessMatrix.ts';
import { callerOfPrincipal } from './iamCandidates.ts';

/** Users and roles that nobody names, but whose IAM policies give them access to a key. */
export interface IamRows {
  readonly rows: readonly AccessRow[];
  /** How many candidates were not looked at. */
  readonly unasked: number;
}

/** A table of more columns helps nobody; whoever is not in it can be asked about by name. */
const mostRows = 50;
/** Deciding on all operations for one takes half a millisecond. */
const mostAsked = 500;

/** Those of the candidates who may do something with the key by their IAM policies, which counts where the key policy hands the key to their account. */
export function iamRows(key: KeyFacts, candidates: readonly PrincipalPolicies[], operations: readonly string[]): IamRows {
  const rows: AccessRow[] = [];
  let asked = 0;
  for (const principal of candidates) {
    if (rows.length === mostRows || asked === mostAsked) break;
    asked += 1;
    rows.push(...accessMatrix(key, callerOfPrincipal(principal), operations).filter(({ cells }) => cells.some(({ access }) => access !== 'denied')));
  }
  return { rows, unasked: candidates.length - asked };
}
