import { parseDocument, type Scalar } from 'yaml';

/** The token that a new value replaces. */
export interface YamlStanding {
  readonly style: Scalar.Type;
  readonly token: string;
  /** What a reader gets from the token. */
  readonly value: string;
  readonly lineBreak: string;
}

/**
 * Writes a value so that YAML readers get it back as text: in the style that stands there, else in single quotes,
 * else in double quotes, which can hold everything. A block scalar stays one, at its indentation and with the comment
 * of its header. A plain number or boolean gets quotes, so that the type of what replaces it is plain to see.
 */
export function encodeYamlScalar(value: string, standing: YamlStanding): string {
  const { style } = standing;
  if (style === 'BLOCK_LITERAL' || style === 'BLOCK_FOLDED') return writeBlock(value, standing) ?? writeQuoted(value);
  if (style === 'QUOTE_DOUBLE') return writeDouble(value);
  if (style === 'PLAIN' && isPlainText(standing.value) && isPlainText(value)) return value;
  return writeQuoted(value);
}

function writeQuoted(value: string): string {
  return /^[\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/.test(value)
    ? `'${value.replaceAll("'", "''")}'`
    : writeDouble(value);
}

/** JSON is a subset of YAML but for characters that YAML does not call printable (YAML 1.2.2, section 5.1). */
function writeDouble(value: string): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Whether a value may stand without quotes anywhere: in a block and a flow collection, and for YAML 1.1 readers. */
function isPlainText(value: string): boolean {
  if (!/^[\u0021-\u007e\u00a1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd ]+$/.test(value)) return false;
  // Outer spaces, document markers, aliases and what ends an item of a flow collection: not worth asking the parser.
  if (value !== value.trim() || /^(---|\.\.\.|\*)|[,[\]{}]/.test(value)) return false;
  return (['core', 'yaml-1.1'] as const).every((schema) =>
    [`k: ${value}\n`, `k: [${value}]\n`].every((text) => {
      const document = parseDocument(text, { schema, logLevel: 'silent' });
      if (document.errors.length > 0) return false;
      const read: unknown = document.toJS();
      return JSON.stringify(read) === JSON.stringify({ k: text.endsWith(']\n') ? [value] : value });
    }),
  );
}

/** Nothing when the value does not fit in a block scalar without an indentation indicator or a keep indicator. */
function writeBlock(value: string, { token, style, lineBreak }: YamlStanding): string | undefined {
  const [header = '', ...standingLines] = token.split(/\r\n|\n/);
  const indentation = /^ +/.exec(standingLines.find((line) => line.trim() !== '') ?? '')?.[0];
  const isExplicit = /^[|>][+-]?[1-9]/.test(header);
  if (indentation === undefined || isExplicit || !fitsInBlock(value)) return undefined;
  const content = value.endsWith('\n') ? value.slice(0, -1) : value;
  const indicator = style === 'BLOCK_FOLDED' && !content.includes('\n') ? '>' : '|';
  const chomping = value.endsWith('\n') ? '' : '-';
  const lines = content.split('\n').map((line) => (line === '' ? '' : indentation + line));
  return [header.replace(/^[|>][+-]?/, indicator + chomping), ...lines].join(lineBreak);
}

/** Printable text that starts with a character, has no line of spaces alone, and ends in at most one line break. */
function fitsInBlock(value: string): boolean {
  return (
    /^[^\s][\n\t\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/.test(value) &&
    /^[\u0021-\u007e\u00a1-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(value) &&
    !/^[ \t]+$/m.test(value) &&
    !value.endsWith('\n\n')
  );
}
