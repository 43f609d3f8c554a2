/** What the load generator is asked for: a bounded time of calls over keep-alive connections. */
export interface LoadJob {
  readonly host: string;
  readonly port: number;
  /** Whole HTTP requests, already signed; each connection sends them in turn. */
  readonly requests: readonly Buffer[];
  readonly connections: number;
  readonly milliseconds: number;
}

export interface LoadResult {
  /** Calls answered with status 200. */
  readonly calls: number;
  readonly milliseconds: number;
  /** Latencies in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** The first answer that was not 200, as it came. */
  readonly failure?: string;
}
