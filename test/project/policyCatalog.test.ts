import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { catalogFile, policyCatalogSource } from './generatePolicyCatalog.ts';

describe('src/core/policy/catalogData.ts', () => {
  it('is what its script makes of the installed data', () => {
    assert.equal(readFileSync(catalogFile, 'utf8'), policyCatalogSource(), 'Run: node test/project/generatePolicyCatalog.ts');
  });
});
