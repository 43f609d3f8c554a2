import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { operationTable } from '../../src/emulator/operations/operationTable.ts';
import { operationNames } from '../../src/emulator/shapes/membersOf.ts';
import { projectRoot } from '../host/system/projectPaths.ts';
import { writeOperationShapes } from './operationShapes.ts';

describe('The shapes of the API', () => {
  it('are those of the installed AWS SDK, operation by operation, member by member, value by value', async () => {
    const file = join(projectRoot, 'src', 'emulator', 'shapes', 'operationShapes.ts');
    assert.equal(await readFile(file, 'utf8'), writeOperationShapes(), 'Run "npm run generate".');
  });

  it('are answered, every operation by a row of the emulator', () => {
    assert.deepEqual([...operationTable.keys()].sort(), [...operationNames].sort());
  });
});
