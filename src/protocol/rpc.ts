import type { ErrorCode } from '../core/kms/errorCode.ts';

/**
 * A small request and response protocol over postMessage, for a webview and the extension host. Every request is
 * answered: what fails is a message too, and a request that nobody knows is refused instead of waiting for ever.
 */

/** The methods of a boundary: an interface whose members each have `params` and `result`. Both must survive JSON. */
export type RpcMethods<Methods> = { readonly [Name in keyof Methods]: { readonly params: unknown; readonly result: unknown } };

/** The codes of the features, and what can only go wrong between a view and its host. */
export type RpcErrorCode = ErrorCode | 'INVALID_MESSAGE' | 'BACKEND_CHANGED' | 'POLICY_CHANGED' | 'KEY_CHANGED' | 'VIEW_CLOSED';

export interface RpcFailure {
  readonly code: RpcErrorCode;
  /** A sentence for the user: what happened, where, and what to do. */
  readonly message: string;
  /** KMS's own exception name, when KMS answered. */
  readonly serviceCode?: string;
}

export interface RpcRequest {
  readonly kind: 'request';
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}

export type RpcResponse =
  | { readonly kind: 'result'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: RpcFailure };

/** Something the host tells without being asked. */
export interface RpcEvent<Name extends string> {
  readonly kind: 'event';
  readonly name: Name;
}

/** A failure on its way through code that throws. */
export class RpcError extends Error {
  readonly failure: RpcFailure;

  constructor(failure: RpcFailure) {
    super(failure.message);
    this.name = 'RpcError';
    this.failure = failure;
  }
}

/** One row for each method: `read` checks what came over the wire and gives undefined when it is not as it should be. */
export type RpcHandlers<Methods extends RpcMethods<Methods>> = {
  readonly [Name in keyof Methods]: {
    readonly read: (params: unknown) => { readonly params: Methods[Name]['params'] } | undefined;
    readonly run: (params: Methods[Name]['params']) => Promise<Methods[Name]['result']> | Methods[Name]['result'];
  };
};

/**
 * Answers one message from the other side, which is not trusted. Gives undefined when it is no request at all: then
 * there is nobody to answer. Never rejects; `toFailure` words whatever a handler threw.
 */
export async function answerRequest<Methods extends RpcMethods<Methods>>(
  message: unknown,
  handlers: RpcHandlers<Methods>,
  toFailure: (error: unknown) => RpcFailure,
): Promise<RpcResponse | undefined> {
  if (!isRequest(message)) return undefined;
  const { id, method } = message;
  try {
    return { kind: 'result', id, result: await runRequest(message, handlers) };
  } catch (error) {
    const failure = error instanceof RpcError ? error.failure : toFailure(error);
    return { kind: 'failure', id, failure: { ...failure, message: failure.message || `${method} failed.` } };
  }
}

async function runRequest<Methods extends RpcMethods<Methods>>(
  { method, params }: RpcRequest,
  handlers: RpcHandlers<Methods>,
): Promise<unknown> {
  if (!isMethod(handlers, method)) throw invalidMessage(`The view asked for "${method.slice(0, 40)}", which is unknown here.`);
  const handler = handlers[method];
  const read = handler.read(params);
  if (read === undefined) throw invalidMessage(`The view asked for "${method}" with arguments it cannot have.`);
  return handler.run(read.params);
}

function invalidMessage(message: string): RpcError {
  return new RpcError({ code: 'INVALID_MESSAGE', message: `${message} Close the panel and open it again.` });
}

/** An own member only: a name like "constructor" is no method. */
function isMethod<Handlers extends object>(handlers: Handlers, method: string): method is Extract<keyof Handlers, string> {
  return Object.hasOwn(handlers, method);
}

/** Whether a value is an object whose members can be looked at. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRequest(value: unknown): value is RpcRequest {
  return (
    isRecord(value) &&
    value['kind'] === 'request' &&
    Number.isSafeInteger(value['id']) &&
    typeof value['method'] === 'string'
  );
}

/** The asking side. Give every message that arrives to `receive`. */
export class RpcClient<Methods extends RpcMethods<Methods>> {
  readonly #post: (message: RpcRequest) => void;
  readonly #waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: RpcError) => void }>();
  #lastId = 0;

  constructor(post: (message: RpcRequest) => void) {
    this.#post = post;
  }

  /** Rejects with an RpcError that carries the failure the other side sent. */
  async call<Name extends Extract<keyof Methods, string>>(
    method: Name,
    params: Methods[Name]['params'],
  ): Promise<Methods[Name]['result']> {
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#post({ kind: 'request', id, method, params });
    return answer;
  }

  /** Takes a response; gives false for any other message, and for a response that nothing waits for. */
  receive(message: RpcResponse | RpcEvent<string>): boolean {
    if (message.kind === 'event') return false;
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) return false;
    this.#waiting.delete(message.id);
    if (message.kind === 'result') waiting.resolve(message.result);
    else waiting.reject(new RpcError(message.failure));
    return true;
  }
}
