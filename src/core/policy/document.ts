import { applyEdits, format, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import { policyShapeProblems } from './shape.ts';

/** KMS stores at most 32 KB (https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html). */
export const maximumPolicyBytes = 32_768;

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

/** What a parser error means to someone who is writing a policy, by jsonc-parser's name for it. */
const syntaxMessages: Readonly<Record<string, string>> = {
  InvalidSymbol: 'This is no JSON value. Text needs double quotes.',
  InvalidNumberFormat: 'This is no number that JSON knows.',
  PropertyNameExpected: 'An element name in double quotes is expected here.',
  ValueExpected: 'A value is expected here.',
  ColonExpected: 'A colon is expected between the name and its value.',
  CommaExpected: 'A comma is expected here.',
  CloseBraceExpected: 'A closing brace "}" is expected here.',
  CloseBracketExpected: 'A closing bracket "]" is expected here.',
  EndOfFileExpected: 'Nothing may follow the end of the policy.',
  InvalidCommentToken: 'A key policy cannot hold comments.',
  UnexpectedEndOfComment: 'A key policy cannot hold comments.',
  UnexpectedEndOfString: 'The closing double quote is missing.',
  UnexpectedEndOfNumber: 'This number ends too early.',
  InvalidUnicode: 'A \\u escape needs four hexadecimal digits.',
  InvalidEscapeCharacter: 'This escape is unknown. A backslash itself is written as two.',
  InvalidCharacter: 'This character must be escaped inside a string.',
};

/** Reads the text of a key policy and finds what is wrong with it. Never throws. */
export function readPolicyDocument(text: string): PolicyDocument {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const at = positions(text);
  const syntax = firstOfEachLine(
    errors.map((error) => ({
      kind: 'syntax' as const,
      message: syntaxMessages[printParseErrorCode(error.error)] ?? 'This is not valid JSON.',
      ...at(error.offset, error.length),
    })),
  );
  const shape = syntax.length > 0 ? [] : shapeProblems(root, at);
  return { bytes: utf8Length(text), problems: [...sizeProblems(text, at), ...syntax, ...shape] };
}

function shapeProblems(root: Node | undefined, at: Positions): PolicyProblem[] {
  return policyShapeProblems(root).map(({ message, offset, length }) => ({
    kind: 'shape' as const,
    message,
    ...at(offset, length),
  }));
}

function sizeProblems(text: string, at: Positions): PolicyProblem[] {
  const bytes = utf8Length(text);
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

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
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
