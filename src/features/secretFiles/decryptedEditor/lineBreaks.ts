/** A file's text with line feeds alone, and the way back. */
export interface LineBreaks {
  readonly text: string;
  /** Gives a text with line feeds the line breaks of the file. */
  restore(text: string): string;
}

/** Where lines end in different ways, carriage returns stay in the text as characters. */
export function readLineBreaks(text: string): LineBreaks {
  const isWindows = text.includes('\r\n') && !/(?<!\r)\n|\r(?!\n)/.test(text);
  return isWindows
    ? { text: text.replaceAll('\r\n', '\n'), restore: (changed) => changed.replaceAll('\n', '\r\n') }
    : { text, restore: (changed) => changed };
}
