import { readSopsDocument } from '../../src/core/secrets/sops/sopsFormat.ts';
import type { DecryptedText } from '../../src/protocol/decryptedEditor.ts';

/** Why a text cannot be saved. */
export interface SyntaxProblem {
  readonly offset: number;
  readonly message: string;
}

/** Above this many characters a text is read when it is saved, and not while it is typed. */
const longestText = 500_000;

/** The first thing in a text that SOPS could not read; undefined when there is none. */
export async function checkSyntax(text: string, format: DecryptedText['format']): Promise<SyntaxProblem | undefined> {
  if (format === 'binary' || text.length > longestText) return undefined;
  try {
    await readSopsDocument(text, format);
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : 'The text cannot be read.';
    return { offset: offsetIn(text, message), message };
  }
}

/** The place that the message names in the way of all parse errors. */
function offsetIn(text: string, message: string): number {
  const [, line, column] = /\bline (\d+), column (\d+)/.exec(message) ?? [];
  if (line === undefined || column === undefined) return 0;
  const before = text.split('\n').slice(0, Number(line) - 1);
  return before.reduce((length, each) => length + each.length + 1, 0) + Number(column) - 1;
}
