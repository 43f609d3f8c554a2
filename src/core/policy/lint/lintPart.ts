import type { KeyPolicyPart } from '../parse/keyPolicies.ts';
import type { Span } from '../parse/policyTree.ts';
import type { Diagnostic, LintFacts } from './diagnostic.ts';
import type { LintCode } from './lintCodes.ts';
import { lintPolicy } from './lintPolicy.ts';

/** What is missing may be what a template's function gives. */
const aboutWhatIsMissing: readonly LintCode[] = ['KMSP004', 'KMSP005', 'KMSP006', 'KMSP031', 'KMSP032', 'KMSP037', 'KMSP038'];

/** What is to be said about a policy, with places in the text that it is a part of. Of what the functions of a template give nothing is said. */
export function lintPart({ text, offset: base, functions }: KeyPolicyPart, facts: LintFacts = {}): readonly Diagnostic[] {
  return lintPolicy(text, facts)
    .filter((diagnostic) => functions.length === 0 || !(aboutWhatIsMissing.some((code) => code === diagnostic.code) || functions.some((each) => overlaps(each, diagnostic))))
    .map(({ fix, ...diagnostic }) => ({
      ...diagnostic,
      offset: diagnostic.offset + base,
      fix: fix && { ...fix, edits: fix.edits.map((edit) => ({ ...edit, offset: edit.offset + base })) },
    }));
}

function overlaps(one: Span, other: Span): boolean {
  return one.offset < other.offset + Math.max(other.length, 1) && other.offset < one.offset + one.length;
}
