import type { Codec, TextRange, ValueEntry } from '../codec.ts';
import { encodeIniValue, scanIniValue, type IniValue } from './iniValue.ts';

const blankOrComment = /^\s*(?:[;#].*)?$/s;
const section = /^\s*\[(.*?)\]\s*(?:[;#].*)?$/s;

interface Line {
  readonly offset: number;
  readonly text: string;
}

interface Assignment {
  readonly keyPath: readonly string[];
  readonly keyRange: TextRange;
  readonly indentation: number;
  /** The line up to the value. */
  readonly head: string;
  readonly value: IniValue;
  /** Whether some readers take the next lines for a part of the value. */
  goesOn: boolean;
}

/**
 * INI files as most of their readers agree on them: sections in brackets, `name = value` or `name: value`, lines that
 * `;` or `#` makes a comment, single or double quotes around a value, no escapes. Where readers disagree (a `;` within a
 * bare value, a backslash before a quote, a value that goes on in the next line) the value is refused. Names keep their
 * case; those before the first section have no section in their path. Lines that are no assignment are passed over.
 */
export const iniCodec: Codec = {
  parse(text) {
    const found: Assignment[] = [];
    let name: string | undefined;
    let takes: (line: string) => boolean = takesNothing;
    for (const line of linesOf(text)) {
      const last = found.at(-1);
      if (last !== undefined && takes(line.text)) {
        last.goesOn ||= line.text.trim() !== '';
        continue;
      }
      if (blankOrComment.test(line.text)) continue;
      const header = section.exec(line.text);
      name = header?.[1]?.trim() ?? name;
      const assignment = header === null ? readAssignment(line, name) : undefined;
      takes = assignment === undefined ? takesNothing : continuationOf(assignment);
      if (assignment !== undefined) found.push(assignment);
    }
    return found.map(toEntry);
  },
};

/** The lines without their breaks and without a byte order mark. */
function linesOf(text: string): readonly Line[] {
  return [...text.matchAll(/([^\r\n]*)(?:\r\n|\r|\n|$)/g)].map(({ index, 1: line = '' }) =>
    index === 0 && line.startsWith('\uFEFF') ? { offset: 1, text: line.slice(1) } : { offset: index, text: line },
  );
}

function takesNothing(): boolean {
  return false;
}

/**
 * Tells of each following line whether some reader takes it for a part of the value: go-ini the lines to the closing
 * `"""`, go-ini and git the line after a backslash, Python's configparser every line indented deeper than the name.
 */
function continuationOf({ value: { opens }, indentation }: Assignment): (line: string) => boolean {
  let isOpen = opens !== undefined;
  return (line) => {
    if (isOpen) {
      isOpen = opens === 'quotes' ? !line.includes('"""') : line.endsWith('\\');
      return true;
    }
    return !blankOrComment.test(line) && line.length - line.trimStart().length > indentation;
  };
}

function readAssignment({ offset, text }: Line, sectionName: string | undefined): Assignment | undefined {
  const indentation = text.length - text.trimStart().length;
  const delimiter = delimiterIn(text);
  const key = text.slice(indentation, Math.max(delimiter, indentation)).trimEnd();
  if (key === '' || key.startsWith('[')) return undefined;
  const rest = text.slice(delimiter + 1).trimStart();
  const space = text.length - rest.length - delimiter - 1;
  // An empty value with a comment behind it stands before the space, so that a new value does not touch the comment.
  const start = /^[;#]/.test(rest) && space > 0 ? delimiter + 1 : delimiter + 1 + space;
  return {
    keyPath: sectionName === undefined ? [key] : [sectionName, key],
    keyRange: { offset: offset + indentation, length: key.length },
    indentation,
    head: text.slice(0, start),
    value: scanIniValue(text.slice(start), offset + start),
    goesOn: false,
  };
}

/**
 * The `=`, or a colon before it that white space follows. A colon within a name, as npm and git write them, is none;
 * where `=` is missing or is the padding of base64, the first colon delimits.
 */
function delimiterIn(text: string): number {
  const equals = text.indexOf('=');
  const colon = text.indexOf(':');
  const spaced = text.search(/:(?:\s|$)/);
  if (spaced !== -1 && (equals === -1 || spaced < equals)) return spaced;
  const isPadding = colon !== -1 && colon < equals && /^[A-Za-z0-9+/]+={1,2}\s*$/.test(text.slice(colon + 1));
  return equals === -1 || isPadding ? colon : equals;
}

function toEntry({ keyPath, keyRange, head, value: { range, value, quote, refusal }, goesOn }: Assignment): ValueEntry {
  return {
    keyPath,
    keyRange,
    valueRange: range,
    value,
    refusal: goesOn ? 'Some readers take the following lines for a part of the value. Put it on one line first.' : refusal,
    encode: (newValue) => {
      const token = encodeIniValue(newValue, quote);
      // A colon stays the delimiter before a value with `=` when white space follows it.
      return delimiterIn(head + token) === delimiterIn(head) ? token : ` ${token}`;
    },
  };
}
