import assert from 'node:assert/strict';
import { applyEditsTo } from '../../../../src/core/secrets/transform.ts';
import { decryptBinary, encryptBinary, encryptBinaryAgain } from '../../../../src/core/secrets/sops/binaryFile.ts';
import { decryptFile } from '../../../../src/core/secrets/sops/decryptFile.ts';
import { editValues } from './editValues.ts';
import { sealEdited } from '../../../../src/core/secrets/sops/editing/editedText.ts';
import { encryptFile } from '../../../../src/core/secrets/sops/encryptFile.ts';
import { unlock } from '../../../../src/core/secrets/sops/file/unlock.ts';
import { resolveSealConflicts } from '../../../../src/core/secrets/sops/file/mergeConflicts.ts';
import { maybeSopsFile, readSopsFile } from '../../../../src/core/secrets/sops/readSopsFile.ts';
import { reseal } from '../../../../src/core/secrets/sops/reseal.ts';
import { rotateDataKey } from '../../../../src/core/secrets/sops/rotateDataKey.ts';
import { decryptValueAt, encryptValueAt, openValueAt } from '../../../../src/core/secrets/sops/singleValue.ts';
import { sopsFormatOf } from '../../../../src/core/secrets/sops/sopsFormat.ts';
import type { KmsKeyUse } from '../../../../src/core/secrets/sops/sopsPorts.ts';
import { additionalDataOf, sealText } from '../../../../src/core/secrets/sops/values/sealing.ts';
import { stringValue } from '../../../../src/core/secrets/sops/values/sopsValue.ts';
import { verifyMac } from '../../../../src/core/secrets/sops/verifyMac.ts';
import { startEmulatedKms, type EmulatedKms } from './emulatedKeys.ts';

const plaintext = `# the service
db:
  user: root     # not secret
  password: "hunter2"
  port: 5432
debug: true
empty:
`;
const rule = { name: 'encrypted_regex', pattern: '^(password|port|empty)$' } as const;

const tokenOf = (text: string, key: string) => new RegExp(`${key}: (ENC\\[.*?\\])`).exec(text)?.[1];

describe('SOPS operations', function () {
  this.timeout(60_000);
  let kms: EmulatedKms;
  let key: KmsKeyUse;
  let encrypted: string;
  before(async () => {
    kms = await startEmulatedKms();
    key = await kms.createKey();
    encrypted = (await encryptFile(plaintext, 'yaml', { groups: [{ kms: [key] }], rule }, kms.tools)).text;
  });
  after(() => kms.stop());

  it('encrypt in place, and write the sops part as SOPS does', () => {
    const masked = encrypted.replace(/ENC\[AES256_GCM,.*?type:(\w+)\]/g, '<$1>').replace(/enc: .*/, 'enc: <key>');
    assert.equal(
      masked,
      plaintext.replace('"hunter2"', '<str>').replace('5432', '<int>') +
        `sops:
    encrypted_regex: ^(password|port|empty)$
    kms:
        - arn: ${key.arn}
          aws_profile: ""
          created_at: "2026-02-03T04:05:06Z"
          enc: <key>
    lastmodified: "2026-02-03T04:05:06Z"
    mac: <str>
    version: 3.13.3
`,
    );
  });

  it('give edits that make the text they give', async () => {
    const { edits, text } = await encryptFile(plaintext, 'yaml', { groups: [{ kms: [key] }] }, kms.tools);
    assert.equal(applyEditsTo(plaintext, edits), text);
  });

  it('say what a file holds without a key', async () => {
    const { metadata, entries, otherKinds } = await readSopsFile(encrypted.replace(/5432|port: ENC.*/, 'port: 1'), 'yaml');
    assert.deepEqual(
      entries.map(({ keyPath, state, type }) => [keyPath.join('.'), state, type]),
      [
        ['db.user', 'plain', undefined],
        ['db.password', 'encrypted', 'str'],
        ['db.port', 'exposed', undefined],
        ['debug', 'plain', undefined],
        ['empty', 'empty', undefined],
      ],
    );
    assert.deepEqual(metadata.groups[0]?.kms.map(({ arn, region }) => [arn, region]), [[key.arn, 'us-east-1']]);
    assert.deepEqual([metadata.rule, metadata.version, otherKinds], [rule, '3.13.3', []]);
    assert.ok(maybeSopsFile(encrypted) && !maybeSopsFile(plaintext));
  });

  it('decrypt back to the same text but for the style of the values', async () => {
    const { text } = await decryptFile(encrypted, 'yaml', kms.tools);
    assert.equal(text, plaintext.replace('"hunter2"', 'hunter2'));
  });

  it('refuse to encrypt what is encrypted', async () => {
    await assert.rejects(encryptFile(encrypted, 'yaml', { groups: [{ kms: [key] }] }, kms.tools), { code: 'SOPS_INVALID' });
    const torn = encrypted.slice(0, encrypted.indexOf('sops:'));
    await assert.rejects(encryptFile(torn, 'yaml', { groups: [{ kms: [key] }], rule }, kms.tools), { code: 'SOPS_INVALID', message: /^db.password holds a SOPS token already/ });
  });

  it('refuse to read what is not encrypted', async () => {
    await assert.rejects(readSopsFile(plaintext, 'yaml'), { code: 'SOPS_INVALID', message: /no sops metadata/ });
  });

  describe('on values', () => {
    it('write the changed value, the MAC and the time alone', async () => {
      const later = { ...kms.tools, now: () => new Date('2027-01-01T00:00:00Z') };
      const { edits, text } = await editValues(encrypted, 'yaml', [{ keyPath: ['db', 'password'], value: stringValue('new') }], later);
      assert.equal(edits.length, 3);
      assert.notEqual(tokenOf(text, 'password'), tokenOf(encrypted, 'password'));
      assert.equal(tokenOf(text, 'port'), tokenOf(encrypted, 'port'));
      assert.match(text, /lastmodified: "2027-01-01T00:00:00Z"/);
      assert.equal((await decryptFile(text, 'yaml', kms.tools)).text, plaintext.replace('"hunter2"', 'new'));
    });

    it('write nothing when nothing changes', async () => {
      const same = [{ keyPath: ['db', 'password'], value: stringValue('hunter2') }];
      assert.deepEqual(await editValues(encrypted, 'yaml', same, kms.tools), { edits: [], text: encrypted });
    });

    it('encrypt an empty value that gets one, and empty an encrypted one', async () => {
      const { text } = await editValues(
        encrypted,
        'yaml',
        [{ keyPath: ['empty'], value: stringValue('x') }, { keyPath: ['db', 'password'], value: stringValue('') }, { keyPath: ['debug'], value: { type: 'bool', text: 'False' } }],
        kms.tools,
      );
      assert.match(text, /^empty: ENC\[/m);
      assert.match(text, /^ {2}password: ''$/m);
      assert.match(text, /^debug: false$/m);
    });

    it('name the key path that is not there', async () => {
      const change = [{ keyPath: ['db', 'hosts', 0], value: stringValue('x') }];
      await assert.rejects(editValues(encrypted, 'yaml', change, kms.tools), { code: 'NO_VALUE_HERE', message: /db\.hosts\[0\]/ });
    });

    it('decrypt and encrypt the one at the cursor', async () => {
      const at = (text: string, key_: string) => text.indexOf(`${key_}: `) + key_.length + 2;
      assert.deepEqual(await decryptValueAt(encrypted, 'yaml', at(encrypted, 'port'), kms.tools), { keyPath: ['db', 'port'], document: 0, value: { type: 'int', text: '5432' } });
      await assert.rejects(decryptValueAt(encrypted, 'yaml', at(encrypted, 'user'), kms.tools), { code: 'SOPS_INVALID' });
      await assert.rejects(decryptValueAt(encrypted, 'yaml', 0, kms.tools), { code: 'NO_VALUE_HERE' });
      const byHand = encrypted.replace(tokenOf(encrypted, 'port')!, '6000');
      const { text } = await encryptValueAt(byHand, 'yaml', at(byHand, 'port'), kms.tools);
      assert.equal((await decryptValueAt(text, 'yaml', at(text, 'port'), kms.tools)).value.text, '6000');
      const opened = await openValueAt(text, 'yaml', at(text, 'port'), kms.tools);
      assert.equal(opened.value.text, '6000');
      const set = await opened.change(stringValue('x'));
      assert.equal((await decryptValueAt(set.text, 'yaml', at(set.text, 'port'), kms.tools)).value.text, 'x');
      await assert.rejects(encryptValueAt(text, 'yaml', at(text, 'user'), kms.tools), { code: 'SOPS_UNSUPPORTED', message: /does not select the value on line 3/ });
    });

    it('take an integer of JSON for the same whether it was written as int or, before SOPS 3.13.2, as float', async () => {
      const { text } = await encryptFile('{"port": 5432.0, "name": "x"}', 'json', { groups: [{ kms: [key] }] }, kms.tools);
      assert.match(text, /"port": "ENC\[.*,type:float\]"/);
      const { text: plain } = await decryptFile(text, 'json', kms.tools);
      assert.equal(plain.replaceAll(/\s/g, ''), '{"port":5432,"name":"x"}');
      assert.deepEqual((await editValues(text, 'json', [{ keyPath: ['port'], value: { type: 'int', text: '5432' } }], kms.tools)).edits, []);
      const port = (json: string) => (JSON.parse(json) as { port: string }).port;
      assert.equal(port(await sealEdited(plain.replace('"x"', '"y"'), text, 'json', kms.tools)), port(text));
    });

    it('keep what did not change when an edited plaintext is encrypted again', async () => {
      const { text: plain } = await decryptFile(encrypted, 'yaml', kms.tools);
      const edited = plain.replace('5432', '5433\n  secret: {password: [a, a]}');
      const text = await sealEdited(edited, encrypted, 'yaml', kms.tools);
      assert.equal(tokenOf(text, 'password'), tokenOf(encrypted, 'password'));
      assert.notEqual(tokenOf(text, 'port'), tokenOf(encrypted, 'port'));
      const [first, second] = [...text.matchAll(/"(ENC\[.*?\])"/g)].map(([, token]) => token);
      assert.notEqual(first, second, 'new values have IVs of their own');
      const again = await sealEdited((await decryptFile(text, 'yaml', kms.tools)).text, text, 'yaml', kms.tools);
      assert.deepEqual([...again.matchAll(/"(ENC\[.*?\])"/g)].map(([, token]) => token), [first, second]);
    });
  });

  describe('on the data key', () => {
    it('encrypt everything anew', async () => {
      const { text } = await rotateDataKey(encrypted, 'yaml', kms.tools);
      for (const name of ['password', 'port', 'mac']) assert.notEqual(tokenOf(text, name), tokenOf(encrypted, name));
      assert.equal((await decryptFile(text, 'yaml', kms.tools)).text, (await decryptFile(encrypted, 'yaml', kms.tools)).text);
      assert.notEqual(/enc: (.*)/.exec(text)?.[1], /enc: (.*)/.exec(encrypted)?.[1]);
    });
  });

  it('make comments of what SOPS encrypted as comments, in their place or as items of a list', async () => {
    const { text } = await encryptFile('# head\nl:\n  - x\nm: []\n', 'yaml', { groups: [{ kms: [key] }] }, kms.tools);
    const { use } = await unlock(text, 'yaml', kms.tools);
    const seal = (comment: string, path: readonly string[]) => sealText(use, comment, 'comment', additionalDataOf(path));
    const asSops = text
      .replace('# head', `#${seal(' head', [])}`)
      .replace('l:\n', `l:\n  - ${seal(' one', ['l'])}\n`)
      .replace('m: []', `m:\n  - ${seal(' two', ['m'])}\n  - ${seal(' three', ['m'])}`);
    const rotated = (await rotateDataKey(asSops, 'yaml', kms.tools)).text;
    for (const each of [asSops, rotated]) {
      const decrypted = await decryptFile(each, 'yaml', kms.tools);
      assert.equal(decrypted.text, '# head\nl:\n  # one\n  - x\nm:\n  # two\n  # three\n    []\n');
    }
    const changed = asSops.replace(/(?<=m:\n {2}- ENC\[AES256_GCM,data:)./, (letter) => (letter === 'A' ? 'B' : 'A'));
    await assert.rejects(decryptFile(changed, 'yaml', kms.tools), { code: 'SOPS_INVALID', message: /comment on line 6/ });
  });

  describe('after a merge', () => {
    it('seal the file again', async () => {
      const merged = encrypted.replace('debug: true', 'debug: false');
      await assert.rejects(verifyMac(merged, 'yaml', kms.tools), { code: 'SOPS_MAC_MISMATCH' });
      const { text, edits } = await reseal(merged, 'yaml', kms.tools);
      assert.equal(edits.length, 1, 'the MAC alone, since the clock stands still here');
      await verifyMac(text, 'yaml', kms.tools);
    });

    it('put together values of two branches that share a data key', async () => {
      const ours = (await editValues(encrypted, 'yaml', [{ keyPath: ['db', 'password'], value: stringValue('ours') }], kms.tools)).text;
      const later = { ...kms.tools, now: () => new Date('2027-01-01T00:00:00Z') };
      const theirs = (await editValues(encrypted, 'yaml', [{ keyPath: ['db', 'port'], value: stringValue('theirs') }], later)).text;
      const seal = (text: string) => /^ {4}lastmodified:.*\n {4}mac:.*\n/m.exec(text)![0];
      const conflicted = ours
        .replace(tokenOf(ours, 'port')!, tokenOf(theirs, 'port')!)
        .replace(seal(ours), `<<<<<<< HEAD\n${seal(ours)}||||||| base\n${seal(encrypted)}=======\n${seal(theirs)}>>>>>>> branch\n`);
      const resolved = applyEditsTo(conflicted, resolveSealConflicts(conflicted));
      const { text } = await reseal(resolved, 'yaml', kms.tools);
      assert.equal((await decryptFile(text, 'yaml', kms.tools)).text, plaintext.replace('"hunter2"', 'ours').replace('5432', 'theirs'));
    });

    it('leave conflicts about values to the user', () => {
      assert.throws(() => resolveSealConflicts('a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n'), { code: 'SOPS_INVALID', message: /line 2/ });
      assert.deepEqual(resolveSealConflicts(encrypted), []);
    });

    it('do not take a ciphertext of another data key', async () => {
      const other = (await rotateDataKey(encrypted, 'yaml', kms.tools)).text;
      const mixed = encrypted.replace(tokenOf(encrypted, 'port')!, tokenOf(other, 'port')!);
      await assert.rejects(reseal(mixed, 'yaml', kms.tools), { code: 'SOPS_INVALID', message: /^db.port on line 5 cannot be decrypted/ });
    });
  });

  describe('on binary files', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => 255 - index);
    it('keep every byte, and the text when the bytes are the same', async () => {
      const text = await encryptBinary(bytes, { groups: [{ kms: [key] }] }, kms.tools);
      assert.deepEqual(await decryptBinary(text, kms.tools), bytes);
      assert.equal(await encryptBinaryAgain(bytes, text, kms.tools), text);
      const changed = await encryptBinaryAgain(Uint8Array.of(1), text, kms.tools);
      assert.deepEqual(await decryptBinary(changed, kms.tools), Uint8Array.of(1));
      assert.doesNotMatch(changed, /unencrypted_suffix/);
      assert.deepEqual(Object.keys(JSON.parse(changed) as object), ['data', 'sops']);
    });

    it('find a changed one', async () => {
      const text = await encryptBinary(bytes, { groups: [{ kms: [key] }], macOnlyEncrypted: true, indent: { json: 2 } }, kms.tools);
      assert.match(text, /^ {2}"data": "ENC/m);
      await assert.rejects(decryptBinary(text.replace(/data:./, 'data:!'), kms.tools), { code: 'SOPS_INVALID' });
      await assert.rejects(decryptBinary(text.replace(/"data": ".*"/, '"data": ""'), kms.tools), { code: 'SOPS_MAC_MISMATCH' });
      await assert.rejects(decryptBinary(text.replace('"data":', '"other":'), kms.tools), { code: 'SOPS_INVALID' });
    });
  });

  it('take the format from the end of the name, as SOPS does', () => {
    const formats = { 'a.yaml': 'yaml', 'a.yml': 'yaml', 'a.json': 'json', '.env': 'dotenv', 'prod.env': 'dotenv', '.env.local': 'binary', 'a.ini': 'ini', 'a.toml': 'binary' };
    for (const [name, format] of Object.entries(formats)) assert.equal(sopsFormatOf(name), format, name);
  });
});
