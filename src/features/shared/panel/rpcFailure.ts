import type { RpcFailure } from '../../../protocol/rpc.ts';
import type { Log } from '../log.ts';
import { describeForLog, toKmsExplorerError } from '../showError.ts';

/** Whatever was thrown as a view is told of it; it is logged unless the user cancelled. */
export function rpcFailure(error: unknown, log: Log): RpcFailure {
  const known = toKmsExplorerError(error);
  if (known.code !== 'CANCELLED') log.error(describeForLog(known));
  const { code, message, serviceCode } = known;
  return serviceCode === undefined ? { code, message } : { code, message, serviceCode };
}
