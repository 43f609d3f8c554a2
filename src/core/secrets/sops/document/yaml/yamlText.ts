import { KmsExplorerError } from '../../../../kms/errorCode.ts';
import type { SopsValue } from '../../values/sopsValue.ts';
import { isPlainText } from './goYamlScalar.ts';

/** Characters that may stand in single quotes and in block scalars on any line (YAML 1.2.2, section 5.1), without line breaks. */
const printableLine = /^[\t\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;

/** A text in the plainest style from which every YAML reader gets it back as text, on one line, in any context. */
export function writeYamlText(text: string): string {
  // The outer characters are letters, digits or harmless signs, and nothing inside ends a plain scalar.
  const isSafe = /^[A-Za-z0-9/_.^($][^\u0000-\u001f\u007f-\uffff,[\]{}]*$/.test(text) && !/: |:$| #|[ :]$/.test(text);
  if (isSafe && !/^(?:---|\.\.\.)/.test(text) && isPlainText(text)) return text;
  if (printableLine.test(text) && !text.includes('\t')) return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text.toWellFormed()).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Where a value stands. */
export interface YamlPlace {
  /** Nothing in a flow collection, or where something follows on the line; else the white space before a block's lines. */
  readonly blockIndent: string | undefined;
  readonly lineBreak: string;
}

/** A value in the form that go-yaml reads with its type. Text of several lines becomes a block scalar where it can stand. */
export function writeYamlValue({ type, text }: SopsValue, place: YamlPlace): string {
  switch (type) {
    case 'null':
      return 'null';
    case 'int':
    case 'time':
      return text;
    case 'bool':
      return text.toLowerCase();
    case 'float':
      return writeFloat(text);
    case 'bytes':
    case 'str':
      return writeBlock(text, place) ?? writeYamlText(text);
  }
}

function writeFloat(text: string): string {
  const named = { NaN: '.nan', '+Inf': '.inf', '-Inf': '-.inf' }[text];
  if (named !== undefined) return named;
  if (!/^-?\d/.test(text)) throw new KmsExplorerError('SOPS_INVALID', 'A value of the file is a float that is no number.');
  return text.includes('.') ? text : `${text}.0`;
}

function writeBlock(text: string, { blockIndent, lineBreak }: YamlPlace): string | undefined {
  const content = text.endsWith('\n') ? text.slice(0, -1) : text;
  const lines = content.split('\n');
  if (blockIndent === undefined || lines.length < 2) return undefined;
  const fits = lines.every((line) => printableLine.test(line) && !/^[ \t]+$/.test(line));
  if (!fits || /^\s/.test(content) || content.endsWith('\n')) return undefined;
  const header = text.endsWith('\n') ? '|' : '|-';
  return [header, ...lines.map((line) => (line === '' ? '' : blockIndent + line))].join(lineBreak);
}
