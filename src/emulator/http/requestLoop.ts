import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { bodyLimitOf } from './reading/bodyLimit.ts';
import { refuseBrowser } from './browserGuard.ts';
import type { Channel } from './channel.ts';
import type { Handler } from './handler.ts';
import { failureAnswer, RefusedRequest } from './refusedRequest.ts';
import { type ReadRequest, requestReader } from './reading/requestReader.ts';

/** What the connections of a server share. */
export interface RequestLoopParts {
  readonly handle: Handler;
  readonly hostNames: ReadonlySet<string>;
  /** Whether the server takes more requests. */
  readonly isOpen: () => boolean;
}

/** Reads and answers the requests of one connection, one after the other, in the order in which they came. */
export interface RequestLoop {
  push(bytes: Buffer): void;
  /** Goes on with what has come. Only while nothing is being answered. */
  advance(): void;
  /** Answers what made the connection unusable, and ends it. */
  refuse(error: unknown): void;
}

export function requestLoop(socket: Socket, channel: Channel, { handle, hostNames, isOpen }: RequestLoopParts): RequestLoop {
  const reader = requestReader({
    admit(head) {
      const refusal = refuseBrowser(head, hostNames);
      if (refusal) throw new RefusedRequest(refusal);
      channel.enter('body');
      return bodyLimitOf(head.path);
    },
    proceed: () => {
      channel.proceed();
    },
  });
  const refuse = (error: unknown): void => {
    channel.send(failureAnswer(error), randomUUID(), false);
    channel.close();
  };
  const answer = async (request: ReadRequest): Promise<boolean> => {
    const requestId = randomUUID();
    const reply = await handle(request, requestId).catch(failureAnswer);
    const keepAlive = request.keepAlive && isOpen();
    channel.send(reply, requestId, keepAlive);
    return keepAlive;
  };
  const waitForMore = (): void => {
    if (channel.isInputEnded()) {
      channel.close();
      return;
    }
    if (!reader.isInside()) channel.enter('idle');
    else if (channel.state() !== 'body' && channel.state() !== 'head') channel.enter('head');
    socket.resume();
  };
  const afterAnswer = (keepAlive: boolean): void => {
    if (!keepAlive) channel.close();
    else if (socket.writableNeedDrain) channel.enter('taking');
    else advance();
  };
  const advance = (): void => {
    try {
      const request = reader.take();
      if (!request) {
        waitForMore();
        return;
      }
      channel.enter('answering');
      void answer(request).then(afterAnswer);
    } catch (error) {
      refuse(error);
    }
  };
  return { push: reader.push, advance, refuse };
}
