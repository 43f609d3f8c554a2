import { parseError } from '../../textPosition.ts';

const opening = /<<(?<flush>-?)(?<marker>[\p{ID_Start}_][\p{ID_Continue}-]*)(?:\r\n|\r|\n)/uy;
const lineWithBreak = /([^\r\n]*)(\r\n|\r|\n|$)/y;

export interface Heredoc {
  /** After the closing marker, before the line break. */
  readonly end: number;
  readonly isTemplate: boolean;
}

/**
 * The heredoc that opens at `start`, or undefined where none does. It ends with the first line that holds its marker
 * alone and is not within a template. `templateEnd` tells where the template at an offset ends. Throws PARSE_ERROR when
 * the marker is missing.
 */
export function heredocAt(text: string, start: number, templateEnd: (text: string, at: number) => number): Heredoc | undefined {
  opening.lastIndex = start;
  const marker = opening.exec(text)?.groups?.['marker'];
  if (marker === undefined) return undefined;
  let isTemplate = false;
  let isLineStart = true;
  for (let at = opening.lastIndex; at < text.length; ) {
    lineWithBreak.lastIndex = at;
    const line = lineWithBreak.exec(text)?.[1] ?? '';
    if (isLineStart && line.trim() === marker) return { end: at + line.trimEnd().length, isTemplate };
    const template = templateIn(line);
    isTemplate ||= template !== undefined;
    // What follows a template on the line of its closing brace is no marker.
    isLineStart = template === undefined;
    at = template === undefined ? lineWithBreak.lastIndex : templateEnd(text, at + template);
  }
  throw parseError(text, start, 'the heredoc is not closed by its marker');
}

/** The first `${` or `%{` of a line that no second `$` or `%` escapes. */
function templateIn(line: string): number | undefined {
  for (const { index, 0: found } of line.matchAll(/\$\$\{|%%\{|\$\{|%\{/g)) if (found.length === 2) return index;
  return undefined;
}

/** What a reader gets from a heredoc without templates; `<<-` takes the smallest indentation off every line. */
export function readHeredoc(token: string): string {
  const [first = '', ...rest] = token.split(/(?<=\n)|(?<=\r)(?!\n)/);
  const lines = rest.slice(0, -1);
  const isFlush = first.startsWith('<<-');
  const indentations = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const indentation = isFlush ? Math.min(...indentations) : 0;
  const kept = lines.map((line) => (line.trim() === '' ? line : line.slice(indentation)));
  return kept.join('').replaceAll('$${', '${').replaceAll('%%{', '%{');
}

/**
 * The heredoc with another value, at the indentation of its lines; undefined when a heredoc cannot hold the value: one
 * that does not end in a line break, or holds the marker, or what a reader would take off or read differently.
 */
export function writeHeredoc(value: string, token: string): string | undefined {
  const standing = token.split(/(?<=\n)|(?<=\r)(?!\n)/);
  const [first = '', last = ''] = [standing.at(0), standing.at(-1)];
  const lineBreak = /[\r\n]+$/.exec(first)?.[0] ?? '\n';
  if (!value.endsWith(lineBreak)) return undefined;
  const indentation = first.startsWith('<<-') ? (/^[ \t]*/.exec(standing.length > 2 ? (standing[1] ?? '') : last)?.[0] ?? '') : '';
  const escaped = value.replace(/[$%]\{/g, (found) => found.slice(0, 1) + found);
  const lines = escaped.slice(0, -lineBreak.length).split(lineBreak);
  const written = first + lines.map((line) => (line === '' ? '' : indentation + line) + lineBreak).join('') + last;
  const hasMarker = lines.some((line) => line.trim() === last.trim());
  return !hasMarker && readHeredoc(written) === value ? written : undefined;
}
