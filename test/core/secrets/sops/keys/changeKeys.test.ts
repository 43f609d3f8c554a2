import assert from 'node:assert/strict';
import { addKey, keyUse, removeKey, updateKeys } from '../../../../../src/core/secrets/sops/changeKeys.ts';
import { decryptFile } from '../../../../../src/core/secrets/sops/decryptFile.ts';
import { editValues } from '../editValues.ts';
import { encryptFile } from '../../../../../src/core/secrets/sops/encryptFile.ts';
import { KmsExplorerError } from '../../../../../src/core/kms/errorCode.ts';
import { readSopsFile } from '../../../../../src/core/secrets/sops/readSopsFile.ts';
import { rotateDataKey } from '../../../../../src/core/secrets/sops/rotateDataKey.ts';
import type { KmsKeyUse, SopsKeys, SopsTools } from '../../../../../src/core/secrets/sops/sopsPorts.ts';
import { stringValue } from '../../../../../src/core/secrets/sops/values/sopsValue.ts';
import { startEmulatedKms, type EmulatedKms } from '../emulatedKeys.ts';

const plaintext = 'a: hunter2\n';

describe('the keys of a SOPS file', function () {
  let kms: EmulatedKms;
  let near: KmsKeyUse;
  let far: KmsKeyUse;
  let third: KmsKeyUse;
  before(async () => {
    kms = await startEmulatedKms();
    near = await kms.createKey();
    far = { ...(await kms.createKey('eu-west-1')), encryptionContext: { App: 'shop' } };
    third = await kms.createKey('ap-southeast-2');
  });
  after(() => kms.stop());

  /** KMS as someone sees it who may use these keys alone, and the ARNs that were asked for. */
  function only(...allowed: readonly KmsKeyUse[]): SopsTools & { readonly asked: string[] } {
    const asked: string[] = [];
    const keys: SopsKeys = {
      encryptDataKey: (use, plain) => kms.keys.encryptDataKey(use, plain),
      async decryptDataKey(use, ciphertext) {
        asked.push(use.arn);
        if (allowed.some(({ arn }) => arn === use.arn)) return kms.keys.decryptDataKey(use, ciphertext);
        throw new KmsExplorerError('ACCESS_DENIED', 'KMS denied access.');
      },
    };
    return { ...kms.tools, keys, asked };
  }

  const encrypt = async (...groups: readonly (readonly KmsKeyUse[])[]) =>
    (await encryptFile(plaintext, 'yaml', { groups: groups.map((each) => ({ kms: each })), threshold: Math.min(groups.length, 2) }, kms.tools)).text;
  const decrypt = async (text: string, tools: SopsTools) => (await decryptFile(text, 'yaml', tools)).text;

  it('decrypt each on its own, and are tried in their order until one does', async () => {
    const text = await encrypt([near, far, third]);
    for (const key of [near, far, third]) assert.equal(await decrypt(text, only(key)), plaintext);
    const tools = only(far, third);
    await decrypt(text, tools);
    assert.deepEqual(tools.asked, [near.arn, far.arn]);
  });

  it('say why each of them failed, and never what they hold', async () => {
    const text = await encrypt([near, far]);
    await assert.rejects(decrypt(text, only()), (error: unknown) => {
      assert.ok(error instanceof KmsExplorerError);
      assert.equal(error.code, 'SOPS_NO_KEY');
      for (const { arn } of [near, far]) assert.ok(error.message.includes(`${arn}: KMS denied access.`));
      return true;
    });
  });

  it('need their encryption context', async () => {
    const text = await encrypt([far]);
    await assert.rejects(decrypt(text.replace('App: shop', 'App: other'), kms.tools), { code: 'SOPS_NO_KEY' });
  });

  it('stop at once when the user cancels', async () => {
    const text = await encrypt([near, far]);
    const keys: SopsKeys = { ...kms.keys, decryptDataKey: () => Promise.reject(new KmsExplorerError('CANCELLED', 'Cancelled.')) };
    await assert.rejects(decrypt(text, { ...kms.tools, keys }), { code: 'CANCELLED' });
  });

  it('decrypt with the encryption context as SOPS before 3.3.0 mixed it up', async () => {
    const mixed = { ...near, encryptionContext: { App: 'shop', Stage: 'shop' } };
    const text = (await encrypt([mixed])).replace('Stage: shop', 'Stage: test');
    await assert.rejects(decrypt(text, kms.tools), { code: 'SOPS_NO_KEY' });
    assert.equal(await decrypt(text.replace(/version: .*/, 'version: 3.2.0'), kms.tools), plaintext);
  });

  describe('in groups', () => {
    it('decrypt when the threshold is reached, and not before', async () => {
      const text = await encrypt([near], [far], [third]);
      for (const pair of [[near, far], [far, third], [near, third]]) assert.equal(await decrypt(text, only(...pair)), plaintext);
      for (const single of [near, far, third]) {
        await assert.rejects(decrypt(text, only(single)), { code: 'SOPS_NO_KEY', message: /2 of its 3 key groups are needed, and 1 can be used/ });
      }
    });

    it('ask KMS no more than they must', async () => {
      const tools = only(near, far, third);
      await decrypt(await encrypt([near], [far], [third]), tools);
      assert.equal(tools.asked.length, 2);
    });

    it('take another key into one of them', async () => {
      const { text } = await addKey(await encrypt([near], [far]), 'yaml', 1, third, kms.tools);
      assert.equal(await decrypt(text, only(near, third)), plaintext);
    });

    it('are refused when the threshold cannot be', async () => {
      const groups = [{ kms: [near] }, { kms: [far] }];
      for (const threshold of [1, 3]) {
        await assert.rejects(encryptFile(plaintext, 'yaml', { groups, threshold }, kms.tools), { code: 'SOPS_INVALID' });
      }
      await assert.rejects(encryptFile(plaintext, 'yaml', { groups: [{ kms: [near] }, { kms: [] }] }, kms.tools), { code: 'SOPS_INVALID' });
    });
  });

  it('get one more, which decrypts what was there', async () => {
    const before = await encrypt([near]);
    const { text } = await addKey(before, 'yaml', 0, far, kms.tools);
    assert.equal(await decrypt(text, only(far)), plaintext);
    assert.equal(text.slice(0, text.indexOf('sops:')), before.slice(0, before.indexOf('sops:')));
    assert.equal(/mac: .*/.exec(text)?.[0], /mac: .*/.exec(before)?.[0]);
    await assert.rejects(addKey(text, 'yaml', 0, far, kms.tools), { code: 'SOPS_INVALID' });
    await assert.rejects(addKey(text, 'yaml', 1, third, kms.tools), { code: 'SOPS_INVALID' });
  });

  it('lose one, but not the last', async () => {
    const { text } = await removeKey(await encrypt([near, far]), 'yaml', 0, near.arn, kms.tools);
    assert.ok(!text.includes(near.arn));
    await assert.rejects(removeKey(text, 'yaml', 0, near.arn, kms.tools), { code: 'SOPS_INVALID' });
    await assert.rejects(removeKey(text, 'yaml', 0, far.arn, kms.tools), { code: 'SOPS_INVALID' });
  });

  it('are replaced by others, in one group or in several', async () => {
    const before = await encrypt([near, far]);
    const one = await updateKeys(before, 'yaml', [{ kms: [third, far] }], undefined, kms.tools);
    assert.equal(await decrypt(one.text, only(third)), plaintext);
    assert.ok(!one.text.includes(near.arn));
    const kept = before.split('enc: ').at(-1)!.split('\n')[0]!;
    assert.ok(one.text.includes(kept), 'the key that stays keeps its ciphertext');
    const two = await updateKeys(one.text, 'yaml', [{ kms: [near] }, { kms: [third] }], undefined, kms.tools);
    assert.equal(await decrypt(two.text, only(near, third)), plaintext);
    await assert.rejects(decrypt(two.text, only(near)), { code: 'SOPS_NO_KEY' });
    const back = await updateKeys(two.text, 'yaml', [{ kms: [far] }], undefined, kms.tools);
    assert.equal(await decrypt(back.text, only(far)), plaintext);
    assert.doesNotMatch(back.text, /key_groups|shamir/);
  });

  it('are whole ARNs', () => {
    for (const arn of ['alias/app', '1234abcd-12ab-34cd-56ef-1234567890ab', 'arn:aws:s3:::bucket', '']) {
      assert.throws(() => keyUse(arn), { code: 'SOPS_INVALID' }, arn);
    }
    assert.equal(keyUse('arn:aws-us-gov:kms:us-gov-west-1:111122223333:alias/app').region, 'us-gov-west-1');
  });

  describe('that are not in KMS', () => {
    const age = '    age:\n        - recipient: age1qx\n          enc: |\n            -----BEGIN AGE ENCRYPTED FILE-----\n            abc\n            -----END AGE ENCRYPTED FILE-----\n          future: kept\n';
    let mixed: string;
    before(async () => {
      mixed = (await encrypt([near])).replace('sops:\n', `sops:\n${age}    pgp: null\n    gcp_kms: []\n    future: {a: [1, x]}\n`);
    });

    it('are reported and kept as they are', async () => {
      const overview = await readSopsFile(mixed, 'yaml');
      assert.deepEqual(overview.otherKinds, ['age']);
      assert.deepEqual(overview.metadata.groups[0]?.others.map(({ kind, name }) => [kind, name]), [['age', 'age1qx']]);
      const edited = await editValues(mixed, 'yaml', [{ keyPath: ['a'], value: stringValue('new') }], kms.tools);
      assert.ok(edited.text.includes(age));
      const { text } = await addKey(mixed, 'yaml', 0, far, kms.tools);
      const { metadata } = await readSopsFile(text, 'yaml');
      assert.deepEqual(metadata.source['age'], overview.metadata.source['age']);
      assert.deepEqual([metadata.source['future'], metadata.source['pgp'], metadata.source['gcp_kms']], [{ a: [1, 'x'] }, null, []]);
    });

    it('stay when all KMS keys are replaced', async () => {
      const { text } = await updateKeys(mixed, 'yaml', [{ kms: [far] }], undefined, kms.tools);
      assert.deepEqual((await readSopsFile(text, 'yaml')).otherKinds, ['age']);
    });

    it('cannot follow a new data key or other groups', async () => {
      await assert.rejects(rotateDataKey(mixed, 'yaml', kms.tools), { code: 'SOPS_UNSUPPORTED', message: /\(age\)/ });
      await assert.rejects(updateKeys(mixed, 'yaml', [{ kms: [near] }, { kms: [far] }], 2, kms.tools), { code: 'SOPS_UNSUPPORTED' });
    });

    it('are named when no KMS key decrypts the file', async () => {
      await assert.rejects(decrypt(mixed, only()), { code: 'SOPS_NO_KEY', message: /keys of other kinds \(age\)/ });
    });
  });
});
