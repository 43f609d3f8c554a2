import { createVSIX } from '@vscode/vsce';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outFolder, projectRoot } from '../host/system/projectPaths.ts';

/** Packs what `npm run build` left in dist into out/kms-explorer-VERSION.vsix and returns its path. */
export async function buildVsix(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as { version: string };
  const packagePath = join(outFolder, `kms-explorer-${version}.vsix`);
  await mkdir(outFolder, { recursive: true });
  // Without a repository in the manifest vsce has no address to turn the README's relative links into.
  const links = { allowMissingRepository: true, rewriteRelativeLinks: false };
  await createVSIX({ cwd: projectRoot, packagePath, dependencies: false, ...links });
  return packagePath;
}
