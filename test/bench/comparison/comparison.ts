import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { type Figure, median } from '../figure.ts';
import { startLoadProcess, type LoadProcess } from './load.ts';
import type { LoadResult } from './loadProtocol.ts';
import { emulatorSpec, otherServers, type RunningServer, type ServerSpec, startServer } from './servers.ts';
import { clientOf, prepare, signedRequests, type Workload } from './workloads.ts';

const rounds = 5;
const connections = 8;
const warmUp = 300;
const roundLength = 800;

interface Contestant {
  readonly server: RunningServer;
  readonly workloads: readonly Workload[];
}

/**
 * The hot operations of every server there is, under the same load in the same run: the servers take turns in each
 * round, so that whatever disturbs the machine disturbs them all. Each figure is the median of five rounds.
 */
export async function comparison(): Promise<readonly Figure[]> {
  const load = startLoadProcess();
  const contestants: Contestant[] = [];
  try {
    for (const spec of [emulatorSpec, ...otherServers()]) contestants.push(await enter(spec));
    const figures = contestants.map(({ server }): Figure => ({ name: `${server.name}, spawn to first answer`, value: server.firstAnswer, unit: 'ms' }));
    for (const { operation } of contestants[0]?.workloads ?? []) figures.push(...(await compare(load, contestants, operation)));
    const [first] = contestants;
    if (first) figures.push(...(await besideKeyCreation(load, first)));
    return figures;
  } finally {
    load.stop();
    for (const { server } of contestants) await server.stop();
  }
}

async function enter(spec: ServerSpec): Promise<Contestant> {
  const server = await startServer(spec);
  try {
    return { server, workloads: await prepare(server.endpoint) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function run(load: LoadProcess, { server, workloads }: Contestant, operation: string, milliseconds: number): Promise<LoadResult> {
  const workload = workloads.find((each) => each.operation === operation);
  if (!workload) throw new Error(`There is no workload ${operation}.`);
  const { hostname, port } = new URL(server.endpoint);
  return load.run({ host: hostname, port: Number(port), requests: signedRequests(server.endpoint, workload), connections, milliseconds });
}

const rateOf = ({ calls, milliseconds }: LoadResult): number => (calls / milliseconds) * 1000;

async function compare(load: LoadProcess, contestants: readonly Contestant[], operation: string): Promise<Figure[]> {
  const results = contestants.map((): LoadResult[] => []);
  for (const contestant of contestants) await run(load, contestant, operation, warmUp);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, contestant] of contestants.entries()) results[index]?.push(await run(load, contestant, operation, roundLength));
  }
  const figures: Figure[] = [];
  for (const [index, { server }] of contestants.entries()) {
    const own = results[index] ?? [];
    figures.push({ name: `${server.name}, ${operation}`, value: median(own.map(rateOf)), unit: 'calls/s' });
    if (index === 0) figures.push({ name: `${server.name}, ${operation}, p99`, value: median(own.map(({ p99 }) => p99)), unit: 'ms' });
    else {
      const ratios = own.map((other, round) => rateOf(results[0]?.[round] ?? other) / rateOf(other));
      figures.push({ name: `${operation}, times ${server.name}`, value: median(ratios), unit: 'times' });
    }
  }
  return figures;
}

/** Encrypt while another client has RSA_4096 keys made, one after the other. */
async function besideKeyCreation(load: LoadProcess, contestant: Contestant): Promise<Figure[]> {
  const client = clientOf(contestant.server.endpoint);
  let going = true;
  let made = 0;
  const creation = async (): Promise<void> => {
    while (going) {
      await client.send(new CreateKeyCommand({ KeySpec: 'RSA_4096', KeyUsage: 'SIGN_VERIFY' }));
      made += 1;
    }
  };
  const creating = creation();
  const { p99 } = await run(load, contestant, 'Encrypt', rounds * roundLength);
  going = false;
  await creating;
  client.destroy();
  return [
    { name: `${contestant.server.name}, Encrypt while RSA_4096 keys are made, p99`, value: p99, unit: 'ms' },
    { name: 'RSA_4096 keys made meanwhile', value: made, unit: 'calls' },
  ];
}
