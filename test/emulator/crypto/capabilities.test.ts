import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { nativeCrypto, probeNativeCrypto } from '../../../src/emulator/crypto/capabilities.ts';
import { boringCrypto, noNativeCrypto } from '../support/runtimes.ts';

describe('The probe of the runtime', () => {
  it('finds in the Node of these tests everything that it looks for', () => {
    assert.deepEqual(probeNativeCrypto(), { secp256k1: true, mlDsa: true, mlKem: true });
    assert.deepEqual(nativeCrypto, probeNativeCrypto());
  });

  it('finds nothing in a process that lacks what desktop VS Code lacks', () => {
    const probe = new URL('../../../src/emulator/crypto/capabilities.ts', import.meta.url).href;
    const script = `console.log(JSON.stringify((await import('${probe}')).nativeCrypto))`;
    const { stdout } = spawnSync(process.execPath, ['--import', boringCrypto, '--input-type', 'module', '--eval', script], { encoding: 'utf8' });
    assert.deepEqual(JSON.parse(stdout), noNativeCrypto);
  });
});
