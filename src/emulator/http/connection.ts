import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { KmsException } from '../kmsException.ts';
import { type Answer, errorAnswer } from './answer.ts';
import { answerText } from './answerText.ts';
import { bodyLimitOf } from './bodyLimit.ts';
import { refuseBrowser } from './browserGuard.ts';
import { MalformedRequest } from './malformedRequest.ts';
import { type ReadRequest, requestReader } from './requestReader.ts';
import type { Handler } from './server.ts';

/** What the connections of a server share. */
export interface ConnectionParts {
  readonly handle: Handler;
  readonly hostNames: ReadonlySet<string>;
  /** The Date header. */
  readonly date: () => string;
  /** Whether the server takes more requests. */
  readonly isOpen: () => boolean;
}

/** One client's connection: requests are answered one after the other, in the order in which they came. */
export interface Connection {
  /** Ends what has waited too long. `now` is in milliseconds of `performance.now()`. */
  expire(now: number): void;
  /** Ends the connection now when it is idle, and after the answer to the request it is in otherwise. */
  wind(): void;
}

/** Milliseconds: for the head, for the whole request, for the next request, for an answer to be taken, after a refusal. */
const limits = { head: 10_000, request: 30_000, idle: 60_000, taking: 30_000, closing: 2_000 };

/** What a client that was refused may still send before the connection is cut. */
const mostDiscarded = 4_000_000;

class Refused extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super('The request is refused before it is read.');
    this.answer = answer;
  }
}

function errorAnswerOf(error: unknown): Answer {
  if (error instanceof Refused) return error.answer;
  if (error instanceof KmsException) return errorAnswer(error.status, error.code, error.message);
  if (error instanceof MalformedRequest) return errorAnswer(error.status, 'SerializationException', error.message);
  // What went wrong is not told: it could hold a part of the request.
  return errorAnswer(500, 'KMSInternalException', 'The emulator failed to process the request.');
}

type State = 'idle' | 'reading' | 'answering' | 'taking' | 'closing';

export function serveConnection(socket: Socket, parts: ConnectionParts): Connection {
  let state: State = 'idle';
  let deadline = performance.now() + limits.idle;
  let inputEnded = false;
  let discarded = 0;

  const reader = requestReader({
    admit(head) {
      const refusal = refuseBrowser(head, parts.hostNames);
      if (refusal) throw new Refused(errorAnswer(refusal.status, 'AccessDeniedException', refusal.message));
      enter('reading', limits.request);
      return bodyLimitOf(head.path);
    },
    proceed() {
      socket.write('HTTP/1.1 100 Continue\r\n\r\n');
    },
  });
  const enter = (next: State, milliseconds: number): void => {
    state = next;
    deadline = performance.now() + milliseconds;
  };
  const write = (answer: Answer, requestId: string, keepAlive: boolean): void => {
    const { text, encoding } = answerText(answer, { requestId, date: parts.date(), keepAlive, keepAliveSeconds: limits.idle / 1000 });
    socket.write(text, encoding);
  };
  /** Sends the last answer. What still comes in is thrown away, as a reset would take the answer from the client. */
  const close = (): void => {
    enter('closing', limits.closing);
    socket.resume();
    socket.end();
    if (inputEnded) socket.destroySoon();
  };
  const refuse = (error: unknown): void => {
    write(errorAnswerOf(error), randomUUID(), false);
    close();
  };
  const takeRequest = (): ReadRequest | undefined => {
    try {
      return reader.take();
    } catch (error) {
      refuse(error);
      return undefined;
    }
  };
  const waitForMore = (): void => {
    if (state === 'closing') return;
    if (inputEnded) {
      close();
      return;
    }
    if (!reader.isInside()) enter('idle', limits.idle);
    else if (state !== 'reading') enter('reading', limits.head);
    socket.resume();
  };
  const advance = (): void => {
    const request = takeRequest();
    if (!request) {
      waitForMore();
      return;
    }
    state = 'answering';
    void answer(request).then(next);
  };
  const answer = async (request: ReadRequest): Promise<boolean> => {
    const requestId = randomUUID();
    const reply = await parts.handle(request, requestId).catch(errorAnswerOf);
    const keepAlive = request.keepAlive && parts.isOpen();
    write(reply, requestId, keepAlive);
    return keepAlive;
  };
  const next = (keepAlive: boolean): void => {
    if (!keepAlive) close();
    else if (socket.writableNeedDrain) enter('taking', limits.taking);
    else advance();
  };
  socket.on('data', (bytes: Buffer) => {
    if (state === 'closing') {
      discarded += bytes.length;
      if (discarded > mostDiscarded) socket.destroy();
      return;
    }
    reader.push(bytes);
    if (state === 'idle' || state === 'reading') advance();
    else socket.pause();
  });
  socket.on('drain', () => {
    if (state === 'taking') advance();
  });
  socket.once('end', () => {
    inputEnded = true;
    if (state === 'idle' || state === 'reading') close();
    else if (state === 'closing') socket.destroySoon();
  });
  socket.once('error', () => {
    socket.destroy();
  });
  return {
    expire(now) {
      if (state === 'answering' || now < deadline) return;
      if (state === 'reading') refuse(new MalformedRequest(408, 'The request did not come in time.'));
      else socket.destroy();
    },
    wind() {
      if (state === 'idle') socket.destroy();
    },
  };
}
