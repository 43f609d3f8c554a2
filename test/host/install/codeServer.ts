import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ensureFolder } from './cachedFolder.ts';
import { runProgram } from '../system/childProcess.ts';
import { plainModules } from './plainModules.ts';
import { hostCache } from '../system/projectPaths.ts';
import { sayStep } from '../system/say.ts';

/** The npm package that carries a whole VS Code server; 4.139.1 is VS Code 1.139.1. */
export const codeServerVersion = '4.139.1';
const sha512 = 'fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==';

/** Fetches the package into a folder and returns its file. Throws when it is not the very file this project knows. */
async function fetchPackage(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await runProgram('npm', ['pack', `code-server@${codeServerVersion}`, '--silent', '--pack-destination', folder]);
  const [name] = await readdir(folder);
  if (name === undefined) throw new Error(`npm pack left no file in ${folder}. Run it again with a network.`);
  const file = join(folder, name);
  const found = createHash('sha512').update(await readFile(file)).digest('base64');
  if (found !== sha512) throw new Error(`${name} has the sha512 ${found}, not the expected one. Do not use it.`);
  return file;
}

async function build(folder: string): Promise<void> {
  const server = join(folder, 'server');
  await mkdir(server);
  await sayStep(`Fetching VS Code for the browser (code-server ${codeServerVersion}, 47 MB)`, async () => {
    const download = join(folder, 'download');
    const file = await fetchPackage(download);
    await runProgram('tar', ['-xzf', file, '-C', server, '--strip-components=3', 'package/lib/vscode']);
    await rm(download, { recursive: true });
  });
  await sayStep('Installing what it needs from npm', async () => {
    const flags = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--silent'];
    await runProgram('npm', ['install', ...flags], { folder: server });
  });
  for (const [path, text] of Object.entries(plainModules)) {
    const file = join(server, 'node_modules', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** Makes sure that the VS Code server is there, and returns its `server-main.js`. Needs the npm registry once. */
export async function ensureCodeServer(): Promise<string> {
  const folder = join(hostCache, codeServerVersion, 'code-server');
  await ensureFolder(folder, build);
  return join(folder, 'server', 'out', 'server-main.js');
}
