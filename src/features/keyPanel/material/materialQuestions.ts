import type { Wrapping } from './wrappings.ts';

export type MaterialSource = 'generate' | 'file' | 'text';

/**
 * What the user is asked on the way to an import. Every question gives undefined when the user leaves it. The answers
 * stay in the extension host: no view sees material.
 */
export interface MaterialQuestions {
  source(choices: readonly MaterialSource[]): Promise<MaterialSource | undefined>;
  /** The choices begin with the recommended one. */
  wrapping(choices: readonly Wrapping[]): Promise<Wrapping | undefined>;
  /** Epoch milliseconds; null for material that does not expire. */
  expiry(): Promise<number | null | undefined>;
  /** Empty for none. */
  description(): Promise<string | undefined>;
  /** The bytes of a file, which are the caller's to clear. */
  file(): Promise<Buffer | undefined>;
  /** What is typed in a password box, once `problemOf` finds nothing wrong with it. */
  text(problemOf: (typed: string) => string | undefined): Promise<string | undefined>;
  /** Whether generated material is to be shown once, so that the user can keep a copy. */
  wantsCopy(): Promise<boolean | undefined>;
  /** Shows it once; false when the user leaves instead of going on. */
  showOnce(base64: string): Promise<boolean>;
  confirmDeletion(what: string): Promise<boolean>;
  /** Runs a task behind something that shows it and can cancel it. */
  whileWaiting<Result>(task: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
}
