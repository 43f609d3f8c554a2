import type { Diagnostic } from './diagnostic.ts';

/** Text that is no policy, too long, or with characters that KMS does not store: it is refused whatever it means. */
const certain: readonly string[] = ['KMSP001', 'KMSP002', 'KMSP003'];

/** Whether KMS refuses the text for certain. About the meaning of a policy KMS has the last word. */
export function isBlocking({ code, severity }: Diagnostic): boolean {
  return severity === 'error' && certain.includes(code);
}

/** An error that does not keep the text from being sent; the lockout of the caller is asked about on its own. */
export function isDoubtful(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === 'error' && !isBlocking(diagnostic) && diagnostic.code !== 'KMSP031';
}
