import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { connect } from '../../src/aws/connect.ts';
import type { KeyService } from '../../src/core/kms/service/keyService.ts';
import { recogniseCiphertext } from '../../src/core/secrets/ciphertextToken.ts';
import { startEmulator, type EmulatorProcess } from '../emulator/emulatorProcess.ts';

const sample = fileURLToPath(new URL('../sample/', import.meta.url));

/** What a file of the sample service holds encrypted: everything that looks like the base64 of a KMS ciphertext. */
async function ciphertexts(file: string): Promise<readonly string[]> {
  return (await readFile(`${sample}workspace/${file}`, 'utf8')).match(/AQICAH[A-Za-z0-9+/=]+/g) ?? [];
}

describe('The sample service', () => {
  let emulator: EmulatorProcess;
  let service: KeyService;
  before(async () => {
    emulator = await startEmulator({ seed: `${sample}seed.yaml` });
    service = await connect({ kind: 'emulator', address: emulator.ready });
  });
  after(async () => {
    service.dispose();
    await emulator.stop();
  });

  it('holds only encrypted values that the sample keys decrypt', async () => {
    const entries = await readdir(`${sample}workspace`, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => `${parentPath}/${name}`);
    let decrypted = 0;
    for (const file of files) {
      for (const text of await ciphertexts(file.slice(`${sample}workspace/`.length))) {
        const token = recogniseCiphertext(text);
        assert.ok(token !== undefined, file);
        const { plaintext } = await service.decrypt('us-east-1', token.ciphertext, {}, new AbortController().signal);
        assert.match(new TextDecoder().decode(plaintext), /^(example|not-a-real)-/);
        decrypted += 1;
      }
    }
    assert.equal(decrypted, 7);
  });
});
