import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KmsExplorerError } from '../../../../src/core/kms/errorCode.ts';
import { encryptFile } from '../../../../src/core/secrets/sops/encryptFile.ts';
import { verifyMac } from '../../../../src/core/secrets/sops/verifyMac.ts';
import { startEmulatedKms, type EmulatedKms } from './emulatedKeys.ts';

const plaintext = `user: root
password: hunter2
port: 5432
debug_unencrypted: no
list: [a, b]
nested:
    user: other
`;

/** One line of the encrypted file changed, and what it is found by. */
interface Tampering {
  readonly change: (text: string) => string;
  readonly code: 'SOPS_MAC_MISMATCH' | 'SOPS_INVALID';
  readonly message?: RegExp;
}

const token = (text: string, key: string) => new RegExp(`(?<=^ *${key}: ).*`, 'm').exec(text)![0];
const swap = (text: string, a: string, b: string) => text.replace(a, '\0').replace(b, a).replace('\0', b);
/** Replaces one character of the base64 after `data:`, `iv:` or `tag:`. */
const flip = (text: string, key: string, part: string) =>
  text.replace(token(text, key), (whole) => whole.replace(new RegExp(`(?<=${part}:)(.)`), (character) => (character === 'A' ? 'B' : 'A')));

const tamperings: Record<string, Tampering> = {
  'the data of a value': { change: (text) => flip(text, 'password', 'data'), code: 'SOPS_INVALID', message: /^password on line 2 cannot be decrypted/ },
  'the IV of a value': { change: (text) => flip(text, 'password', 'iv'), code: 'SOPS_INVALID' },
  'the tag of a value': { change: (text) => flip(text, 'password', 'tag'), code: 'SOPS_INVALID' },
  'the type of a value to one it cannot have': {
    change: (text) => text.replace(token(text, 'password'), (whole) => whole.replace('type:str', 'type:int')),
    code: 'SOPS_INVALID',
    message: /^password on line 2 decrypts to bytes that are not of its type/,
  },
  'two values swapped': {
    change: (text) => swap(text, token(text, 'user'), token(text, 'password')),
    code: 'SOPS_INVALID',
    message: /^user on line 1 cannot be decrypted/,
  },
  'two items of a list swapped': {
    change: (text) => {
      const [first, second] = [...text.matchAll(/"ENC\[[^\]]*\]"/g)].map(([match]) => match) as [string, string];
      return swap(text, first, second);
    },
    code: 'SOPS_MAC_MISMATCH',
  },
  'a value moved to another key': { change: (text) => text.replace(/^password:/m, 'secret:'), code: 'SOPS_INVALID' },
  'a value left out': { change: (text) => text.replace(/^password:.*\n/m, ''), code: 'SOPS_MAC_MISMATCH' },
  'a value written twice': { change: (text) => text.replace(/("ENC\[.*?\]")/, '$1, $1'), code: 'SOPS_MAC_MISMATCH' },
  'two lines in another order': { change: (text) => text.replace(/^(user:.*\n)(password:.*\n)/m, '$2$1'), code: 'SOPS_MAC_MISMATCH' },
  'an encrypted value in the clear': {
    change: (text) => text.replace(token(text, 'password'), 'guessed'),
    code: 'SOPS_INVALID',
    message: /^password on line 2 is not encrypted, although the rule of the file selects it/,
  },
  'a value that was never encrypted': { change: (text) => text.replace('debug_unencrypted: no', 'debug_unencrypted: yes'), code: 'SOPS_MAC_MISMATCH' },
  'a plain value added': { change: (text) => `more_unencrypted: 1\n${text}`, code: 'SOPS_MAC_MISMATCH' },
  'a value emptied': { change: (text) => text.replace(token(text, 'password'), '""'), code: 'SOPS_MAC_MISMATCH' },
  'the MAC': { change: (text) => flip(text, 'mac', 'data'), code: 'SOPS_MAC_MISMATCH', message: /its MAC or the time of its last change was edited/ },
  'the time of the last change': { change: (text) => text.replace(/(?<=lastmodified: "2026-02-03T04:05:)06/, '07'), code: 'SOPS_MAC_MISMATCH' },
  'what the MAC covers': { change: (text) => text.replace('    version:', '    mac_only_encrypted: true\n    version:'), code: 'SOPS_MAC_MISMATCH' },
};

describe('a change without SOPS', function () {
  let kms: EmulatedKms;
  let text: string;
  let other: string;
  before(async () => {
    kms = await startEmulatedKms();
    const plan = { groups: [{ kms: [await kms.createKey()] }] };
    text = (await encryptFile(plaintext, 'yaml', plan, kms.tools)).text;
    other = (await encryptFile(plaintext, 'yaml', plan, kms.tools)).text;
  });
  after(() => kms.stop());

  for (const [name, { change, code, message }] of Object.entries(tamperings)) {
    it(`is found: ${name}`, async () => {
      const changed = change(text);
      assert.notEqual(changed, text);
      await assert.rejects(verifyMac(changed, 'yaml', kms.tools), (error: unknown) => {
        assert.ok(error instanceof KmsExplorerError);
        assert.equal(error.code, code, error.message);
        assert.match(error.message, message ?? /./);
        assert.doesNotMatch(error.message, /hunter2|guessed/);
        return true;
      });
    });
  }

  it('is found: a value from another file', async () => {
    const changed = text.replace(token(text, 'password'), token(other, 'password'));
    await assert.rejects(verifyMac(changed, 'yaml', kms.tools), { code: 'SOPS_INVALID' });
  });

  it('is found: the data key of another file', async () => {
    const changed = text.replace(token(text, 'enc'), token(other, 'enc'));
    await assert.rejects(verifyMac(changed, 'yaml', kms.tools), { code: 'SOPS_INVALID' });
  });

  it('is found wherever a character of a token changes', async () => {
    const places = [...text.matchAll(/(?:data|iv|tag):[A-Za-z0-9+/]*/g)].flatMap((match) => {
      const start = match.index + match[0].indexOf(':') + 1;
      return Array.from({ length: match[0].length - match[0].indexOf(':') - 2 }, (_, index) => start + index);
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), async (at) => {
        const changed = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
        await assert.rejects(verifyMac(changed, 'yaml', kms.tools));
      }),
    );
  });

  it('is none when a comment, an empty line or the layout changes', async () => {
    const changed = `# a comment\n\n${text.replace('nested:', 'nested:   # more\n')}`;
    await verifyMac(changed, 'yaml', kms.tools);
  });

  it('may touch what is not encrypted in a file whose MAC covers the encrypted values alone', async () => {
    const plan = { groups: [{ kms: [await kms.createKey()] }], macOnlyEncrypted: true };
    const { text: partial } = await encryptFile(plaintext, 'yaml', plan, kms.tools);
    await verifyMac(partial.replace('debug_unencrypted: no', 'debug_unencrypted: yes'), 'yaml', kms.tools);
    await assert.rejects(verifyMac(partial.replace(/^password:.*\n/m, ''), 'yaml', kms.tools), { code: 'SOPS_MAC_MISMATCH' });
  });
});
