import { RpcError, type RpcFailure } from '../../src/protocol/rpc.ts';
import type { Remote } from '../shared/remote.ts';

/** An answer of the host as the view keeps it, whether it came or failed. Never rejects. */
export async function settled<Value>(answer: Promise<Value>): Promise<Remote<Value>> {
  try {
    return { state: 'ready', value: await answer };
  } catch (error) {
    return { state: 'failed', failure: failureOf(error) };
  }
}

/** Why a question failed, for the user. */
export function failureOf(error: unknown): RpcFailure {
  if (error instanceof RpcError) return error.failure;
  return { code: 'KMS_FAULT', message: 'Something unexpected went wrong in this panel. Close it and open the key again.' };
}
