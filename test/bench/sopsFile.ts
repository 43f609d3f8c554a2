import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '../../src/aws/connect.ts';
import type { KeyService } from '../../src/core/kms/service/keyService.ts';
import { keyUse } from '../../src/core/secrets/sops/changeKeys.ts';
import { decryptFile } from '../../src/core/secrets/sops/decryptFile.ts';
import { encryptFile } from '../../src/core/secrets/sops/encryptFile.ts';
import { openValueAt } from '../../src/core/secrets/sops/singleValue.ts';
import type { SopsKeys, SopsTools } from '../../src/core/secrets/sops/sopsPorts.ts';
import { stringValue } from '../../src/core/secrets/sops/values/sopsValue.ts';
import { sopsCrypto } from '../../src/features/shared/secrets/sopsCrypto.ts';
import { haveSops, sopsEnvironment } from '../core/secrets/sops/sopsCommand.ts';
import { startBenchEmulator, type BenchEmulator } from './benchEmulator.ts';
import { median, type Figure } from './figure.ts';

const maps = 100;
const valuesOfMap = 100;
const repeats = 5;
const keyId = '00000000-0000-4000-8000-000000000001';
const region = 'us-east-1';

/** 100 maps of 100 values of 32 characters: 1.6 MB once SOPS encrypted it. */
function plaintext(): string {
  const value = (map: number, index: number) => `${map}-${index}-`.padEnd(32, 'secret-value-');
  const lines = Array.from({ length: maps }, (_, map) => [`map${map}:`, ...Array.from({ length: valuesOfMap }, (_each, index) => `    key${index}: ${value(map, index)}`)]);
  return `${lines.flat().join('\n')}\n`;
}

/** A SOPS file of 10,000 values: decrypted, encrypted, and one value of it edited; beside the program `sops` where it is installed. */
export async function sopsFile(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kms-bench-sops-'));
  const seed = join(folder, 'seed.json');
  writeFileSync(seed, JSON.stringify({ keys: [{ id: keyId, region, spec: 'SYMMETRIC_DEFAULT' }] }));
  const emulator = await startBenchEmulator(['--seed', seed]);
  const service = await connect({ kind: 'emulator', address: emulator.ready });
  try {
    const arn = `arn:aws:kms:${region}:${emulator.ready.accountId}:key/${keyId}`;
    const tools = () => toolsOn(service);
    const text = plaintext();
    const encrypted = await encryptFile(text, 'yaml', { groups: [{ kms: [keyUse(arn)] }] }, tools());
    const place = encrypted.text.indexOf('ENC[', encrypted.text.indexOf('key50:', encrypted.text.indexOf('map50:')));
    const changed = stringValue('another value');
    const figures: Figure[] = [
      { name: '10,000 values in a SOPS file, decrypt', value: await timed(() => decryptFile(encrypted.text, 'yaml', tools())), unit: 'ms' },
      { name: '  encrypt', value: await timed(() => encryptFile(text, 'yaml', { groups: [{ kms: [keyUse(arn)] }] }, tools())), unit: 'ms' },
    ];
    const before = callsOf(emulator);
    const open = () => openValueAt(encrypted.text, 'yaml', place, tools());
    figures.push({ name: '  open one to edit it, with its KMS call', value: await timed(open), unit: 'ms' });
    const opened = await open();
    figures.push({ name: '  seal what was edited', value: await timed(() => opened.change(changed)), unit: 'ms' });
    figures.push({ name: '  KMS calls of an edit', value: (callsOf(emulator) - before) / (repeats + 1), unit: 'calls' });
    return haveSops ? [...figures, ...sopsFigures(folder, emulator, arn, text, encrypted.text)] : figures;
  } finally {
    service.dispose();
    await emulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** SOPS on a key service, as the commands use it. */
function toolsOn(service: KeyService): SopsTools {
  const { signal } = new AbortController();
  const keys: SopsKeys = {
    encryptDataKey: async (use, plaintext) => (await service.encrypt({ region: use.region, keyId: use.arn }, plaintext, use.encryptionContext, signal)).ciphertext,
    decryptDataKey: async (use, ciphertext) => (await service.decryptWith(use.region, { ciphertext, encryptionContext: use.encryptionContext, keyId: use.arn }, signal)).plaintext,
  };
  return { crypto: sopsCrypto, keys, now: () => new Date() };
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < repeats; run += 1) {
    const start = performance.now();
    await act();
    times.push(performance.now() - start);
  }
  return median(times);
}

function callsOf({ calls }: BenchEmulator): number {
  return [...calls.values()].reduce((sum, count) => sum + count, 0);
}

/** The same with `sops`, as whole processes, which is how people run it. */
function sopsFigures(folder: string, { ready }: BenchEmulator, arn: string, text: string, encrypted: string): readonly Figure[] {
  const [plainFile, encryptedFile] = [join(folder, 'plain.yaml'), join(folder, 'encrypted.yaml')];
  const env = sopsEnvironment(ready, folder);
  const run = (...args: readonly string[]) => {
    writeFileSync(plainFile, text);
    writeFileSync(encryptedFile, encrypted);
    const start = performance.now();
    execFileSync('sops', args, { env, cwd: folder, maxBuffer: 50_000_000 });
    return performance.now() - start;
  };
  const figure = (name: string, args: readonly string[]): Figure => ({ name, value: median(Array.from({ length: repeats }, () => run(...args))), unit: 'ms' });
  return [
    figure('  sops decrypt', ['decrypt', encryptedFile]),
    figure('  sops encrypt', ['encrypt', '--kms', arn, plainFile]),
    figure('  sops set', ['set', encryptedFile, '["map50"]["key50"]', '"another value"']),
  ];
}
