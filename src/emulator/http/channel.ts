import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Answer } from './answer.ts';
import { answerText } from './answerText.ts';

/**
 * What a connection is doing: waiting for a request, in its head, in its body, answering, waiting for the client to take
 * an answer, or ending.
 */
export type ChannelState = 'idle' | 'head' | 'body' | 'answering' | 'taking' | 'closing';

/** How long each may last, in milliseconds. An answer takes as long as it takes. */
const limits: Readonly<Record<ChannelState, number>> = {
  idle: 60_000,
  head: 10_000,
  body: 30_000,
  answering: Infinity,
  taking: 30_000,
  closing: 2_000,
};

/** What a client that was refused may still send before the connection is cut, in bytes. */
const mostDiscarded = 4_000_000;

/** A socket with what HTTP has to know of it. */
export interface Channel {
  state(): ChannelState;
  /** Begins a state, and its time. */
  enter(state: ChannelState): void;
  send(answer: Answer, requestId: string, keepAlive: boolean): void;
  /** Tells the client to send its body. */
  proceed(): void;
  /** Sends no more. What still comes in is thrown away, as a reset would take the last answer from the client. */
  close(): void;
  /** Counts bytes that came in after the end. */
  discard(length: number): void;
  /** Notes that the client sends no more. */
  endInput(): void;
  isInputEnded(): boolean;
  /** Whether the time of the state is over. `now` is in milliseconds of `performance.now()`. */
  isLate(now: number): boolean;
}

/** `date` gives the Date header. */
export function channelOf(socket: Socket, date: () => string): Channel {
  let state: ChannelState = 'idle';
  let deadline = performance.now() + limits.idle;
  let inputEnded = false;
  let discarded = 0;
  let held = false;
  const enter = (next: ChannelState): void => {
    state = next;
    deadline = performance.now() + limits[next];
  };
  const release = (): void => {
    held = false;
    socket.uncork();
  };
  /** What is sent in one turn of the event loop goes out at its end: a client is woken once for all of its connections. */
  const hold = (): void => {
    if (held) return;
    held = true;
    socket.cork();
    setImmediate(release);
  };
  return {
    state: () => state,
    enter,
    send(answer, requestId, keepAlive) {
      const { text, encoding } = answerText(answer, { requestId, date: date(), keepAlive, keepAliveSeconds: limits.idle / 1000 });
      hold();
      socket.write(text, encoding);
    },
    proceed() {
      socket.write('HTTP/1.1 100 Continue\r\n\r\n');
    },
    close() {
      enter('closing');
      socket.resume();
      if (inputEnded) socket.destroySoon();
      else socket.end();
    },
    discard(length) {
      discarded += length;
      if (discarded > mostDiscarded) socket.destroy();
    },
    endInput() {
      inputEnded = true;
    },
    isInputEnded: () => inputEnded,
    isLate: (now) => now >= deadline,
  };
}
