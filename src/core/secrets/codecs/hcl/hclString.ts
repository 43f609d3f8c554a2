/** Escapes with a letter of their own (HCL native syntax specification, "Quoted Templates"). */
const letters: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** What a reader gets from a string in quotes that holds no template; undefined when an escape is none of HCL's. */
export function readHclString(token: string): string | undefined {
  const unknown: string[] = [];
  const value = token
    .slice(1, -1)
    .replace(/\$\$\{|%%\{|\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/g, (found, short?: string, long?: string, letter?: string) => {
      const code = Number.parseInt(short ?? long ?? '', 16);
      const escaped = letter === undefined ? undefined : letters[letter];
      if (found.length === 3) return found.slice(1);
      if (escaped === undefined && !(code <= 0x10ffff)) unknown.push(found);
      return escaped ?? (code <= 0x10ffff ? String.fromCodePoint(code) : '');
    });
  return unknown.length === 0 ? value : undefined;
}

/**
 * Writes a value as a string in quotes that every version of HCL reads back. A single `${` or `%{` is doubled, as people
 * write it; after another `$` or `%` it is written in numbers, because a run of them is read in pairs.
 */
export function writeHclString(value: string): string {
  const escaped = value
    .replace(/["\\]/g, (character) => `\\${character}`)
    .replace(/(\$+|%+)\{/g, (found, run: string) => (run.length === 1 ? run + found : `${toNumbers(run)}{`))
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g, (character) => lettersOf[character] ?? toNumbers(character));
  return `"${escaped}"`;
}

const lettersOf: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function toNumbers(text: string): string {
  return Array.from(text, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}
