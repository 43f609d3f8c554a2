import { build, type BuildOptions } from 'esbuild';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { outFolder, projectRoot } from './system/projectPaths.ts';

export interface SuiteBundle {
  /** The module whose `run()` VS Code calls. */
  readonly entry: string;
  /** Every *.test.ts below test/vscode. */
  readonly suites: string;
}

/** Bundles the suite of the extension host: the entry, and all test files as one module that shares their helpers. */
export async function bundleSuite(): Promise<SuiteBundle> {
  const files = globSync('test/vscode/**/*.test.ts', { cwd: projectRoot }).sort();
  if (files.length === 0) throw new Error('There is no test below test/vscode.');
  const shared: BuildOptions = {
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    packages: 'external',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  };
  const entry = join(outFolder, 'vscode-suite', 'runSuite.cjs');
  const suites = join(outFolder, 'vscode-suite', 'suites.cjs');
  await build({ ...shared, entryPoints: [join(projectRoot, 'test', 'vscode', 'runSuite.ts')], outfile: entry });
  const contents = files.map((file) => `import ${JSON.stringify(`./${file.replaceAll('\\', '/')}`)};`).join('\n');
  await build({ ...shared, stdin: { contents, resolveDir: projectRoot, sourcefile: 'suites.ts', loader: 'ts' }, outfile: suites });
  return { entry, suites };
}
