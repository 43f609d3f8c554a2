// Loaded by .mocharc.json: says at the end which tests were skipped, since a dot does not say it.
import type { Context, Suite } from 'mocha';

function skippedOf(suite: Suite): string[] {
  const own = suite.tests.filter((test) => test.isPending()).map((test) => test.fullTitle());
  return [...own, ...suite.suites.flatMap(skippedOf)];
}

export const mochaHooks = {
  afterAll(this: Context): void {
    const root = this.test?.parent;
    const names = root === undefined ? [] : skippedOf(root);
    if (names.length > 0) process.stdout.write(`\n\n  Skipped, since what they need is not installed here:\n${names.map((name) => `  - ${name}\n`).join('')}`);
  },
};
