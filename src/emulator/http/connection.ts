import type { Socket } from 'node:net';
import { channelOf } from './channel.ts';
import { MalformedRequest } from './reading/malformedRequest.ts';
import { requestLoop, type RequestLoopParts } from './requestLoop.ts';

/** One client's connection. */
export interface Connection {
  /** Ends what has waited too long. `now` is in milliseconds of `performance.now()`. */
  expire(now: number): void;
  /** Ends the connection when it is idle. One that is in a request ends after its answer, as the server is closed. */
  endIdle(): void;
}

export interface ConnectionParts extends RequestLoopParts {
  /** The Date header. */
  readonly date: () => string;
}

export function serveConnection(socket: Socket, parts: ConnectionParts): Connection {
  const channel = channelOf(socket, parts.date);
  const loop = requestLoop(socket, channel, parts);
  const isReading = (): boolean => ['idle', 'head', 'body'].includes(channel.state());

  socket.on('data', (bytes: Buffer) => {
    if (channel.state() === 'closing') {
      channel.discard(bytes.length);
      return;
    }
    loop.push(bytes);
    if (isReading()) loop.advance();
    else socket.pause();
  });
  socket.on('drain', () => {
    if (channel.state() === 'taking') loop.advance();
  });
  socket.once('end', () => {
    channel.endInput();
    if (isReading() || channel.state() === 'closing') channel.close();
  });
  socket.once('error', () => {
    socket.destroy();
  });
  return {
    expire(now) {
      if (!channel.isLate(now)) return;
      if (channel.state() === 'head' || channel.state() === 'body') loop.refuse(new MalformedRequest(408, 'The request did not come in time.'));
      else socket.destroy();
    },
    endIdle() {
      if (channel.state() === 'idle') socket.destroy();
    },
  };
}
