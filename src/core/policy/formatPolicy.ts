import { applyEdits, format } from 'jsonc-parser';
import { parseJsonText } from './parse/jsonText.ts';

/**
 * The text with one element a line and two spaces of indentation. Only white space changes; a text that is not valid
 * JSON comes back as it is.
 */
export function formatPolicy(text: string): string {
  const { errors, tooDeepAt } = parseJsonText(text);
  if (errors.length > 0 || tooDeepAt !== undefined) return text;
  return applyEdits(text, format(text, undefined, { insertSpaces: true, tabSize: 2, eol: '\n' }));
}
