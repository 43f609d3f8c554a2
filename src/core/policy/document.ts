import { applyEdits, format, type Node } from 'jsonc-parser';
import { parseJsonText } from './parse/jsonText.ts';
import { syntaxMessage } from './parse/syntaxMessages.ts';
import { maximumPolicyBytes, policyBytes } from './save/allowedText.ts';
import { policyShapeProblems } from './shape.ts';

/**
 * A place in a policy text that is wrong. A `syntax` or `size` problem is certain to be refused; a `shape` problem is
 * what the grammar of IAM policies does not know, where KMS has the last word.
 */
export interface PolicyProblem {
  readonly kind: 'syntax' | 'shape' | 'size';
  readonly message: string;
  /** UTF-16 code units from the start of the text. */
  readonly offset: number;
  readonly length: number;
  /** Counted from one. */
  readonly line: number;
  readonly column: number;
}

export interface PolicyDocument {
  /** Bytes of UTF-8, which is what KMS counts. */
  readonly bytes: number;
  /** In the order of the text. */
  readonly problems: readonly PolicyProblem[];
}

/** Reads the text of a key policy and finds what is wrong with it. Never throws. */
export function readPolicyDocument(text: string): PolicyDocument {
  const { root, errors, tooDeepAt } = parseJsonText(text);
  const at = positions(text);
  const syntax = firstOfEachLine([
    ...errors.map((error) => ({ kind: 'syntax' as const, message: syntaxMessage(error), ...at(error.offset, error.length) })),
    ...(tooDeepAt === undefined ? [] : [{ kind: 'syntax' as const, message: 'No policy nests this deeply.', ...at(tooDeepAt, 1) }]),
  ]);
  const shape = syntax.length > 0 ? [] : shapeProblems(root, at);
  return { bytes: policyBytes(text), problems: [...sizeProblems(text, at), ...syntax, ...shape] };
}

function shapeProblems(root: Node | undefined, at: Positions): PolicyProblem[] {
  return policyShapeProblems(root).map(({ message, offset, length }) => ({
    kind: 'shape' as const,
    message,
    ...at(offset, length),
  }));
}

function sizeProblems(text: string, at: Positions): PolicyProblem[] {
  const bytes = policyBytes(text);
  if (bytes <= maximumPolicyBytes) return [];
  const message = `The policy has ${bytes} bytes, and KMS stores at most ${maximumPolicyBytes}. Shorten it.`;
  return [{ kind: 'size', message, ...at(0, 0) }];
}

/** After an error the parser is out of step with the rest of the line; what it finds there says nothing new. */
function firstOfEachLine(problems: readonly PolicyProblem[]): readonly PolicyProblem[] {
  return problems.filter(({ line }, index) => index === 0 || problems[index - 1]?.line !== line);
}

type Positions = (offset: number, length: number) => Pick<PolicyProblem, 'offset' | 'length' | 'line' | 'column'>;

function positions(text: string): Positions {
  return (offset, length) => {
    const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
    return { offset, length, line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
  };
}

/**
 * The text with one element a line and two spaces of indentation. Only white space changes; a text that is not valid
 * JSON comes back as it is.
 */
export function formatPolicy(text: string): string {
  if (readPolicyDocument(text).problems.some(({ kind }) => kind === 'syntax')) return text;
  const edits = format(text, undefined, { insertSpaces: true, tabSize: 2, eol: '\n' });
  return applyEdits(text, edits);
}
