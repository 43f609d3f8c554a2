import { CreateAliasCommand, CreateKeyCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { signed, targetHeaders } from '../../emulator/support/rawRequest.ts';

const region = 'us-east-1';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const keyCount = 1_000;
const aliasCount = 100;
const parallel = 8;

/** One operation under load: the bodies of its calls, which the connections send in turn. */
export interface Workload {
  readonly operation: string;
  readonly bodies: readonly string[];
}

export function clientOf(endpoint: string): KMSClient {
  return new KMSClient({ region, endpoint, credentials });
}

async function times(count: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}

/** Makes keys until there are 1,000, one alias for every tenth, and gives the workloads over them. */
export async function prepare(endpoint: string): Promise<readonly Workload[]> {
  const client = clientOf(endpoint);
  const keyId = (await client.send(new CreateKeyCommand({}))).KeyMetadata?.KeyId ?? '';
  const signingId = (await client.send(new CreateKeyCommand({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }))).KeyMetadata?.KeyId ?? '';
  await times(keyCount - 2, () => client.send(new CreateKeyCommand({})));
  await times(aliasCount, (index) => client.send(new CreateAliasCommand({ AliasName: `alias/bench/${index}`, TargetKeyId: keyId }))).catch(() => undefined);
  const ciphertexts: string[] = [];
  await times(32, async () => {
    const { CiphertextBlob = new Uint8Array() } = await client.send(new EncryptCommand({ KeyId: keyId, Plaintext: new Uint8Array(32) }));
    ciphertexts.push(Buffer.from(CiphertextBlob).toString('base64'));
  });
  client.destroy();
  const plaintexts = Array.from({ length: 32 }, (_, index) => Buffer.alloc(32, index).toString('base64'));
  return [
    { operation: 'Encrypt', bodies: plaintexts.map((Plaintext) => JSON.stringify({ KeyId: keyId, Plaintext })) },
    { operation: 'Decrypt', bodies: ciphertexts.map((CiphertextBlob) => JSON.stringify({ CiphertextBlob })) },
    { operation: 'GenerateDataKey', bodies: [JSON.stringify({ KeyId: keyId, KeySpec: 'AES_256' })] },
    { operation: 'DescribeKey', bodies: [JSON.stringify({ KeyId: keyId })] },
    { operation: 'ListKeys', bodies: [JSON.stringify({ Limit: 100 })] },
    { operation: 'ListAliases', bodies: ['{}'] },
    {
      operation: 'Sign',
      bodies: plaintexts.map((Message) => JSON.stringify({ KeyId: signingId, Message, MessageType: 'RAW', SigningAlgorithm: 'ECDSA_SHA_256' })),
    },
  ];
}

/** The calls of a workload as bytes, signed now: a signature is good for five minutes. */
export function signedRequests(endpoint: string, { operation, bodies }: Workload): Buffer[] {
  return bodies.map((body) => {
    const { headers = {} } = signed(endpoint, { headers: targetHeaders(operation), body }, { ...credentials, region });
    const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body) }).map(([name, value]) => `${name}: ${value}\r\n`);
    return Buffer.from(`POST / HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  });
}
