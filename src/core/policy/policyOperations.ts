import { completePolicy } from './complete/completePolicy.ts';
import { hoverPolicy } from './complete/hoverPolicy.ts';
import { callerOfArn } from './explain/callerNamed.ts';
import { formatPolicy } from './formatPolicy.ts';
import { keyFacts, lintKey, nothingRead } from './keyAccess/keyFacts.ts';
import { findingDiagnostics, publicAccessDiagnostics } from './lint/analyzerDiagnostics.ts';
import { isBlocking, isDoubtful } from './lint/blockingProblem.ts';
import { knownPrincipals } from './lint/knownPrincipals.ts';
import { lintPart } from './lint/lintPart.ts';
import { lintPolicy } from './lint/lintPolicy.ts';
import { positionAt } from './lint/positionAt.ts';
import { keyPolicies, wholePolicy } from './parse/keyPolicies.ts';
import { parsePolicy } from './parse/parsePolicy.ts';
import { reviewPolicy } from './review/reviewPolicy.ts';

/** The policy engine as the features load it when a key policy is first open: with its catalogue it is a bundle of its own. */
export const policyOperations = {
  callerOfArn,
  completePolicy,
  findingDiagnostics,
  formatPolicy,
  hoverPolicy,
  isBlocking,
  isDoubtful,
  keyFacts,
  keyPolicies,
  knownPrincipals,
  lintKey,
  lintPart,
  lintPolicy,
  nothingRead,
  parsePolicy,
  positionAt,
  publicAccessDiagnostics,
  reviewPolicy,
  wholePolicy,
};

export type PolicyOperations = typeof policyOperations;
