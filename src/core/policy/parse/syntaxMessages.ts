import { printParseErrorCode, type ParseError } from 'jsonc-parser';

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

/** A sentence for what the JSON parser met. */
export function syntaxMessage({ error }: ParseError): string {
  return syntaxMessages[printParseErrorCode(error)] ?? 'This is not valid JSON.';
}
