import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEditsTo } from '../../../../../src/core/secrets/transform.ts';
import { flattenMetadata, unflattenMetadata } from '../../../../../src/core/secrets/sops/metadata/flatMetadata.ts';
import { textOfNode, type MetadataMap } from '../../../../../src/core/secrets/sops/metadata/metadataTree.ts';
import { readMetadata } from '../../../../../src/core/secrets/sops/metadata/sopsMetadata.ts';
import { versionToWrite, writeMetadata } from '../../../../../src/core/secrets/sops/metadata/writeMetadata.ts';
import { readSopsDocument, type SopsFormat } from '../../../../../src/core/secrets/sops/sopsFormat.ts';

const arn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const key: MetadataMap = { arn, aws_profile: '', created_at: '2024-01-02T03:04:05Z', enc: 'AQ==' };
const metadata: MetadataMap = {
  encrypted_regex: '^(a|b) #;"$',
  kms: [key, { ...key, context: { 'App name': 'x: y' }, role: 'arn:aws:iam::1:role/r' }],
  lastmodified: '2024-01-02T03:04:05Z',
  mac: 'ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]',
  version: '3.13.3',
};

/** Plaintext files with the place of the sops part shown by what they are after it was added. */
const files: readonly (readonly [format: SopsFormat, text: string, pattern: RegExp])[] = [
  ['yaml', 'a: 1\n', /^a: 1\nsops:\n {4}encrypted_regex:/],
  ['yaml', 'a: 1', /^a: 1\nsops:\n/],
  ['yaml', '  a: 1\n  b: 2\n# end\n', /^ {2}a: 1\n {2}b: 2\n# end\n {2}sops:\n/],
  ['yaml', 'a: 1\n---\nb: 2\n', /^a: 1\nsops:\n[^]*version: 3\.13\.3\n---\nb: 2\n$/],
  ['yaml', 'a: 1\n# c\n...\n', /^a: 1\n# c\nsops:\n[^]*version: 3\.13\.3\n\.\.\.\n$/],
  ['yaml', 'a: 1\r\n', /^a: 1\r\nsops:\r\n[^]*3\r\n$/],
  ['yaml', '{a: 1, b: [2]}\n', /^\{a: 1, b: \[2\], sops: \{"encrypted_regex":.*\}\}\n$/],
  ['yaml', 'a: |\n  x\n\n', /^a: \|\n {2}x\n\nsops:\n/],
  ['json', '{\n  "a": 1\n}\n', /^\{\n {2}"a": 1,\n {2}"sops": \{\n {4}"encrypted_regex":[^]*\n {2}\}\n\}\n$/],
  ['json', '{"a": 1}', /^\{"a": 1,\n\t"sops": \{\n/],
  ['json', '{}', /^\{\n\t"sops": \{[^]*\n\t\}\}$/],
  ['dotenv', 'A=1', /^A=1\nsops_encrypted_regex=\^\(a\|b\) #;"\$\nsops_kms__list_0__map_arn=/],
  ['dotenv', '', /^sops_encrypted_regex=/],
  ['ini', 'a=1\n', /^a=1\n\n\[sops\]\nencrypted_regex = `\^\(a\|b\) #;"\$`\nkms__list_0__map_arn = /],
  ['ini', '[b]\r\na=1', /^\[b\]\r\na=1\r\n\r\n\[sops\]\r\n/],
];

describe('the sops part of a file', () => {
  for (const [format, text, pattern] of files) {
    it(`goes into ${format} and out again: ${JSON.stringify(text)}`, async () => {
      const document = await readSopsDocument(text, format);
      const added = applyEditsTo(text, document.writeMetadata(metadata));
      assert.match(added, pattern);
      const withPart = await readSopsDocument(added, format);
      assert.deepEqual(withPart.metadata, metadata);
      assert.deepEqual(withPart.leaves.map(({ path, value }) => [path, value]), document.leaves.map(({ path, value }) => [path, value]));
      const removed = applyEditsTo(added, withPart.removeMetadata());
      assert.equal(removed.trimEnd(), text.trimEnd());
      if (text.endsWith('\n')) assert.equal(removed, text);
    });

    it(`changes one scalar in ${format} where one changes, and is written anew where its shape changes: ${JSON.stringify(text)}`, async () => {
      const added = applyEditsTo(text, (await readSopsDocument(text, format)).writeMetadata(metadata));
      const document = await readSopsDocument(added, format);
      assert.deepEqual(document.writeMetadata(metadata), []);
      const later = { ...metadata, lastmodified: '2025-01-02T03:04:05Z' };
      const edits = document.writeMetadata(later);
      assert.equal(edits.length, 1);
      assert.equal(applyEditsTo(added, edits), added.replace(/(lastmodified.*?)2024/, '$12025'));
      for (const next of [{ ...metadata, kms: [key] }, { ...metadata, key_groups: [{ age: [], kms: [key] }, { kms: [key] }], shamir_threshold: 2 }]) {
        const after = await readSopsDocument(applyEditsTo(added, document.writeMetadata(next)), format);
        assert.deepEqual(new Map(flattenMetadata(after.metadata!)), new Map([...flattenMetadata(next)].map(([name, value]) => [name, format === 'dotenv' || format === 'ini' ? textOfNode(value) : value])));
        assert.equal(applyEditsTo(after.text, after.removeMetadata()).trimEnd(), text.trimEnd());
      }
    });
  }

  it('may stand anywhere in a file, and in every document of a stream', async () => {
    const part = 'sops:\n    kms: []\n    mac: x\n';
    const text = `${part}a: 1\n---\nb: 2\n${part}c: 3\n`;
    const document = await readSopsDocument(text, 'yaml');
    assert.equal(applyEditsTo(text, document.removeMetadata()), 'a: 1\n---\nb: 2\nc: 3\n');
    assert.equal(applyEditsTo(text, document.writeMetadata({ kms: [], mac: 'z' })), text.replaceAll('mac: x', 'mac: z'));
    const json = '{"sops": {"mac": "x"}, "a": 1}';
    assert.equal(applyEditsTo(json, (await readSopsDocument(json, 'json')).removeMetadata()), '{"a": 1}');
    const ini = '[a]\nb=1\n\n[sops]\nmac=x\n; about c\n[c]\nd=1\n';
    assert.equal(applyEditsTo(ini, (await readSopsDocument(ini, 'ini')).removeMetadata()), '[a]\nb=1\n; about c\n[c]\nd=1\n');
    const env = 'A=1\nsops_mac=x\nB=2\nsops_version=1\n';
    const next = applyEditsTo(env, (await readSopsDocument(env, 'dotenv')).writeMetadata({ mac: 'y' }));
    assert.equal(next, 'A=1\nsops_mac=y\nB=2\n');
  });

  it('is read as older releases wrote it, with nulls and empty lists, and keeps them', () => {
    const old: MetadataMap = { kms: [key], gcp_kms: null, azure_kv: [], hc_vault: null, age: [], lastmodified: 'x', mac: 'y', pgp: [], encrypted_regex: 'a', version: '3.9.0', shamir_threshold: 0 };
    const read = readMetadata(old);
    assert.deepEqual([read.groups.length, read.threshold, read.rule.name], [1, 1, 'encrypted_regex']);
    assert.deepEqual({ ...writeMetadata(read), shamir_threshold: 0 }, old);
  });

  it('takes the default rule when it names none, and does not write it then', () => {
    const read = readMetadata({ kms: [key], lastmodified: 'x', mac: 'y', version: '3.9.0' });
    assert.deepEqual(read.rule, { name: 'unencrypted_suffix', pattern: '_unencrypted' });
    assert.ok(!('unencrypted_suffix' in writeMetadata(read)));
  });

  const damaged: Record<string, MetadataMap> = {
    'no keys': { lastmodified: 'x', mac: 'y' },
    'no MAC': { kms: [key], lastmodified: 'x' },
    'no time': { kms: [key], mac: 'y' },
    'two rules': { kms: [key], lastmodified: 'x', mac: 'y', encrypted_regex: 'a', encrypted_suffix: 'b' },
    'a key without a whole ARN': { kms: [{ ...key, arn: 'alias/app' }], lastmodified: 'x', mac: 'y' },
  };
  for (const [what, tree] of Object.entries(damaged)) {
    it(`is refused with ${what}`, () => {
      assert.throws(() => readMetadata(tree), { code: 'SOPS_INVALID' });
    });
  }

  it('keeps a newer version than the one written here', () => {
    const versions = { '': '3.13.3', '3.9.4': '3.13.3', '3.13.3': '3.13.3', '3.14.0': '3.14.0', '4.0.0-rc1': '4.0.0-rc1', 'x': '3.13.3' };
    for (const [standing, written] of Object.entries(versions)) assert.equal(versionToWrite(standing), written, standing);
  });
});

describe('flat metadata', () => {
  const name = fc.constantFrom('a', 'b_c', 'd.e', 'f g');
  const tree = fc.letrec<{ node: MetadataMap[string]; map: MetadataMap }>((tie) => ({
    node: fc.oneof({ maxDepth: 3 }, fc.string(), tie('map'), fc.array(tie('node'), { minLength: 1, maxLength: 3 })),
    map: fc.dictionary(name, tie('node'), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
  }));
  it('keeps the tree', () => {
    fc.assert(
      fc.property(tree.map, (map) => {
        const flat = [...flattenMetadata(map)].map(([key_, value]) => [key_, String(value)] as const);
        assert.deepEqual(unflattenMetadata(flat), map);
      }),
    );
  });

  for (const keys of [['a', 'a'], ['a', 'a__map_b'], ['a__list_1'], ['a__list_0', 'a__map_b']]) {
    it(`is refused with the keys ${keys.join(' and ')}`, () => {
      assert.throws(() => unflattenMetadata(keys.map((each) => [each, 'x'])), { code: 'SOPS_INVALID' });
    });
  }
});
