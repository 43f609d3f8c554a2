import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KmsExplorerError } from '../../../../src/core/kms/errorCode.ts';
import { addKey, updateKeys } from '../../../../src/core/secrets/sops/changeKeys.ts';
import { decryptBinary, encryptBinary, encryptBinaryAgain } from '../../../../src/core/secrets/sops/binaryFile.ts';
import { creationRuleFor, planOf, readSopsConfig } from '../../../../src/core/secrets/sops/config/sopsConfig.ts';
import { decryptFile } from '../../../../src/core/secrets/sops/decryptFile.ts';
import { editValues } from './editValues.ts';
import { openForEditing, sealEdited } from '../../../../src/core/secrets/sops/editing/editedText.ts';
import { encryptFile, type EncryptionPlan } from '../../../../src/core/secrets/sops/encryptFile.ts';
import { reseal } from '../../../../src/core/secrets/sops/reseal.ts';
import { rotateDataKey } from '../../../../src/core/secrets/sops/rotateDataKey.ts';
import { readSopsDocument } from '../../../../src/core/secrets/sops/sopsFormat.ts';
import type { KmsKeyUse } from '../../../../src/core/secrets/sops/sopsPorts.ts';
import { formatGoFloat } from '../../../../src/core/secrets/sops/values/goNumber.ts';
import { stringValue, type SopsValue } from '../../../../src/core/secrets/sops/values/sopsValue.ts';
import { verifyMac } from '../../../../src/core/secrets/sops/verifyMac.ts';
import { startEmulatedKms, type EmulatedKms } from './emulatedKeys.ts';
import { generatedFile } from './generatedFiles.ts';
import { haveSops, sopsCommand, sopsVersion, type SopsCommand } from './sopsCommand.ts';

type TextFormat = 'yaml' | 'json' | 'dotenv' | 'ini';

interface Sample {
  readonly format: TextFormat;
  readonly fileName: string;
  readonly text: string;
  /** The key path of a secret that is edited. */
  readonly keyPath: readonly (string | number)[];
}

const yamlText = `# head
db:
    host: localhost   # where
    "password": "pa: ss"
    ports: [1, 0x1F, 017, {n: 1.50}]
    cert: |
        line 1

        line 2
    folded: >-
        a
        b
    since: 2001-12-14
    on: yes
    nothing: null
    empty: ""
list:
    # of things
    - one # first
    - two: 'it''s'
    - - 1_000
      - .inf
plain_unencrypted: 5
last: -1e-7
# end
`;

const samples: readonly Sample[] = [
  { format: 'yaml', fileName: 'a.yaml', text: yamlText, keyPath: ['db', 'password'] },
  {
    format: 'json',
    fileName: 'a.json',
    text: '{\n  "db": {"user": "root", "port": 5432, "ratio": 1.10, "big": 9007199254740993, "on": true, "none": null, "empty": ""},\n  "list": ["a", {"b": 2.5}, []],\n  "c_unencrypted": "<&>"\n}\n',
    keyPath: ['list', 1, 'b'],
  },
  { format: 'dotenv', fileName: 'a.env', text: '# comment\nA=1\nB="quoted # x"\nEMPTY=\n\nexport C=l1\\nl2\nD_unencrypted=x\n', keyPath: ['B'] },
  {
    format: 'ini',
    fileName: 'a.ini',
    text: '; top\nglobal=1\n\n[sec]\n; c1\nuser = "quoted"\npass=abc ; inline\nml="""a\nb"""\nempty=\n# foo\nnum=10\n[sec2]\nk: v\n',
    keyPath: ['sec', 'pass'],
  },
];

/** The values of a plaintext as SOPS sees them: what must be the same whoever wrote the text. */
async function valuesOf(text: string, format: TextFormat): Promise<readonly (readonly [readonly string[], SopsValue])[]> {
  const { leaves } = await readSopsDocument(text, format);
  return leaves.map(({ path, value }) => [path, value] as const);
}

/** Until 3.13.2 sops read every number of a JSON file as a float of 64 bits (getsops/sops, pull request 2222). */
const keepsIntegers = haveSops && isAtLeast(sopsVersion(), [3, 13, 2]);

function isAtLeast(version: readonly number[], wanted: readonly number[]): boolean {
  const differing = wanted.findIndex((number, index) => number !== version[index]);
  return differing === -1 || (version[differing] ?? 0) > (wanted[differing] ?? 0);
}

function roundedAsFloats(values: Awaited<ReturnType<typeof valuesOf>>): Awaited<ReturnType<typeof valuesOf>> {
  return values.map(([path, value]) => [path, value.type === 'int' ? { type: 'int', text: formatGoFloat(Number(value.text)) } : value]);
}

describe('the real sops', function () {
  this.timeout(120_000);
  let kms: EmulatedKms;
  let sops: SopsCommand;
  let near: KmsKeyUse;
  let far: KmsKeyUse;
  before(async function () {
    if (!haveSops) this.skip();
    kms = await startEmulatedKms();
    sops = sopsCommand(kms.emulator);
    near = await kms.createKey();
    far = { ...(await kms.createKey('eu-west-1')), encryptionContext: { App: 'shop', Stage: 'test' } };
  });
  after(async () => {
    if (!haveSops) return;
    sops.remove();
    await kms.stop();
  });

  const plans: Record<string, () => EncryptionPlan> = {
    'one key': () => ({ groups: [{ kms: [near] }] }),
    'keys in two Regions, one with an encryption context': () => ({ groups: [{ kms: [far, near] }] }),
    'two of three key groups': () => ({ groups: [{ kms: [near] }, { kms: [far] }, { kms: [near, far] }], threshold: 2 }),
    'a MAC over the encrypted values alone': () => ({
      groups: [{ kms: [near] }],
      macOnlyEncrypted: true,
      rule: { name: 'encrypted_regex', pattern: '(?i)^(DB|B|SEC|list|C)$' },
    }),
  };

  for (const { format, fileName, text, keyPath } of samples) {
    for (const [name, plan] of Object.entries(plans)) {
      it(`decrypts ${format} that was encrypted for ${name}, and after each kind of change`, async () => {
        const check = async (encrypted: string, expected: string) => {
          const decrypted = sops.run(fileName, encrypted, 'decrypt').toString();
          assert.deepEqual(await valuesOf(decrypted, format), await valuesOf(expected, format));
          return encrypted;
        };
        const encrypted = await check((await encryptFile(text, format, plan(), kms.tools)).text, text);
        assert.deepEqual(await valuesOf((await decryptFile(encrypted, format, kms.tools)).text, format), await valuesOf(text, format));
        const edit = [{ keyPath, value: stringValue('changed: "x" # \'') }];
        const edited = await editValues(encrypted, format, edit, kms.tools);
        const plain = (await decryptFile(edited.text, format, kms.tools)).text;
        await check(edited.text, plain);
        await check((await rotateDataKey(edited.text, format, kms.tools)).text, plain);
        await check((await reseal(edited.text, format, kms.tools)).text, plain);
        await check((await updateKeys(edited.text, format, [{ kms: [near] }, { kms: [far] }], 2, kms.tools)).text, plain);
        await check(await sealEdited(plain, encrypted, format, kms.tools), plain);
      });
    }

    it(`writes ${format} that is decrypted, edited and decrypted by sops again`, async () => {
      sops.writeConfig(`creation_rules:\n  - key_groups:\n      - kms:\n          - arn: ${near.arn}\n      - kms:\n          - arn: ${far.arn}\n            context: { App: shop, Stage: test }\n`);
      const written = sops.run(fileName, text, 'encrypt').toString();
      await verifyMac(written, format, kms.tools);
      const theirs = await valuesOf(sops.run(fileName, written, 'decrypt').toString(), format);
      assert.deepEqual(await valuesOf((await decryptFile(written, format, kms.tools)).text, format), theirs);
      assert.deepEqual(theirs, keepsIntegers || format !== 'json' ? await valuesOf(text, format) : roundedAsFloats(await valuesOf(text, format)));
      const edited = await editValues(written, format, [{ keyPath, value: stringValue('new') }], kms.tools);
      assert.ok(edited.edits.length <= 3, 'the value, the MAC and the time');
      const { text: plain } = await decryptFile(edited.text, format, kms.tools);
      assert.deepEqual(await valuesOf(sops.run(fileName, edited.text, 'decrypt').toString(), format), await valuesOf(plain, format));
      const again = sops.change(fileName, edited.text, 'rotate', '--in-place');
      assert.deepEqual(await valuesOf((await decryptFile(again, format, kms.tools)).text, format), await valuesOf(plain, format));
      const shared = await addKey(again, format, 0, { ...far, encryptionContext: {} }, kms.tools);
      sops.run(fileName, shared.text, 'decrypt');
    });
  }

  const names = { yaml: 'a.yaml', json: 'a.json', dotenv: 'a.env', ini: 'a.ini' };

  it('reads whatever files as we do: its MAC and its values are ours', async () => {
    sops.writeConfig(`creation_rules:\n  - kms: ${near.arn}\n    unencrypted_regex: k3|b|n2\n`);
    await fc.assert(
      fc.asyncProperty(generatedFile, async ({ text, format }) => {
        const encrypted = sops.run(names[format], text, 'encrypt').toString();
        await verifyMac(encrypted, format, kms.tools);
        const { text: decrypted } = await decryptFile(encrypted, format, kms.tools);
        // Whole floats that are not encrypted become integers when sops prints them.
        const plainOf = async (content: string) => (await valuesOf(content, format)).map(([path, { text: each }]) => [path, Number(each) === 0 ? '0' : each]);
        assert.deepEqual(await plainOf(decrypted), await plainOf(text), encrypted);
      }),
      { numRuns: 60 },
    );
  });

  it('decrypts whatever files we encrypt, to the same values', async () => {
    await fc.assert(
      fc.asyncProperty(generatedFile, async ({ text, format }) => {
        const plan: EncryptionPlan = { groups: [{ kms: [near] }], rule: { name: 'unencrypted_regex', pattern: 'k3|b|n2' } };
        const encrypted = await encryptFile(text, format, plan, kms.tools).catch((error: unknown) => error);
        if (encrypted instanceof KmsExplorerError) return;
        const change = encrypted as Awaited<ReturnType<typeof encryptFile>>;
        const decrypted = sops.run(names[format], change.text, 'decrypt').toString();
        // Whole floats become integers when sops prints them, and it drops the last line breaks of what it prints.
        const plainOf = async (content: string) => (await valuesOf(content, format)).map(([path, { text: each }]) => [path, Number(each) === 0 ? '0' : each]);
        assert.deepEqual(await plainOf(decrypted), await plainOf(text), change.text);
      }),
      { numRuns: 60 },
    );
  });

  it('decrypts binary files, and writes them for us', async () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, index) => index % 256);
    const encrypted = await encryptBinary(bytes, { groups: [{ kms: [near] }] }, kms.tools);
    assert.deepEqual(new Uint8Array(sops.run('a.bin', encrypted, 'decrypt')), bytes);
    const again = await encryptBinaryAgain(bytes.subarray(7), encrypted, kms.tools);
    assert.deepEqual(new Uint8Array(sops.run('a.bin', again, 'decrypt')), bytes.subarray(7));
    sops.writeConfig(`creation_rules:\n  - kms: ${near.arn}\n`);
    assert.deepEqual(await decryptBinary(sops.run('a.bin', bytes, 'encrypt').toString(), kms.tools), bytes);
    const empty = await encryptBinary(new Uint8Array(), { groups: [{ kms: [near] }] }, kms.tools);
    assert.equal(sops.run('a.bin', empty, 'decrypt').length, 0);
  });

  for (const [format, fileName, text, edit] of [
    ['yaml', 'comments.yaml', '# top\na: one\nmap:\n  # inner\n  b: two\n  # foot\nlist:\n  - x\n  - y: z\n', (shown: string) => shown.replace('# inner', '# changed').replace('a: one', '# added over a\na: one').replace('b: two', '# added in map\n    b: two').replace(/$/, '# added at the end\n')],
    ['dotenv', 'comments.env', '# top\nA=one\n# over B\nB=two\n', (shown: string) => shown.replace('# over B', '# changed').replace('A=one', '# added\nA=one')],
  ] as const) {
    it(`reads the comments of ${format} that were edited here in a file that it encrypted`, async () => {
      const stored = sops.run(fileName, text, 'encrypt', '--kms', near.arn).toString();
      const { text: shown } = await openForEditing(stored, format, kms.tools);
      assert.doesNotMatch(shown, /ENC\[/);
      const edited = edit(shown);
      const saved = await sealEdited(edited, stored, format, kms.tools);
      const decrypted = sops.run(fileName, saved, 'decrypt').toString();
      assert.doesNotMatch(decrypted, /ENC\[/);
      const comments = (whole: string) => [...whole.matchAll(/# ?([a-z A-Z]+)/g)].map(([, words = '']) => words.trim()).sort();
      assert.deepEqual(comments(decrypted), comments(edited));
      assert.equal(saved.match(/type:comment/g)?.length, comments(edited).length);
    });
  }

  const commented: readonly (readonly [TextFormat, string, string])[] = [
    ['dotenv', 'a.env', 'A=1\n# secret\nB=2\nC=3\n# other\n# secret\n\nD=4\nE=5\n'],
    ['ini', 'a.ini', 'a=1\n; secret\nb=2\nc=3\nd=4 ; secret\ne=5\n; secret\n[s]\nf=6\ng=7\n'],
  ];
  for (const [format, fileName, text] of commented) {
    it(`selects the same values of ${format} by their comments`, async () => {
      sops.writeConfig(`creation_rules:\n  - kms: ${near.arn}\n    encrypted_comment_regex: secret\n`);
      const plan: EncryptionPlan = { groups: [{ kms: [near] }], rule: { name: 'encrypted_comment_regex', pattern: 'secret' } };
      const ours = (await encryptFile(text, format, plan, kms.tools)).text;
      const encryptedKeys = async (content: string) =>
        (await readSopsDocument(content, format)).leaves.filter(({ value }) => value.text.startsWith('ENC[')).map(({ path }) => path);
      const theirs = await encryptedKeys(sops.run(fileName, text, 'encrypt').toString());
      assert.ok(theirs.length > 0);
      assert.deepEqual(await encryptedKeys(ours), theirs);
      assert.deepEqual(await valuesOf(sops.run(fileName, ours, 'decrypt').toString(), format), await valuesOf(text, format));
    });
  }

  const rules: Record<string, string> = {
    'a suffix of what stays plain': 'unencrypted_suffix: _plain',
    'a suffix of what is encrypted': 'encrypted_suffix: _enc',
    'an expression for what stays plain': 'unencrypted_regex: (?i)^PUB',
    'an expression for what is encrypted': 'encrypted_regex: "^(data|x_enc)$"',
    'comments on what stays plain': 'unencrypted_comment_regex: "^ plain"',
    'comments on what is encrypted': 'encrypted_comment_regex: "^ secret"',
  };
  const ruled = `a_plain: 1
b_enc: 2
Public: 3
# secret
c: 4
data:
    # plain
    d: 5
    e: 6
    # secret at the end of the inner mapping
f: 7 # secret
# plain and nested
g:
    h: [1, 2]
    x_enc: 8

# secret with a gap

i: 9
j:
- 1
# secret
- 2
- k: 1
  # secret
  l: 2
  m: 3 # plain
n: 10
`;
  for (const [name, rule] of Object.entries(rules)) {
    it(`selects the same values by ${name}`, async () => {
      const config = `creation_rules:\n  - path_regex: \\.yaml$\n    kms: ${near.arn}\n    ${rule}\n`;
      sops.writeConfig(config);
      const creationRule = await creationRuleFor(readSopsConfig(config), 'a.yaml');
      const ours = (await encryptFile(ruled, 'yaml', planOf(creationRule!, {}), kms.tools)).text;
      const theirs = sops.run('a.yaml', ruled, 'encrypt').toString();
      const encryptedKeys = async (text: string) => {
        const { leaves } = await readSopsDocument(text, 'yaml');
        return leaves.filter(({ value }) => value.text.startsWith('ENC[') && !value.text.endsWith('type:comment]')).map(({ path }) => path);
      };
      assert.deepEqual(await encryptedKeys(ours), await encryptedKeys(theirs));
      assert.deepEqual(await valuesOf(sops.run('a.yaml', ours, 'decrypt').toString(), 'yaml'), await valuesOf(ruled, 'yaml'));
      assert.deepEqual(await valuesOf((await decryptFile(theirs, 'yaml', kms.tools)).text, 'yaml'), await valuesOf(ruled, 'yaml'));
    });
  }
});
