import type { LintFacts } from '../../../src/core/policy/lint/diagnostic.ts';
import type { Caller, KeyFacts } from '../../../src/core/policy/evaluate/request.ts';
import { callerOfArn } from '../../../src/core/policy/explain/callerNamed.ts';
import { keyFacts, lintKey } from '../../../src/core/policy/keyAccess/keyFacts.ts';
import { knownPrincipals } from '../../../src/core/policy/lint/knownPrincipals.ts';
import type { PanelState } from '../model.ts';
import { valueOf } from '../../shared/remote.ts';

/** Who asks, once that is known. */
export function askingCaller({ identity }: PanelState): Caller | undefined {
  const known = valueOf(identity);
  return known === undefined ? undefined : callerOfArn(known.callerArn);
}

/** What the lint and the completion know besides the text. */
export function lintFacts(state: PanelState): LintFacts {
  const metadata = valueOf(state.metadata);
  const caller = askingCaller(state);
  const principals = valueOf(state.identityPolicies);
  return {
    ...(metadata === undefined ? {} : { key: lintKey(metadata) }),
    ...(caller === undefined ? {} : { caller }),
    ...(principals === undefined ? {} : knownPrincipals(principals.map(({ arn }) => arn))),
  };
}

/** The key for the policy engine, with what was read of it so far; undefined before its metadata is there. */
export function panelKeyFacts(state: PanelState, policyText: string): KeyFacts | undefined {
  const metadata = valueOf(state.metadata);
  if (metadata === undefined) return undefined;
  return keyFacts(metadata, policyText, {
    aliases: valueOf(state.aliases) ?? [],
    tags: valueOf(state.tags) ?? [],
    grants: valueOf(state.grants) ?? [],
  });
}
