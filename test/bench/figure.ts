/** One measured number. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'calls' | 'calls/s' | 'decisions/s' | 'MB' | 'kB' | 'times';
}

/** The middle of an odd number of measurements, which one slow run does not move. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
