import { join, resolve } from 'node:path';

/** The checkout. */
export const projectRoot = resolve(import.meta.dirname, '..', '..', '..');

/** Where built bundles lie, and where test runs put what a person may want to look at. */
export const emulatorBundle = join(projectRoot, 'dist', 'emulator.js');
export const outFolder = join(projectRoot, 'out');

/** The sample service and the account that the emulator is filled with. */
export const sampleWorkspace = join(projectRoot, 'test', 'sample', 'workspace');
export const sampleSeed = join(projectRoot, 'test', 'sample', 'seed.yaml');

/** Downloaded parts of the host; it may be deleted at any time and is made anew. */
export const hostCache = join(projectRoot, 'node_modules', '.cache', 'vscode-host');
