import type { RpcRequest } from '../../src/protocol/rpc.ts';

/** What VS Code gives a view to reach its host. It can be taken once, so it is taken here and handed out from here. */
interface VsCodeApi {
  postMessage(message: RpcRequest): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export const vscodeApi = acquireVsCodeApi();
