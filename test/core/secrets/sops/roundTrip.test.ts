import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KmsExplorerError } from '../../../../src/core/kms/errorCode.ts';
import type { Edit } from '../../../../src/core/secrets/codec.ts';
import { decryptFile } from '../../../../src/core/secrets/sops/decryptFile.ts';
import { editValues } from './editValues.ts';
import { sealEdited } from '../../../../src/core/secrets/sops/editing/editedText.ts';
import { encryptFile, type EncryptionPlan } from '../../../../src/core/secrets/sops/encryptFile.ts';
import { readSopsFile } from '../../../../src/core/secrets/sops/readSopsFile.ts';
import { readSopsDocument } from '../../../../src/core/secrets/sops/sopsFormat.ts';
import type { KmsKeyUse } from '../../../../src/core/secrets/sops/sopsPorts.ts';
import { kindOf, stringValue, type SopsValue } from '../../../../src/core/secrets/sops/values/sopsValue.ts';
import { startEmulatedKms, type EmulatedKms } from './emulatedKeys.ts';
import { generatedFile, type GeneratedFile } from './generatedFiles.ts';

/** The parts of a text outside edits. */
function around(text: string, edits: readonly Edit[]): readonly string[] {
  const sorted = [...edits].sort((a, b) => a.offset - b.offset);
  const starts = [0, ...sorted.map(({ offset, length }) => offset + length)];
  return starts.map((start, index) => text.slice(start, sorted[index]?.offset ?? text.length));
}

async function valuesOf({ text, format }: GeneratedFile): Promise<readonly (readonly [number, string, SopsValue])[]> {
  const { leaves } = await readSopsDocument(text, format);
  return leaves.map(({ document, path, value }) => [document, path.join('/'), distinct(value, format)]);
}

/** JSON has one kind of number, so a whole float may come back without its point. */
function distinct({ type, text }: SopsValue, format: GeneratedFile['format']): SopsValue {
  return { type: kindOf(type, format) === 'number' ? 'float' : type, text };
}

describe('a SOPS file', function () {
  this.timeout(120_000);
  let kms: EmulatedKms;
  let key: KmsKeyUse;
  before(async () => {
    kms = await startEmulatedKms();
    key = await kms.createKey();
  });
  after(() => kms.stop());

  const plan = fc.constantFrom<Omit<EncryptionPlan, 'groups'>>(
    {},
    { macOnlyEncrypted: true, rule: { name: 'encrypted_regex', pattern: '^(a|k1|K1|n1)$' } },
    { rule: { name: 'unencrypted_regex', pattern: 'k2|b' } },
    { rule: { name: 'encrypted_suffix', pattern: '1' }, indent: { yaml: 2, json: 2 } },
  );

  it('decrypts to what was encrypted, and no byte outside its values and its sops part changes', async () => {
    let refused = 0;
    let total = 0;
    await fc.assert(
      fc.asyncProperty(generatedFile, plan, async (file, options) => {
        total += 1;
        const encrypted = await encryptFile(file.text, file.format, { groups: [{ kms: [key] }], ...options }, kms.tools).catch((error: unknown) => error);
        if (encrypted instanceof KmsExplorerError) {
          refused += 1;
          assert.ok(['SOPS_UNSUPPORTED', 'EDIT_REFUSED'].includes(encrypted.code), `${encrypted.message} in ${file.text}`);
          return;
        }
        if (encrypted instanceof Error) throw encrypted;
        const { text, edits } = encrypted as Awaited<ReturnType<typeof encryptFile>>;
        let at = 0;
        for (const part of around(file.text, edits)) {
          const found = text.indexOf(part, at);
          assert.notEqual(found, -1, 'the parts stand there in their order');
          at = found + part.length;
        }
        const decrypted = await decryptFile(text, file.format, kms.tools);
        assert.deepEqual(await valuesOf({ ...file, text: decrypted.text }), await valuesOf(file));
        const { entries } = await readSopsFile(text, file.format);
        assert.ok(entries.every(({ state }) => state !== 'exposed'));
        const again = await sealEdited(decrypted.text, text, file.format, kms.tools);
        const tokens = (content: string) => content.match(/ENC\[[^\]]*type:(?:int|float|bool|time)\]/g) ?? [];
        assert.deepEqual(tokens(again), tokens(text), 'unchanged values keep their ciphertext');
      }),
      { numRuns: 150 },
    );
    assert.ok(refused < total / 4, `${refused} of ${total} files were refused`);
  });

  it('holds a new value after an edit, and only that value, the MAC and the time are written', async () => {
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }).map(stringValue),
      fc.constantFrom<SopsValue>({ type: 'int', text: '-7' }, { type: 'float', text: '1' }, { type: 'bool', text: 'True' }, stringValue('a\nb\n'), stringValue(''), stringValue('null')),
    );
    await fc.assert(
      fc.asyncProperty(generatedFile, fc.nat(), value, async (file, index, next) => {
        const encrypted = await encryptFile(file.text, file.format, { groups: [{ kms: [key] }] }, kms.tools).catch(() => undefined);
        if (encrypted === undefined) return;
        const { leaves } = await readSopsDocument(encrypted.text, file.format);
        if (leaves.length === 0) return;
        const { keyPath, document } = leaves[index % leaves.length]!;
        const isTyped = file.format === 'yaml' || file.format === 'json';
        const wanted = isTyped ? next : stringValue(next.text);
        const edited = await editValues(encrypted.text, file.format, [{ keyPath, document, value: wanted }], kms.tools).catch((error: unknown) => error);
        if (edited instanceof KmsExplorerError) {
          assert.ok(['EDIT_REFUSED', 'SOPS_UNSUPPORTED'].includes(edited.code), edited.message);
          return;
        }
        if (edited instanceof Error) throw edited;
        const change = edited as Awaited<ReturnType<typeof editValues>>;
        assert.ok(change.edits.length <= 3);
        const decrypted = await decryptFile(change.text, file.format, kms.tools).catch((error: unknown) => error);
        // What .env and INI cannot hold in the clear they hold as a ciphertext.
        if (decrypted instanceof KmsExplorerError && !isTyped) return;
        if (decrypted instanceof Error) throw decrypted;
        const after = await valuesOf({ ...file, text: (decrypted as typeof change).text });
        const before = await valuesOf(file);
        const at = index % leaves.length;
        assert.deepEqual(after, before.with(at, [before[at]![0], before[at]![1], distinct(wanted, file.format)]));
      }),
      { numRuns: 150 },
    );
  });
});
