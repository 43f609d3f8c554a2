import { openWorkbench, type OpenOptions, type OpenWorkbench } from './openWorkbench.ts';

/**
 * Gives a mocha suite one workbench: opened before its first test, reset after each, closed at the end. A failed test
 * leaves a picture in out/journeys. The returned function is for the tests' bodies.
 */
export function useWorkbench(options: OpenOptions = {}): () => OpenWorkbench {
  let opened: OpenWorkbench | null = null;
  const workbench = (): OpenWorkbench => {
    if (opened === null) throw new Error('The workbench is open only while the tests of the suite run.');
    return opened;
  };
  before(async () => {
    opened = await openWorkbench(options);
  });
  afterEach(async function () {
    const test = this.currentTest;
    if (test?.state === 'failed') console.log(`      see ${await workbench().screenshot(test.fullTitle())}`);
    await workbench().reset();
  });
  after(async () => {
    await opened?.close();
    opened = null;
  });
  return workbench;
}
