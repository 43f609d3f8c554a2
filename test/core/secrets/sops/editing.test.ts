import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEditsTo } from '../../../../src/core/secrets/transform.ts';
import { decryptFile } from '../../../../src/core/secrets/sops/decryptFile.ts';
import { openDraft, sealDraft } from '../../../../src/core/secrets/sops/editing/draft.ts';
import { openForEditing, sealEdited } from '../../../../src/core/secrets/sops/editing/editedText.ts';
import { commonEnds, restoreEdits } from '../../../../src/core/secrets/sops/editing/restoreEdits.ts';
import { encryptFile } from '../../../../src/core/secrets/sops/encryptFile.ts';
import { openComment } from '../../../../src/core/secrets/sops/file/openComments.ts';
import { unlock } from '../../../../src/core/secrets/sops/file/unlock.ts';
import { readSopsDocument, type SopsFormat } from '../../../../src/core/secrets/sops/sopsFormat.ts';
import type { KmsKeyUse } from '../../../../src/core/secrets/sops/sopsPorts.ts';
import { additionalDataOf, sealText } from '../../../../src/core/secrets/sops/values/sealing.ts';
import { stringValue } from '../../../../src/core/secrets/sops/values/sopsValue.ts';
import { parseValueToken } from '../../../../src/core/secrets/sops/values/valueToken.ts';
import { startEmulatedKms, type EmulatedKms } from './emulatedKeys.ts';
import { generatedFile } from './generatedFiles.ts';

type TextFormat = Exclude<SopsFormat, 'binary'>;

/** The lines of one text that another one does not have, without those that every change of a SOPS file writes. */
function changedLines(before: string, after: string): readonly string[] {
  const left = after.split('\n');
  return before.split('\n').filter((line) => {
    const at = left.indexOf(line);
    if (at !== -1) left.splice(at, 1);
    return at === -1 && !/mac|lastmodified/.test(line);
  });
}

describe('An encrypted file that is edited as a whole', function () {
  this.timeout(120_000);
  let kms: EmulatedKms;
  let key: KmsKeyUse;
  before(async () => {
    kms = await startEmulatedKms();
    key = await kms.createKey();
  });
  after(() => kms.stop());

  const encrypt = async (text: string, format: TextFormat) => (await encryptFile(text, format, { groups: [{ kms: [key] }], indent: { yaml: 2, json: 2 } }, kms.tools)).text;
  const decrypt = async (text: string, format: TextFormat) => (await decryptFile(text, format, kms.tools)).text;

  it('holds one new value afterwards, and no other line of any file changes', async () => {
    await fc.assert(
      fc.asyncProperty(generatedFile, fc.nat(), async ({ text, format }, index) => {
        const stored = await encrypt(text, format).catch(() => undefined);
        if (stored === undefined) return;
        const opened = await openForEditing(stored, format, kms.tools);
        assert.equal(opened.text, await decrypt(stored, format));
        assert.equal(await sealEdited(opened.text, stored, format, kms.tools), stored, 'nothing was edited');
        const { leaves } = await readSopsDocument(opened.text, format);
        if (leaves.length === 0) return;
        const leaf = leaves[index % leaves.length]!;
        const edited = applyEditsTo(opened.text, [{ ...leaf.range, text: leaf.writeValue(stringValue('a new value')) }]);
        const saved = await sealEdited(edited, stored, format, kms.tools);
        assert.equal(await decrypt(saved, format), edited);
        const lines = text.slice(leaf.range.offset, leaf.range.offset + leaf.range.length).split('\n').length;
        const isOnOneLine = !stored.trim().includes('\n');
        assert.ok(isOnOneLine || changedLines(stored, saved).length <= lines + 1, changedLines(stored, saved).join('\n'));
      }),
      { numRuns: 150 },
    );
  });

  const files: readonly (readonly [string, TextFormat, string, string, string, readonly string[]])[] = [
    ['a key that is added to YAML', 'yaml', 'a: one\nb:\n  c: two\n', 'b:\n', 'n: new\nb:\n', []],
    ['a key that is added at the end of YAML', 'yaml', 'a: one\nb: two\n', 'b: two\n', 'b: two\nn: new\n', []],
    ['a last line without its break', 'yaml', 'a: one\nb: two\n', 'b: two\n', 'b: two', []],
    ['a line that goes on a block of YAML', 'yaml', 'a: |\n  one\nb: two\n', '  one\n', '  one\n  more\n', ['a']],
    ['a member that is added at the end of JSON', 'json', '{\n  "a": "one",\n  "b": 2\n}\n', '"b": 2', '"b": 2,\n  "n": "new"', []],
    ['the last member of JSON', 'json', '{\n  "a": "one",\n  "b": "two"\n}\n', '"two"', '"three"', ['b']],
    ['a line that is taken out of .env', 'dotenv', 'A=one\nB=two\nC=three\n', 'B=two\n', '', ['B']],
    ['a section that is added to INI', 'ini', '[a]\nx = one\n', 'x = one\n', 'x = one\n\n[b]\ny = new\n', []],
    ['a key that is renamed', 'yaml', 'a: one\nb: two\n', 'a:', 'z:', ['a']],
  ];
  for (const [what, format, text, from, to, changed] of files) {
    it(`takes ${what}, and leaves the other lines`, async () => {
      const stored = await encrypt(text, format);
      const edited = text.replace(from, to);
      const saved = await sealEdited(edited, stored, format, kms.tools);
      const decrypted = await decrypt(saved, format);
      assert.equal(decrypted.trimEnd(), edited.trimEnd());
      const keys = changedLines(stored, saved).filter((line) => line.trim() !== '').map((line) => /\w+/.exec(line)?.[0] ?? line);
      assert.deepEqual(keys, changed);
    });
  }

  it('keeps the ciphertext of a value whose line was touched, but not the value', async () => {
    const stored = await encrypt('a: one # x\nb: two\n', 'yaml');
    const saved = await sealEdited('a:   one # y\nb: two\n', stored, 'yaml', kms.tools);
    assert.equal(/ENC\[\S+\]/.exec(saved)?.[0], /ENC\[\S+\]/.exec(stored)?.[0]);
  });

  it('shows its encrypted comments, and keeps them encrypted, those that are items of a list as well', async () => {
    const plain = await encrypt('# about a\na: one\nlist:\n  - x\n  - mark\n', 'yaml');
    const { use } = await unlock(plain, 'yaml', kms.tools);
    const item = sealText(use, 'of the list', 'comment', 'list:');
    // The MAC is over the values alone, so it is made of a file without the mark.
    const bare = await sealEdited('# about a\na: one\nlist:\n  - x\n', plain, 'yaml', kms.tools);
    const at = bare.indexOf('sops:');
    const stored = await withSealedComments(`${bare.slice(0, at)}  - ${item}\n${bare.slice(at)}`, 'yaml', { ' about a': [] });
    const opened = await openForEditing(stored, 'yaml', kms.tools);
    assert.equal(opened.text, '# about a\na: one\nlist:\n  - x\n  #of the list\n');
    const saved = await sealEdited(opened.text.replace('a: one', 'a: two'), stored, 'yaml', kms.tools);
    assert.equal(await decrypt(saved, 'yaml'), '# about a\na: two\nlist:\n  - x\n  #of the list\n');
    assert.deepEqual(changedLines(stored, saved).map((line) => line[0]), ['a']);
  });

  /** The file with comments encrypted as SOPS does it, each under the keys of the maps around it. */
  async function withSealedComments(stored: string, format: TextFormat, comments: Readonly<Record<string, readonly string[]>>): Promise<string> {
    const { use } = await unlock(stored, format, kms.tools);
    return Object.entries(comments).reduce((text, [comment, path]) => text.replace(`#${comment}\n`, `#${sealText(use, comment, 'comment', additionalDataOf(path))}\n`), stored);
  }

  const yaml = '# top\na: one\nmap:\n  # inner\n  b: two\n  # clear\n  c: three\n';
  const sealed = { ' top': [], ' inner': ['map'] };
  const commented: readonly { readonly what: string; readonly format?: TextFormat; readonly text?: string; readonly comments?: typeof sealed | Readonly<Record<string, readonly string[]>>; readonly from: string; readonly to: string; readonly inTheClear?: readonly string[] }[] = [
    { what: 'a comment that is changed', from: '# inner', to: '# changed', inTheClear: [' clear'] },
    { what: 'a comment that is added to a map', from: '  c: three', to: '  # new\n  c: three', inTheClear: [' clear'] },
    { what: 'a comment behind a value', from: 'b: two', to: 'b: two # new', inTheClear: [' clear'] },
    { what: 'a comment at the end of a map', from: 'c: three\n', to: 'c: three\n  # new\n', inTheClear: [' clear'] },
    { what: 'a comment at the end of the file', from: 'c: three\n', to: 'c: three\n# new\n', inTheClear: [' clear'] },
    { what: 'a comment over a map', from: 'map:\n', to: '# new\nmap:\n', inTheClear: [' clear'] },
    { what: 'a comment that is taken out', from: '  # inner\n', to: '', inTheClear: [' clear'] },
    { what: 'a comment that moves to another map', from: '# top\na: one\nmap:\n', to: 'a: one\nmap:\n  # top\n', inTheClear: [' clear'] },
    { what: 'a comment that was in the clear and is changed', from: '# clear', to: '# secret', inTheClear: [] },
    { what: 'a comment in .env', format: 'dotenv', text: '# top\nA=one\n# clear\nB=two\n', comments: { ' top': [] }, from: 'B=two', to: '# new\nB=two', inTheClear: [' clear'] },
    { what: 'a comment in a file whose comments SOPS left in the clear', comments: {}, from: '# inner', to: '# changed', inTheClear: [' top', ' changed', ' clear'] },
  ];
  for (const { what, format = 'yaml', text = yaml, comments = sealed, from, to, inTheClear } of commented) {
    it(`takes ${what}`, async () => {
      const stored = await withSealedComments(await encrypt(text, format), format, comments);
      const { text: shown } = await openForEditing(stored, format, kms.tools);
      assert.equal(shown, text);
      const edited = shown.replace(from, to);
      const saved = await sealEdited(edited, stored, format, kms.tools);
      assert.equal(await decrypt(saved, format), edited);
      const { file, use } = await unlock(saved, format, kms.tools);
      const plain = file.document.comments.filter((comment) => parseValueToken(comment.text) === undefined);
      assert.deepEqual(plain.map((comment) => comment.text), inTheClear);
      // SOPS looks for the additional data of the place alone.
      for (const comment of file.comments) assert.deepEqual(openComment(file, comment, use)?.path, comment.around);
      const kept = file.comments.filter((comment) => stored.includes(comment.text)).length;
      const untouched = Object.keys(comments).filter((comment) => edited.includes(`#${comment}\n`) && !from.includes(`#${comment}`)).length;
      assert.equal(kept, untouched);
    });
  }

  for (const [what, from, to] of [
    ['on a line of its own', '  - z', '  # new\n  - z'],
    ['behind an item', '- x', '- x # new'],
    ['at the end', '  - z\n', '  - z\n  # new\n'],
  ] as const) {
    it(`takes no new comment in a list ${what}, which a release of SOPS could not read, but one in a map of it`, async () => {
      const text = '# top\na: one\nlist:\n  - x\n  - z\n  - b: 1\n    c: 2\nend: two\n';
      const stored = await withSealedComments(await encrypt(text, 'yaml'), 'yaml', { ' top': [] });
      const refused = text.replace('  - b: 1\n    c: 2\n', '').replace(from, to);
      await assert.rejects(sealEdited(refused, stored, 'yaml', kms.tools), (error: Error & { code?: string }) => error.code === 'SOPS_UNSUPPORTED' && /line \d stands in a list/.test(error.message));
      const edited = text.replace('    c: 2', '    # inside\n    c: 2');
      const saved = await sealEdited(edited, stored, 'yaml', kms.tools);
      assert.ok(!saved.includes('inside'));
      assert.equal(await decrypt(saved, 'yaml'), edited);
    });
  }

  it('encrypts new comments only where its rule encrypts values', async () => {
    const rule = { name: 'encrypted_regex', pattern: '^data$' } as const;
    const text = 'data:\n  # inner\n  a: one\nplain: two\n';
    const encrypted = (await encryptFile(text, 'yaml', { groups: [{ kms: [key] }], rule, indent: { yaml: 2, json: 2 } }, kms.tools)).text;
    const stored = await withSealedComments(encrypted, 'yaml', { ' inner': ['data'] });
    const edited = '# over all\ndata:\n  # inner\n  # secret\n  a: one\nplain: two\n';
    const saved = await sealEdited(edited, stored, 'yaml', kms.tools);
    assert.equal(await decrypt(saved, 'yaml'), edited);
    assert.ok(saved.includes('# over all') && !saved.includes('secret') && !saved.includes('inner'));
  });

  const refusals: readonly (readonly [string, string, string, RegExp])[] = [
    ['broken YAML, with its place', 'a: "one\nb: two\n', 'PARSE_ERROR', /line/],
    ['a sops part that was written by hand', 'a: one\nsops:\n  mac: x\n', 'SOPS_INVALID', /sops part of its own/],
    ['a token of another file', 'a: ENC[AES256_GCM,data:mRk=,iv:xPSBI7kIaGJ2H4aH8xL4o1xXbGHbHSRcNEBXhVB0Pmc=,tag:6WDjb4sDh1nVvCNJzTvtkQ==,type:str]\nb: two\n', 'SOPS_INVALID', /cannot be decrypted/],
  ];
  for (const [what, edited, code, message] of refusals) {
    it(`is not written with ${what}`, async () => {
      const stored = await encrypt('a: one\nb: two\n', 'yaml');
      await assert.rejects(sealEdited(edited, stored, 'yaml', kms.tools), (error: Error & { code?: string }) => error.code === code && message.test(error.message));
    });
  }

  it('is not written over a file whose MAC is broken', async () => {
    const stored = (await encrypt('a: one\nb_unencrypted: two\n', 'yaml')).replace('two', 'three');
    await assert.rejects(sealEdited('a: new\nb_unencrypted: three\n', stored, 'yaml', kms.tools), { code: 'SOPS_MAC_MISMATCH' });
  });

  it('has a draft that only its own data key opens, however broken its text is', async () => {
    const stored = await encrypt('a: one\n', 'yaml');
    const draft = 'a: "canary\n\t{';
    const token = await sealDraft(draft, stored, 'yaml', kms.tools);
    assert.ok(!token.includes('canary'));
    assert.equal(await openDraft(token, stored, 'yaml', kms.tools), draft);
    await assert.rejects(openDraft(token, await encrypt('a: one\n', 'yaml'), 'yaml', kms.tools), { code: 'SOPS_INVALID' });
    await assert.rejects(openDraft('no token', stored, 'yaml', kms.tools), { code: 'SOPS_INVALID' });
  });
});

describe('Edits that are taken back in a changed text', () => {
  it('restore the whole original where nothing changed', () => {
    const edits = [{ offset: 2, length: 3, text: 'x' }, { offset: 6, length: 4, text: '' }];
    const original = 'a=ENC\nsops';
    assert.equal(restoreEdits(original, edits, 'a=x\n', 'a=x\n'), original);
  });

  it('never share a character between the two ends', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (one, other) => {
      const { before, after } = commonEnds(one, other);
      assert.ok(before + after <= Math.min(one.length, other.length));
      assert.equal(one.slice(0, before) + one.slice(one.length - after), other.slice(0, before) + other.slice(other.length - after));
    }));
  });
});
