import type { RpcFailure } from '../../src/protocol/rpc.ts';

/** Something that KMS is asked for: still on its way, failed, or here. */
export type Remote<Value> =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly failure: RpcFailure }
  | { readonly state: 'ready'; readonly value: Value };

export const loading: Remote<never> = { state: 'loading' };

export function valueOf<Value>(remote: Remote<Value>): Value | undefined {
  return remote.state === 'ready' ? remote.value : undefined;
}
