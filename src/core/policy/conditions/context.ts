/** What is known of a request, by condition key. The names are lower case, as IAM compares them in any case. */
export type ConditionContext = ReadonlyMap<string, readonly string[]>;

/** The context of a plain record, as a test or a file gives it: one value or a list by the condition key's name. */
export function contextOf(record: Readonly<Record<string, string | readonly string[]>>): ConditionContext {
  const context = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(record)) {
    context.set(name.toLowerCase(), typeof value === 'string' ? [value] : value);
  }
  return context;
}
