import { createHash, createHmac } from 'node:crypto';

type State = ReturnType<typeof createHash> | ReturnType<typeof createHmac>;
type Source = string | ArrayBuffer | ArrayBufferView;

function bytesOf(source: Source): string | Uint8Array {
  if (typeof source === 'string') return source;
  return ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source);
}

/** SHA-256, or HMAC-SHA-256 when it gets a secret, in the form that the signer of the AWS SDK takes. */
export class NodeSha256 {
  readonly #secret: Source | undefined;
  #state: State;

  constructor(secret?: Source) {
    this.#secret = secret;
    this.#state = this.#begin();
  }

  update(data: Source): void {
    this.#state.update(bytesOf(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#state.digest());
  }

  reset(): void {
    this.#state = this.#begin();
  }

  #begin(): State {
    return this.#secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(this.#secret));
  }
}
