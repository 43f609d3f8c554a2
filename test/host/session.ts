import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainEnvironment } from './system/childProcess.ts';
import { sampleWorkspace } from './system/projectPaths.ts';

/** A temporary folder with everything that one run of the host writes. */
export interface Session {
  readonly folder: string;
  /** A copy of the sample service. */
  readonly workspace: string;
  readonly serverData: string;
  readonly emulatorData: string;
  readonly remove: () => Promise<void>;
}

/** Makes the folder of a run. `remove` takes it away with everything in it; so does the end of the process. */
export async function makeSession(): Promise<Session> {
  // The real path: watchers and file URIs must agree with what the workbench opens.
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'kms-explorer-')));
  const removeAtEnd = (): void => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  process.once('exit', removeAtEnd);
  const workspace = join(folder, 'orders');
  await cp(sampleWorkspace, workspace, { recursive: true });
  return {
    folder,
    workspace,
    serverData: join(folder, 'server'),
    emulatorData: join(folder, 'emulator'),
    remove: async () => {
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
      process.off('exit', removeAtEnd);
    },
  };
}

/** The settings that point the extension at the emulator of a session. */
export function emulatorSettings(session: Session, port: number): Readonly<Record<string, unknown>> {
  return {
    'kmsExplorer.backend': 'emulator',
    'kmsExplorer.emulator.dataFolder': session.emulatorData,
    'kmsExplorer.emulator.port': port,
    'kmsExplorer.regions': ['us-east-1', 'eu-west-1', 'ap-southeast-2'],
  };
}

/** An environment in which no AWS account of the person who runs the tests can be reached, with empty AWS files. */
export async function isolatedEnvironment(session: Session): Promise<NodeJS.ProcessEnv> {
  const aws = join(session.folder, 'aws');
  await mkdir(aws, { recursive: true });
  const files = { AWS_CONFIG_FILE: join(aws, 'config'), AWS_SHARED_CREDENTIALS_FILE: join(aws, 'credentials') };
  for (const file of Object.values(files)) await writeFile(file, '', { flag: 'a' });
  const kept = Object.entries(plainEnvironment()).filter(([name]) => !name.startsWith('AWS_'));
  return { ...Object.fromEntries(kept), ...files, AWS_EC2_METADATA_DISABLED: 'true' };
}
