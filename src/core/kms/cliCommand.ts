/** An AWS CLI call that does what was done here: the operation's command, the Region and its options in order. */
export interface CliCall {
  /** As the CLI writes it, for instance `disable-key`. */
  readonly command: string;
  readonly region: string;
  /** Option names without dashes and their values; several values stand side by side; a switch has none. */
  readonly options: readonly (readonly [name: string, ...values: readonly string[]])[];
}

/** A word as a POSIX shell takes it back. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** The call as a line for a shell. It holds names alone: who calls must give no secret. */
export function cliText({ command, region, options }: CliCall): string {
  const words = options.flatMap(([name, ...values]) => [`--${name}`, ...values.map(shellWord)]);
  return ['aws kms', command, ...words, '--region', region].join(' ');
}
