import { startBenchEmulator } from './benchEmulator.ts';
import { median, type Figure } from './figure.ts';

const runs = 5;

/** From spawning the emulator to its ready line, with an empty store in memory. */
export async function emulatorStart(): Promise<readonly Figure[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    const emulator = await startBenchEmulator([]);
    times.push(performance.now() - start);
    await emulator.stop();
  }
  return [{ name: 'Emulator start to ready (median of 5)', value: median(times), unit: 'ms' }];
}
