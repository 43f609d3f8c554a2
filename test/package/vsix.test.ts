import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkWorkbench } from '../host/checkWorkbench.ts';
import { makeSession } from '../host/session.ts';
import { installExtension, listExtensions, startWorkbench } from '../host/workbench.ts';
import { projectRoot } from '../host/system/projectPaths.ts';
import { buildVsix } from './buildVsix.ts';
import { zipEntries, type ZipEntry } from './zipEntries.ts';

const largest = 1_000_000;

const viewChunk = /^extension\/dist\/view-[a-z0-9]{8}\.js$/;

/** Every file that is shipped. The first two are the format's own; vsce renames the licence and lowers two names. */
const shipped = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/CHANGELOG.md',
  'extension/LICENSE.txt',
  'extension/README.md',
  'extension/dist/aws.cjs',
  'extension/dist/codicon.css',
  'extension/dist/codicon.woff2',
  'extension/dist/createKey.css',
  'extension/dist/createKey.js',
  'extension/dist/decryptedEditor.css',
  'extension/dist/decryptedEditor.js',
  'extension/dist/emulator.js',
  'extension/dist/envelope.cjs',
  'extension/dist/extension.cjs',
  'extension/dist/keyPanel.css',
  'extension/dist/keyPanel.js',
  'extension/dist/keyStores.cjs',
  'extension/dist/policy.cjs',
  'extension/dist/sm2.cjs',
  'extension/dist/sops.cjs',
  'extension/dist/seed.schema.json',
  'extension/media/icons/extension.png',
  'extension/media/icons/kms.svg',
  'extension/package.json',
  'extension/package.nls.json',
].map((path) => path.toLowerCase()).sort();

describe('The VSIX', function () {
  this.timeout(120_000);
  let file = '';
  let archive: Buffer = Buffer.alloc(0);
  let entries: readonly ZipEntry[] = [];

  before(async () => {
    file = await buildVsix();
    archive = await readFile(file);
    entries = zipEntries(archive);
  });

  it('holds the files of the list, no more and no fewer', () => {
    const paths = entries.map(({ path }) => path.toLowerCase());
    // What several views share is in chunks that are named by what they hold.
    assert.deepEqual(paths.filter((path) => !viewChunk.test(path)).sort(), shipped);
    assert.ok(paths.some((path) => viewChunk.test(path)));
  });

  it('holds the icons that the views name', async () => {
    const folder = join(projectRoot, 'dist');
    const style = await readFile(join(folder, 'codicon.css'), 'utf8');
    const views = (await readdir(folder)).filter((name) => name.endsWith('.js') && name !== 'emulator.js');
    const texts = await Promise.all(views.map((name) => readFile(join(folder, name), 'utf8')));
    const named = texts.flatMap((text) => text.match(/codicon codicon-[a-z]+(?:-[a-z]+)*/g) ?? []).map((classes) => classes.slice('codicon '.length));
    assert.ok(named.length > 20);
    assert.deepEqual([...new Set(named)].filter((name) => !style.includes(`.${name}:before`)), []);
  });

  it('holds every file that the manifest names', async () => {
    const manifest = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as {
      main: string;
      icon?: string;
      contributes: { viewsContainers?: { activitybar?: readonly { icon: string }[] } };
    };
    const icons = (manifest.contributes.viewsContainers?.activitybar ?? []).map(({ icon }) => icon);
    const named = [manifest.main, ...(manifest.icon === undefined ? [] : [manifest.icon]), ...icons, 'dist/emulator.js', 'dist/aws.cjs', 'dist/envelope.cjs', 'dist/policy.cjs', 'dist/keyStores.cjs', 'dist/sm2.cjs', 'dist/sops.cjs'];
    const paths = entries.map(({ path }) => path);
    const missing = named.map((name) => join('extension', name)).filter((name) => !paths.includes(name));
    assert.deepEqual(missing, []);
  });

  it(`has at most ${largest / 1000} kB`, () => {
    const bySize = [...entries].sort((one, other) => other.size - one.size).slice(0, 4);
    console.log(`      ${(archive.length / 1000).toFixed(0)} kB; largest unpacked: ${bySize.map(({ path, size }) => `${path} ${(size / 1000).toFixed(0)} kB`).join(', ')}`);
    assert.ok(archive.length <= largest, `${archive.length} bytes`);
  });

  it('installs into VS Code and shows its icon in the activity bar', async () => {
    const session = await makeSession();
    try {
      await installExtension(session.serverData, file);
      const installed = await listExtensions(session.serverData);
      assert.ok(installed.some((line) => line.startsWith('kms-explorer.kms-explorer@')), installed.join(', '));
      const workbench = await startWorkbench({ workspace: session.workspace, dataFolder: session.serverData, settings: {}, extensionFolder: null });
      try {
        await checkWorkbench(workbench.address);
      } finally {
        await workbench.stop();
      }
    } finally {
      await session.remove();
    }
  });
});
