import { type Document, LineCounter, parseDocument } from 'yaml';
import { StartFailure } from '../startFailure.ts';

type Path = readonly (string | number)[];

/** A value of the seed with its place in the file, so that a mistake can be pointed at without showing the value. */
export class SeedValue {
  readonly #file: string;
  readonly #document: Document;
  readonly #lines: LineCounter;
  readonly #path: Path;
  readonly value: unknown;

  constructor(file: string, document: Document, lines: LineCounter, path: Path, value: unknown) {
    this.#file = file;
    this.#document = document;
    this.#lines = lines;
    this.#path = path;
    this.value = value;
  }

  /** The failure to throw: names the file, the line and the path. `problem` says what is wrong and what to write. */
  fail(problem: string): StartFailure {
    const name = this.#path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('').replace(/^\./, '');
    return new StartFailure('BAD_SEED', `${this.#file}, ${this.#place()}: ${name === '' ? 'the document' : name} ${problem}`);
  }

  isPresent(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The members of an object; nothing for an absent value. Throws for another value, and for a member not in `allowed`. */
  members(allowed?: readonly string[]): Map<string, SeedValue> {
    if (!this.isPresent()) return new Map();
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.fail('has to be an object.');
    const members = new Map(Object.entries(value).map(([name, member]) => [name, this.#child(name, member)]));
    for (const [name, member] of members) {
      if (allowed && !allowed.includes(name)) throw member.fail(`is not known here. There are: ${allowed.join(', ')}.`);
    }
    return members;
  }

  /** The member of that name, present or not. */
  member(name: string): SeedValue {
    return this.members().get(name) ?? this.#child(name, undefined);
  }

  /** The items of a list; none for an absent value. */
  items(): SeedValue[] {
    if (!this.isPresent()) return [];
    if (!Array.isArray(this.value)) throw this.fail('has to be a list.');
    return this.value.map((item: unknown, index) => this.#child(index, item));
  }

  text(fallback?: string): string {
    if (!this.isPresent() && fallback !== undefined) return fallback;
    if (typeof this.value !== 'string') throw this.fail('has to be a text. Quote it if it looks like a number.');
    return this.value;
  }

  oneOf<T extends string>(values: readonly T[], fallback?: T): T {
    const text = this.text(fallback);
    const found = values.find((value) => value === text);
    if (found === undefined) throw this.fail(`has to be one of ${values.join(', ')}.`);
    return found;
  }

  flag(fallback: boolean): boolean {
    if (!this.isPresent()) return fallback;
    if (typeof this.value !== 'boolean') throw this.fail('has to be true or false.');
    return this.value;
  }

  integer(min: number, max: number): number | undefined {
    if (!this.isPresent()) return undefined;
    const { value } = this;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
      throw this.fail(`has to be a whole number from ${min} to ${max}.`);
    }
    return value;
  }

  #child(step: string | number, value: unknown): SeedValue {
    return new SeedValue(this.#file, this.#document, this.#lines, [...this.#path, step], value);
  }

  /** The line of the value, or of the nearest thing around it when it is missing. */
  #place(): string {
    for (let length = this.#path.length; length >= 0; length -= 1) {
      const path = this.#path.slice(0, length);
      const node = length === 0 ? this.#document.contents : this.#document.getIn(path, true);
      if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
        return `line ${this.#lines.linePos(Number(node.range[0])).line}`;
      }
    }
    return 'line 1';
  }
}

/** Reads YAML or JSON. Throws StartFailure BAD_SEED with line and column. */
export function readSeedText(file: string, text: string): SeedValue {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new StartFailure('BAD_SEED', `${file}, line ${line}, column ${col}: the file is not valid YAML or JSON (${error.code}).`);
  }
  return new SeedValue(file, document, lines, [], document.toJS());
}
