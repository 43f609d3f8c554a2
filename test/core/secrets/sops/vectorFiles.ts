import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const vectorsRoot = process.env['KMS_EXPLORER_VECTORS'] ?? fileURLToPath(new URL('../../../../../shared/vectors', import.meta.url));
const folder = join(vectorsRoot, 'sops');

/** Whether the vectors, which are no part of the project, are on this machine. */
export const haveVectors = existsSync(folder);

export function readVector(name: string): Buffer {
  return readFileSync(join(folder, name));
}

export interface SopsVector {
  readonly name: string;
  readonly format: string;
  readonly encrypted: string;
  readonly plain: string;
  /** The MAC of the plaintext. */
  readonly mac: string;
}

/** The rows of the index: a file that SOPS itself encrypted and what it was made of. */
export function sopsVectors(): readonly SopsVector[] {
  return readVector('INDEX.txt')
    .toString()
    .split('\n')
    .filter((line) => line.includes('|') && !line.startsWith('#'))
    .map((line): SopsVector => {
      const [file = '', format = '', , last = ''] = line.split('|').map((part) => part.trim());
      const [stem, extension] = file.split('.');
      const read = (kind: string) => readVector(`${stem}.${kind}.${extension}`).toString();
      return { name: file, format, encrypted: read('enc'), plain: read('plain'), mac: last.replace('MAC ', '') };
    });
}
