import type { Figure } from '../figure.ts';
import { startLoadProcess } from './load.ts';
import { emulatorSpec, startServer } from './servers.ts';
import { signedRequests } from './workloads.ts';

const connections = 8;
/** The heap grows to its working size during the first calls, whatever they are. */
const warmUp = 6_000;
const creation = 12_000;

/** Resident memory of the emulator: after its first answer, and what each of some thousand keys adds to it. */
export async function emulatorMemory(): Promise<readonly Figure[]> {
  const server = await startServer(emulatorSpec);
  const load = startLoadProcess();
  try {
    const idle = await server.residentMemory();
    const { hostname, port } = new URL(server.endpoint);
    const create = async (milliseconds: number): Promise<number> => {
      const requests = signedRequests(server.endpoint, { operation: 'CreateKey', bodies: ['{}'] });
      return (await load.run({ host: hostname, port: Number(port), requests, connections, milliseconds })).calls;
    };
    await create(warmUp);
    const before = await server.residentMemory();
    const made = await create(creation);
    const after = await server.residentMemory();
    if (idle === undefined || before === undefined || after === undefined) return [];
    return [
      { name: 'Emulator resident memory, idle', value: idle, unit: 'MB' },
      { name: `Emulator memory for each of ${made} more keys`, value: ((after - before) * 1024) / made, unit: 'kB' },
    ];
  } finally {
    load.stop();
    await server.stop();
  }
}
