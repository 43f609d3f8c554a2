import { Agent, request, type RequestOptions } from 'node:http';
import { CreateKeyCommand, DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { startBenchEmulator, type BenchEmulator } from './benchEmulator.ts';
import type { Figure } from './figure.ts';

const region = 'us-east-1';
const calls = 4_000;
const concurrency = 16;

interface SignedCall {
  readonly options: RequestOptions;
  readonly body: string;
}

/** What the SDK's HTTP request holds when it has been signed. */
interface SdkRequest {
  readonly method: string;
  readonly hostname: string;
  readonly port: number;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/**
 * Encrypt and Decrypt of 32 bytes, each call signed as the SDK signs it and verified by the emulator. One signed
 * request is sent again and again, so that the figure is the emulator's and not the signer's.
 */
export async function emulatorThroughput(): Promise<readonly Figure[]> {
  const emulator = await startBenchEmulator([]);
  const client = new KMSClient({ region, endpoint: emulator.ready.endpoint, credentials: emulator.ready });
  try {
    const { KeyMetadata } = await client.send(new CreateKeyCommand({}));
    const keyId = KeyMetadata?.KeyId ?? '';
    const plaintext = new Uint8Array(32);
    const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId: keyId, Plaintext: plaintext }));
    const encrypt = await signed(client, () => client.send(new EncryptCommand({ KeyId: keyId, Plaintext: plaintext })));
    const decrypt = await signed(client, () => client.send(new DecryptCommand({ CiphertextBlob })));
    const idle = await emulator.residentMemory();
    const figures: Figure[] = [
      { name: 'Emulator Encrypt', value: await rate(encrypt), unit: 'calls/s' },
      { name: 'Emulator Decrypt', value: await rate(decrypt), unit: 'calls/s' },
    ];
    return [...figures, ...(await memoryFigures(emulator, idle))];
  } finally {
    client.destroy();
    await emulator.stop();
  }
}

async function memoryFigures(emulator: BenchEmulator, idle: number | undefined): Promise<Figure[]> {
  const loaded = await emulator.residentMemory();
  if (idle === undefined || loaded === undefined) return [];
  return [
    { name: 'Emulator resident memory, idle', value: idle, unit: 'MB' },
    { name: `Emulator resident memory after ${2 * calls} calls`, value: loaded, unit: 'MB' },
  ];
}

/** Lets the SDK send a command and takes the signed request on its way. */
async function signed(client: KMSClient, send: () => Promise<unknown>): Promise<SignedCall> {
  let taken: SignedCall | undefined;
  client.middlewareStack.add(
    (next) => (args) => {
      const { method, hostname, port, path, headers, body } = args.request as SdkRequest;
      taken = { options: { method, hostname, port, path, headers }, body };
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low', name: 'takeSignedRequest' },
  );
  await send();
  client.middlewareStack.remove('takeSignedRequest');
  if (taken === undefined) throw new Error('The SDK sent no request.');
  return taken;
}

/** Calls a second over a bounded number of calls. */
async function rate(call: SignedCall): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const start = performance.now();
  let left = calls;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await send(call, agent);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  agent.destroy();
  return (calls / (performance.now() - start)) * 1000;
}

function send({ options, body }: SignedCall, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ ...options, agent }, (answer) => {
      answer.resume();
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve();
        else reject(new Error(`The emulator answered with status ${answer.statusCode ?? 'none'}.`));
      });
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}
