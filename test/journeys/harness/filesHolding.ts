import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The files below a folder that hold any of the texts. */
export async function filesHolding(folder: string, texts: readonly (string | Buffer)[]): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found = await Promise.all(files.map(async (file) => {
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    return texts.some((text) => bytes.includes(text));
  }));
  return files.filter((_file, index) => found[index]);
}
