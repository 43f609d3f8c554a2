import assert from 'node:assert/strict';
import { applyEditsTo } from '../../../../src/core/secrets/transform.ts';
import { additionalDataOf, openBytes, sealText, type DataKeyUse } from '../../../../src/core/secrets/sops/values/sealing.ts';
import { computeMac, macOfChunks, openMac, sealMac } from '../../../../src/core/secrets/sops/values/mac.ts';
import { fromHex } from '../../../../src/core/secrets/sops/values/hex.ts';
import { parseValueToken } from '../../../../src/core/secrets/sops/values/valueToken.ts';
import { openComment, openItemComment } from '../../../../src/core/secrets/sops/file/openComments.ts';
import { openValues, requireMac } from '../../../../src/core/secrets/sops/file/openValues.ts';
import { applyRule, readFile } from '../../../../src/core/secrets/sops/file/sopsFile.ts';
import { writeMetadata } from '../../../../src/core/secrets/sops/metadata/writeMetadata.ts';
import { readSopsDocument, sopsFormatOf } from '../../../../src/core/secrets/sops/sopsFormat.ts';
import { sopsCrypto } from '../../../../src/features/shared/secrets/sopsCrypto.ts';
import { haveVectors, readVector, sopsVectors } from './vectorFiles.ts';

/** The data key of all vectors; what stands under `enc` in them is no ciphertext of KMS. */
const use: DataKeyUse = {
  crypto: sopsCrypto,
  dataKey: fromHex('000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'),
};

describe('files that SOPS encrypted', () => {
  if (!haveVectors) {
    it('are not checked: the vectors are not on this machine');
    return;
  }
  const vectors = sopsVectors().filter(({ format }) => format !== 'binary');

  for (const { name, encrypted, plain, mac } of vectors) {
    it(`decrypt to the values of their plaintext, with the right MAC: ${name}`, async () => {
      const file = await readFile(encrypted, sopsFormatOf(name));
      const values = openValues(file, use);
      requireMac(file, values, use);
      assert.equal(computeMac(use, values, file.metadata.macOnlyEncrypted), mac);
      const document = await readSopsDocument(plain, sopsFormatOf(name));
      const ruled = await applyRule(document, file.metadata.rule, false);
      assert.deepEqual(
        values.map(({ leaf, value, selected }) => [leaf.document, leaf.path, value, selected]),
        ruled.map(({ leaf, selected }) => [leaf.document, leaf.path, leaf.value, selected]),
      );
    });

    it(`are made again, byte for byte, from their plaintext and IVs: ${name}`, async () => {
      const file = await readFile(encrypted, sopsFormatOf(name));
      const values = openValues(file, use);
      for (const { leaf, value, token } of values) {
        if (token === undefined) continue;
        assert.equal(sealText(use, value.text, value.type, additionalDataOf(leaf.path), token.iv), leaf.value.text);
      }
      const { metadata } = file;
      const iv = parseValueToken(metadata.mac)!.iv;
      const mac = computeMac(use, values, metadata.macOnlyEncrypted);
      assert.equal(sealMac(use, mac, metadata.lastModified, iv), metadata.mac);
      const edits = file.document.writeMetadata(writeMetadata(metadata));
      assert.equal(applyEditsTo(encrypted, edits), encrypted);
    });

    it(`keep their comments: ${name}`, async () => {
      const file = await readFile(encrypted, sopsFormatOf(name));
      const opened = [
        ...file.comments.map((comment) => openComment(file, comment, use)?.text),
        ...file.itemComments.map((comment) => openItemComment(file, comment, use)),
        ...file.document.comments.filter(({ text }) => parseValueToken(text) === undefined).map(({ text }) => text),
      ];
      const document = await readSopsDocument(plain, sopsFormatOf(name));
      assert.deepEqual(new Set(opened), new Set(document.comments.map(({ text }) => text)));
      for (const comment of file.comments) assert.deepEqual(comment.around && openComment(file, comment, use)?.path, comment.around, comment.text);
    });
  }

  it('decrypt to any bytes', () => {
    const text = readVector('blob.enc.bin').toString();
    const { data, sops } = JSON.parse(text) as { data: string; sops: { mac: string; lastmodified: string } };
    const bytes = openBytes(use, parseValueToken(data)!, 'data:');
    assert.deepEqual(bytes, new Uint8Array(readVector('blob.plain.bin')));
    assert.equal(openMac(use, sops.mac, sops.lastmodified), macOfChunks(use, [bytes], false));
  });

  for (const name of ['inplace.yaml', 'inplace.json', 'inplace.env', 'inplace.ini']) {
    it(`have the same bytes outside their values when they were encrypted in place: ${name}`, async () => {
      const [stem, extension] = name.split('.');
      const plain = readVector(`inplace/${stem}.plain.${extension}`).toString();
      const file = await readFile(readVector(`inplace/${stem}.enc.${extension}`).toString(), sopsFormatOf(name));
      const values = openValues(file, use);
      requireMac(file, values, use);
      const document = await readSopsDocument(plain, sopsFormatOf(name));
      const edits = document.leaves.flatMap((leaf, index) => {
        const value = values[index];
        return value?.token === undefined ? [] : [{ ...leaf.range, text: leaf.writeToken(value.leaf.value.text) }];
      });
      const withoutMetadata = applyEditsTo(file.document.text, file.document.removeMetadata());
      // Where the brace of a JSON file stands after the part that was added is a matter of taste.
      const closed = (text: string) => (extension === 'json' ? text.replace(/\s+\}\s*$/, '}') : text);
      assert.equal(closed(applyEditsTo(plain, edits)), closed(withoutMetadata));
    });
  }
});
