import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether the command line tool of OpenSSL 3 is there, an implementation that shares nothing with the emulator. */
export const hasOpenssl = String(spawnSync('openssl', ['version']).stdout).startsWith('OpenSSL 3.');

/**
 * Runs openssl with `input` on its standard input. In an argument, `@name` stands for the file of that name with the
 * bytes that `files` gives it. Gives what it printed, or undefined when it failed.
 */
export function openssl(args: readonly string[], files: Readonly<Record<string, Uint8Array>>, input?: Uint8Array): Buffer | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'kms-explorer-openssl-'));
  try {
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
    const paths = args.map((arg) => (arg.startsWith('@') ? join(folder, arg.slice(1)) : arg));
    const { status, stdout } = spawnSync('openssl', paths, { input });
    return status === 0 ? stdout : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
