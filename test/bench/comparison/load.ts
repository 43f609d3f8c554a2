import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LoadJob, LoadResult } from './loadProtocol.ts';

const generator = fileURLToPath(new URL('loadGenerator.ts', import.meta.url));

export interface LoadProcess {
  /** Rejects when an answer was not 200, with that answer. */
  run(job: LoadJob): Promise<LoadResult>;
  stop(): void;
}

/** Starts the load generator; it serves one job after the other. */
export function startLoadProcess(): LoadProcess {
  const child = fork(generator, { serialization: 'advanced' });
  return {
    async run(job) {
      const answered = once(child, 'message');
      child.send(job);
      const [result] = (await answered) as [LoadResult];
      if (result.failure !== undefined) throw new Error(`A call of the load failed:\n${result.failure}`);
      return result;
    },
    stop: () => {
      child.kill();
    },
  };
}
