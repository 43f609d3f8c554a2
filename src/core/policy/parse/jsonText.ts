import { parseTree, type Node, type ParseError } from 'jsonc-parser';

/** A policy nests six levels; a text that nests deeper than this is none, and would exhaust the parser's stack. */
const deepest = 64;

export interface JsonText {
  /** Missing for an empty text and for one that nests too deeply. */
  readonly root: Node | undefined;
  readonly errors: readonly ParseError[];
  /** Where the text nests too deeply. */
  readonly tooDeepAt: number | undefined;
}

/** Reads strict JSON as far as it goes: of broken text the parts that can be recognised are kept. Never throws. */
export function parseJsonText(text: string): JsonText {
  const tooDeepAt = nestsTooDeepAt(text);
  if (tooDeepAt !== undefined) return { root: undefined, errors: [], tooDeepAt };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  return { root, errors, tooDeepAt };
}

/** Counts brackets outside strings. A stray quote hides brackets, but a string ends with its line for the parser too. */
function nestsTooDeepAt(text: string): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"' || character === '\n' || character === '\r') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > deepest) return at;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return undefined;
}
