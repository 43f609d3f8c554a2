import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmulatorProcess } from '../../../emulator/emulatorProcess.ts';

/** Whether the real `sops` can be called. */
export const haveSops = spawnSync('sops', ['--version', '--disable-version-check']).status === 0;

/** Major, minor and patch number of the `sops` that is called. */
export function sopsVersion(): readonly number[] {
  const printed = spawnSync('sops', ['--version', '--disable-version-check']).stdout.toString();
  return (/\d+\.\d+\.\d+/.exec(printed)?.[0] ?? '').split('.').map(Number);
}

/** The real `sops` in a folder of its own, with its KMS calls led to an emulator. */
export interface SopsCommand {
  /** Runs it on a file with these bytes and gives what it prints. Throws with its message when it fails. */
  run(fileName: string, content: string | Uint8Array, ...args: string[]): Buffer;
  /** Runs it so that it changes the file, and gives the file. */
  change(fileName: string, content: string | Uint8Array, ...args: string[]): string;
  writeConfig(text: string): void;
  remove(): void;
}

/** The environment in which `sops` calls an emulator and has `folder` for a home. */
export function sopsEnvironment({ endpoint, accessKeyId, secretAccessKey, region }: EmulatorProcess['ready'], folder: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    AWS_ENDPOINT_URL_KMS: endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: region,
    HOME: folder,
  };
}

export function sopsCommand({ ready }: EmulatorProcess): SopsCommand {
  const folder = mkdtempSync(join(tmpdir(), 'kms-explorer-sops-'));
  const env = sopsEnvironment(ready, folder);
  const run = (fileName: string, content: string | Uint8Array, ...args: string[]): Buffer => {
    writeFileSync(join(folder, fileName), content);
    const { status, stdout, stderr } = spawnSync('sops', [...args, fileName], { cwd: folder, env });
    if (status !== 0) throw new Error(`sops ${args.join(' ')} ended with ${status ?? 'a signal'}: ${stderr.toString()}`);
    return stdout;
  };
  return {
    run,
    change(fileName, content, ...args) {
      run(fileName, content, ...args);
      return readFileSync(join(folder, fileName), 'utf8');
    },
    writeConfig(text) {
      writeFileSync(join(folder, '.sops.yaml'), text);
    },
    remove() {
      rmSync(folder, { recursive: true });
    },
  };
}
