import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import type { EmulatorProcess } from '../emulatorProcess.ts';

const execute = promisify(execFile);

/** Whether a program is installed and runs. */
export function isInstalled(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args).status === 0;
}

/** The environment with which any AWS client reaches the emulator, and no account. */
export function clientEnvironment({ ready }: EmulatorProcess, region: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    AWS_ENDPOINT_URL: ready.endpoint,
    AWS_ACCESS_KEY_ID: ready.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ready.secretAccessKey,
    AWS_DEFAULT_REGION: region,
    AWS_REGION: region,
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** Runs a program to its end and gives its standard output; rejects with its standard error when it fails. */
export async function run(program: string, args: readonly string[], options: { env?: NodeJS.ProcessEnv; cwd?: string } = {}): Promise<string> {
  const { stdout } = await execute(program, args, { ...options, maxBuffer: 16_000_000 });
  return stdout;
}
