import assert from 'node:assert/strict';
import { retype } from '../../../../../src/core/secrets/sops/values/retype.ts';
import type { SopsType } from '../../../../../src/core/secrets/sops/values/sopsValue.ts';

describe('a text typed over a value', () => {
  const rows: [text: string, type: SopsType, expectedType: SopsType, expected: string][] = [
    ['12', 'str', 'str', '12'],
    ['12', 'int', 'int', '12'],
    ['-7', 'int', 'int', '-7'],
    ['012', 'int', 'str', '012'],
    ['1.5', 'int', 'str', '1.5'],
    ['123456789012345678901', 'int', 'str', '123456789012345678901'],
    ['1.50', 'float', 'float', '1.5'],
    ['1e3', 'float', 'float', '1000'],
    ['x', 'float', 'str', 'x'],
    ['TRUE', 'bool', 'bool', 'True'],
    ['false', 'bool', 'bool', 'False'],
    ['yes', 'bool', 'str', 'yes'],
    ['2026-01-01', 'time', 'str', '2026-01-01'],
  ];
  for (const [text, type, expectedType, expected] of rows) {
    it(`${text} over a value of type ${type} is one of type ${expectedType}`, () => {
      assert.deepEqual(retype(text, type), { type: expectedType, text: expected });
    });
  }
});
