import { principalEntries } from '../matching/principalFormat.ts';
import type { Caller } from '../evaluate/request.ts';
import type { PolicyTree } from '../parse/policyTree.ts';
import { callerNamed } from './callerNamed.ts';

/**
 * The callers that the statements of key policies name, each once and in the order of the text, for an access matrix.
 * An account stands for its root user. Their own policies are not known.
 */
export function namedCallers(policies: readonly PolicyTree[]): readonly Caller[] {
  const callers = new Map<string, Caller>();
  for (const { statements, text } of policies) {
    const partition = /"arn:(aws[a-z-]*):/.exec(text)?.[1] ?? 'aws';
    for (const { principal, notPrincipal } of statements) {
      for (const member of [principal, notPrincipal]) {
        for (const { type, value } of member === undefined ? [] : principalEntries(member)) {
          const caller = callerNamed(type?.text ?? 'AWS', value.text, partition);
          if (caller !== undefined && !callers.has(caller.arn)) callers.set(caller.arn, caller);
        }
      }
    }
  }
  return [...callers.values()];
}
