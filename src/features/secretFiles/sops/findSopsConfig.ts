import * as vscode from 'vscode';
import type { SopsConfig } from '../../../core/secrets/sops/config/sopsConfig.ts';
import type { SopsOperations } from '../../../core/secrets/sopsOperations.ts';

/** The configuration that counts for a file, and the file's path as its rules see it. */
export interface FoundConfig {
  readonly config: SopsConfig;
  readonly path: string;
}

export const sopsConfigName = '.sops.yaml';

/** The nearest `.sops.yaml` in the folder of a file or above it, as SOPS looks for it. Rejects when it cannot be read. */
export async function findSopsConfig(sops: SopsOperations, uri: vscode.Uri): Promise<FoundConfig | undefined> {
  if (uri.scheme === 'untitled') return undefined;
  for (let folder = vscode.Uri.joinPath(uri, '..'); ; folder = vscode.Uri.joinPath(folder, '..')) {
    const bytes = await readIfThere(vscode.Uri.joinPath(folder, sopsConfigName));
    if (bytes !== undefined) {
      const path = uri.path.slice(folder.path === '/' ? 1 : folder.path.length + 1);
      return { config: sops.readSopsConfig(new TextDecoder().decode(bytes)), path };
    }
    if (folder.path === '/' || folder.path === '') return undefined;
  }
}

async function readIfThere(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && ['FileNotFound', 'FileNotADirectory'].includes(error.code)) return undefined;
    throw error;
  }
}
