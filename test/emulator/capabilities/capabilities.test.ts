import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { operationNames } from '../../../src/emulator/shapes/membersOf.ts';
import { projectRoot } from '../../host/system/projectPaths.ts';
import { withCapabilityTable } from './capabilityTable.ts';
import { type Measured, measureCapabilities } from './measure.ts';

describe('Every operation', () => {
  let measured: ReadonlyMap<string, Measured>;
  before(async function () {
    this.timeout(120_000);
    measured = new Map((await measureCapabilities()).map((each) => [each.operation, each]));
  });

  for (const operation of operationNames) {
    it(`${operation} works, asks the policies, and refuses every wrong member`, () => {
      const { works, limits, policy } = measured.get(operation)!;
      assert.deepEqual({ works, policy, missed: limits.missed }, { works: true, policy: true, missed: [] });
      assert.ok(limits.tried > 0);
    });
  }

  it('is documented as it was measured', async () => {
    const page = await readFile(join(projectRoot, 'src', 'emulator', 'README.md'), 'utf8');
    assert.equal(page, withCapabilityTable(page, [...measured.values()]), 'Run "npm run generate".');
  });
});
