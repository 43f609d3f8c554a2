import { principalFormat } from '../matching/principalFormat.ts';
import type { LintFacts } from './diagnostic.ts';

/**
 * What completion and lint know when IAM has told of users and roles: of their accounts that these exist and no others.
 * Sessions and accounts may exist without being told.
 */
export function knownPrincipals(arns: readonly string[]): Pick<LintFacts, 'principals' | 'principalExists'> {
  const known = new Set(arns);
  const accounts = new Set(arns.map(accountOf));
  return {
    principals: arns,
    principalExists: (type, text) => {
      const format = principalFormat(type, text);
      const isNamed = 'kind' in format && (format.kind === 'user' || format.kind === 'role');
      return isNamed && accounts.has(accountOf(text)) ? known.has(text) : undefined;
    },
  };
}

function accountOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}
