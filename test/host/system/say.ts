/** One plain line for each thing that is done, on standard error, so that standard output stays the runner's. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

const secondsBetweenLines = 5;

/** Says what is being done, that it still goes on every five seconds, and how long it took. */
export async function sayStep<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(0)} s`;
  say(`${what} ...`);
  const timer = setInterval(() => {
    say(`  still at it, ${seconds()}`);
  }, secondsBetweenLines * 1000);
  try {
    const result = await work();
    say(`  done in ${seconds()}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
