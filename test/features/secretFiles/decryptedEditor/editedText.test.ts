import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readBackup, writeBackup } from '../../../../src/features/secretFiles/decryptedEditor/backup.ts';
import { EditGroups } from '../../../../src/features/secretFiles/decryptedEditor/editGroups.ts';
import { readLineBreaks } from '../../../../src/features/secretFiles/decryptedEditor/lineBreaks.ts';
import { applyChanges, redo, replacementBetween, undo } from '../../../../src/features/secretFiles/decryptedEditor/replacement.ts';

describe('The text of the editor for decrypted files', () => {
  it('goes back and forth by the one stretch that differs', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (one, other) => {
      const replacement = replacementBetween(one, other);
      assert.equal(redo(one, replacement), other);
      assert.equal(undo(other, replacement), one);
    }));
  });

  it('gets the line breaks of the file back, of whatever kinds they are', () => {
    const piece = fc.constantFrom('a', '\n', '\r\n', '\r', 'b c');
    fc.assert(fc.property(fc.array(piece), (pieces) => {
      const breaks = readLineBreaks(pieces.join(''));
      assert.equal(breaks.restore(breaks.text), pieces.join(''));
    }));
    const windows = readLineBreaks('a\r\nb\r\n');
    assert.equal(windows.restore(windows.text.replace('a', 'x\ny')), 'x\r\ny\r\nb\r\n');
  });

  const changes: readonly (readonly [string, Parameters<typeof applyChanges>[1], string | undefined])[] = [
    ['nothing', [], 'abcd'],
    ['two of them', [{ from: 1, to: 2, insert: 'XY' }, { from: 3, to: 3, insert: 'Z' }], 'aXYcZd'],
    ['one beyond the end', [{ from: 3, to: 5, insert: '' }], undefined],
    ['two that overlap', [{ from: 0, to: 3, insert: '' }, { from: 2, to: 4, insert: '' }], undefined],
    ['one that ends before it begins', [{ from: 3, to: 1, insert: '' }], undefined],
  ];
  for (const [what, list, expected] of changes) {
    it(`takes ${what} as ${expected ?? 'no change of it'}`, () => {
      assert.equal(applyChanges('abcd', list), expected);
    });
  }

  it('is undone in steps of what was typed in one place within a moment', () => {
    let now = 0;
    const groups = new EditGroups(() => now);
    const step = groups.add('ab', 'axb');
    assert.ok(step !== undefined);
    assert.deepEqual(step.replacement, { offset: 1, removed: '', inserted: 'x' });
    now = 500;
    assert.equal(groups.add('axb', 'axyb'), undefined);
    assert.deepEqual(step.replacement, { offset: 1, removed: '', inserted: 'xy' });
    now = 900;
    assert.notEqual(groups.add('axyb', 'axyzb'), undefined, 'another moment');
    assert.notEqual(groups.add('axyzb', 'Waxyzb'), undefined, 'another place');
    groups.close();
    assert.notEqual(groups.add('Waxyzb', 'WVaxyzb'), undefined, 'after a save');
  });

  it('is backed up as ciphertext that reads back, and anything else is no backup', () => {
    const backup = { stored: 'a: ENC[]', draft: 'ENC[x]' };
    assert.deepEqual(readBackup(writeBackup(backup)), backup);
    for (const other of ['', '{', 'null', '[]', '{"stored":1,"draft":""}']) assert.equal(readBackup(new TextEncoder().encode(other)), undefined);
  });
});
