import type { PrincipalPolicies } from '../../kms/service/identityPolicies.ts';
import type { KeyFacts } from '../evaluate/request.ts';
import { accessMatrix, type AccessRow } from '../explain/accessMatrix.ts';
import { callerOfArn } from '../explain/callerNamed.ts';
import { withIdentityPolicies } from './identityPolicies.ts';

/** Users and roles that nobody names, but whose IAM policies give them access to a key. */
export interface IamRows {
  readonly rows: readonly AccessRow[];
  /** How many others have policies that may be about KMS and were not looked at. */
  readonly unasked: number;
}

/** A table of more columns helps nobody; whoever is not in it can be asked about by name. */
const mostRows = 50;
/** Deciding on all operations for one takes about a millisecond. */
const mostAsked = 500;

/**
 * The users and roles that IAM told of, apart from those with the `named` ARNs, who may do something with the key by their
 * IAM policies, which counts where the key policy hands the key to their account.
 */
export function iamRows(key: KeyFacts, known: readonly PrincipalPolicies[], named: ReadonlySet<string>, operations: readonly string[]): IamRows {
  const candidates = known.filter(({ arn, policies, unread }) => !named.has(arn) && unread.length === 0 && policies.some((text) => mayAllowKms.test(text)));
  const rows: AccessRow[] = [];
  let asked = 0;
  for (const principal of candidates) {
    if (rows.length === mostRows || asked === mostAsked) break;
    asked += 1;
    const caller = callerOfArn(principal.arn);
    const [row] = caller === undefined ? [] : accessMatrix(key, [withIdentityPolicies(caller, principal)], operations);
    if (row?.cells.some(({ access }) => access !== 'denied') === true) rows.push(row);
  }
  return { rows, unasked: candidates.length - asked };
}

/** A text that speaks of KMS, of every action, or of every action but some. It is not parsed, since an account may have thousands. */
const mayAllowKms = /"kms:|"Action"\s*:\s*(?:"\*"|\[[^\]]*"\*")|"NotAction"/i;
