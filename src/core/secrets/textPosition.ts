import { KmsExplorerError } from '../kms/errorCode.ts';

/** "line 3, column 7", both counted from one as editors show them. */
export function describePosition(text: string, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}

/** A PARSE_ERROR that names the place and never quotes the text. */
export function parseError(text: string, offset: number, problem: string): KmsExplorerError {
  return new KmsExplorerError('PARSE_ERROR', `Cannot read the file at ${describePosition(text, offset)}: ${problem}.`);
}

/** The line break that a text uses: that of its first line. */
export function lineBreakOf(text: string): '\n' | '\r\n' {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}
