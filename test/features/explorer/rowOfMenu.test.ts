import assert from 'node:assert/strict';
import { rowOfMenu } from '../../../src/features/explorer/rowOfMenu.ts';

const message = 'The row is gone.';

describe('The row of a menu', () => {
  it('is the one that was given', () => {
    assert.equal(rowOfMenu(['clicked'], message), 'clicked');
  });

  it('is none when the command was run without one', () => {
    assert.equal(rowOfMenu<string>([], message), undefined);
  });

  for (const given of [[undefined], [undefined, undefined]]) {
    it(`is refused when VS Code lost it (${given.length} arguments)`, () => {
      assert.throws(() => rowOfMenu<string>(given, message), { code: 'INVALID_STATE', message });
    });
  }
});
