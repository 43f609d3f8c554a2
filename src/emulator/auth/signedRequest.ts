/** A request as it came in, before anything is believed. */
export interface SignedRequest {
  readonly method: string;
  /** The path as it was sent, without the query. */
  readonly path: string;
  /** The query as it was sent, without its question mark. */
  readonly query: string;
  /** Values by lower-case names; a header that was sent more than once has its values joined with commas. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}
