// A process of its own that sends signed requests over raw sockets, so that making the load costs as little as it can.
import { connect, type Socket } from 'node:net';
import type { LoadJob, LoadResult } from './loadProtocol.ts';

const headerEnd = Buffer.from('\r\n\r\n');
const lastChunk = Buffer.from('\r\n0\r\n\r\n');
const lengthName = '\r\ncontent-length:';

/** What the head of an answer says, once it is all there. */
interface Head {
  readonly isOk: boolean;
  readonly closes: boolean;
  /** The length of the whole answer. */
  readonly length: number;
}

/** Costs as little as it can: the servers are measured on what the load leaves of the machine. */
function readHead(answer: Buffer): Head | undefined {
  const end = answer.indexOf(headerEnd);
  if (end < 0) return undefined;
  const text = answer.toString('latin1', 0, end).toLowerCase();
  const at = text.indexOf(lengthName);
  if (at < 0 && text.includes('\r\ntransfer-encoding: chunked') && !answer.subarray(-lastChunk.length).equals(lastChunk)) return undefined;
  const bodyLength = at < 0 ? answer.length - end - headerEnd.length : Number.parseInt(text.slice(at + lengthName.length, at + lengthName.length + 12), 10);
  return { isOk: text.startsWith('200', 9), closes: text.includes('\r\nconnection: close'), length: end + headerEnd.length + bodyLength };
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function run(job: LoadJob): Promise<LoadResult> {
  const latencies: number[] = [];
  const start = performance.now();
  let failure: string | undefined;
  let next = 0;

  const isOver = (): boolean => failure !== undefined || performance.now() - start >= job.milliseconds;

  /** One connection after the other, where the server closes each after its answer. */
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      let socket: Socket;
      let sent = 0;
      let answer: Buffer = Buffer.alloc(0);
      const send = (): void => {
        sent = performance.now();
        socket.write(job.requests[next++ % job.requests.length] ?? '');
      };
      const open = (): void => {
        socket = connect({ host: job.host, port: job.port, noDelay: true }, send);
        socket.on('data', onData);
        socket.once('error', reject);
        socket.once('end', () => {
          if (isOver()) resolve();
          else open();
        });
      };
      const onData = (chunk: Buffer): void => {
        answer = answer.length === 0 ? chunk : Buffer.concat([answer, chunk]);
        const head = readHead(answer);
        if (!head || answer.length < head.length) return;
        if (head.isOk) latencies.push(performance.now() - sent);
        else failure ??= answer.toString();
        answer = Buffer.alloc(0);
        if (isOver()) {
          socket.destroy();
          resolve();
        } else if (!head.closes) send();
      };
      open();
    });
  return Promise.all(Array.from({ length: job.connections }, work)).then(() => {
    const milliseconds = performance.now() - start;
    const sorted = latencies.sort((a, b) => a - b);
    const result = { calls: sorted.length, milliseconds, p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) };
    return failure === undefined ? result : { ...result, failure };
  });
}

process.on('message', (job: LoadJob) => {
  void run(job).then((result) => process.send?.(result));
});
