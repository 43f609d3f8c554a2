// `npm run generate` writes what is made from installed packages, and what the documentation tells of the emulator.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withCapabilityTable } from '../emulator/capabilities/capabilityTable.ts';
import { measureCapabilities } from '../emulator/capabilities/measure.ts';
import { projectRoot } from '../host/system/projectPaths.ts';
import { writeOperationShapes } from './operationShapes.ts';

const emulatorFolder = join(projectRoot, 'src', 'emulator');

writeFileSync(join(emulatorFolder, 'shapes', 'operationShapes.ts'), writeOperationShapes());

const page = join(emulatorFolder, 'README.md');
writeFileSync(page, withCapabilityTable(readFileSync(page, 'utf8'), await measureCapabilities()));
