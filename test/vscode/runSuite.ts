import { appendFileSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';
import { suiteVariable } from './suiteEnvironment.ts';

/** Sends what is printed to the report file: the extension host's own console goes to the developer tools. */
function printToReport(): void {
  const report = suiteVariable('KMS_EXPLORER_TEST_REPORT');
  const print = (...parts: unknown[]): void => { appendFileSync(report, `${format(...parts)}\n`); };
  Mocha.reporters.Base.consoleLog = print;
  Object.defineProperty(console, 'log', { value: print, configurable: true });
}

/** The entry that VS Code calls. Rejects when a test fails or when there is no test. */
export async function run(): Promise<void> {
  printToReport();
  process.setSourceMapsEnabled(true);
  const grep = suiteVariable('KMS_EXPLORER_TEST_GREP');
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    color: false,
    timeout: 30_000,
    forbidOnly: true,
    ...(grep === '' ? {} : { fgrep: grep }),
  });
  mocha.addFile(suiteVariable('KMS_EXPLORER_TEST_SUITES'));
  const { passes, failures } = await new Promise<{ passes: number; failures: number }>((resolve) => {
    const runner = mocha.run((count) => { resolve({ passes: runner.stats?.passes ?? 0, failures: count }); });
  });
  if (failures > 0) throw new Error(`${failures} tests failed.`);
  if (passes === 0) throw new Error('No test ran.');
}
