import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { chromium, type Browser } from 'playwright-core';
import { ensureFolder } from './cachedFolder.ts';
import { plainEnvironment, runProgram } from '../system/childProcess.ts';
import { hostCache, projectRoot } from '../system/projectPaths.ts';
import { sayStep } from '../system/say.ts';

const decompress = promisify(brotliDecompress);
const packageFolder = join(projectRoot, 'node_modules', '@sparticuz', 'chromium');

/** Where distributions install it. */
const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

interface Program {
  readonly executable: string;
  readonly environment: NodeJS.ProcessEnv;
}

async function inflate(name: string): Promise<Buffer> {
  return await decompress(await readFile(join(packageFolder, 'bin', name)));
}

async function unpackInto(folder: string, name: string): Promise<void> {
  const archive = join(folder, name);
  await writeFile(archive, await inflate(`${name}.br`));
  await mkdir(folder, { recursive: true });
  await runProgram('tar', ['-xf', archive, '-C', folder]);
  await rm(archive);
}

/** A font configuration that knows the packaged fonts besides installed ones; without any font the page crashes at the first editor. */
function fontConfiguration(folder: string): string {
  const places = [join(folder, 'fonts'), '/usr/share/fonts'].map((place) => `<dir>${place}</dir>`).join('');
  const monospace = ['DejaVu Sans Mono', 'Liberation Mono'].map((family) => `<family>${family}</family>`).join('');
  const alias = `<alias><family>monospace</family><prefer>${monospace}</prefer></alias>`;
  return `<?xml version="1.0"?>\n<fontconfig>${places}${alias}<cachedir>${join(folder, 'font-cache')}</cachedir></fontconfig>\n`;
}

/** The Chromium of the npm package, unpacked once with the libraries and fonts that a bare machine lacks. */
async function unpackedChromium(): Promise<Program> {
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  const folder = join(hostCache, `chromium-${version}`);
  await ensureFolder(folder, async (building) => {
    await sayStep(`Unpacking Chromium ${version}`, async () => {
      await writeFile(join(building, 'chromium'), await inflate('chromium.br'));
      await chmod(join(building, 'chromium'), 0o755);
      await unpackInto(building, 'al2023.tar');
      await unpackInto(building, 'fonts.tar');
    });
  });
  await writeFile(join(folder, 'fonts.conf'), fontConfiguration(folder));
  const environment = {
    ...plainEnvironment(),
    LD_LIBRARY_PATH: join(folder, 'lib'),
    FONTCONFIG_FILE: join(folder, 'fonts.conf'),
  };
  return { executable: join(folder, 'chromium'), environment };
}

async function findChromium(): Promise<Program> {
  const executable = [process.env['CHROMIUM_PATH'], ...installed].find((path) => path !== undefined && existsSync(path));
  if (executable !== undefined) return { executable, environment: plainEnvironment() };
  if (process.platform === 'linux' && process.arch === 'x64') return await unpackedChromium();
  throw new Error('No Chromium was found. Install one and name its program in CHROMIUM_PATH.');
}

/** A headless Chromium: CHROMIUM_PATH, an installed one, or on Linux x64 the one that npm delivered. */
export async function launchChromium(): Promise<Browser> {
  const { executable, environment } = await findChromium();
  const quiet = ['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return await chromium.launch({
    executablePath: executable,
    env: Object.fromEntries(Object.entries(environment).filter((pair): pair is [string, string] => pair[1] !== undefined)),
    args: ['--no-sandbox', ...quiet],
  });
}
