// `npm run generate` writes what is made from installed packages.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../host/system/projectPaths.ts';
import { writeOperationShapes } from './operationShapes.ts';

writeFileSync(join(projectRoot, 'src', 'emulator', 'shapes', 'operationShapes.ts'), writeOperationShapes());
