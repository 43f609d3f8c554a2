import type { SignedRequest } from '../../auth/signedRequest.ts';
import { framingOf } from './bodyFraming.ts';
import { bodyTooLong } from './bodyLimit.ts';
import { type ChunkedBody, chunkedBody } from './chunkedBody.ts';
import { MalformedRequest } from './malformedRequest.ts';
import { readHead, type RequestHead } from './requestHead.ts';

/** A whole request, and whether the connection stays open after its answer. */
export interface ReadRequest extends SignedRequest {
  readonly keepAlive: boolean;
}

/** What the reader asks while it reads. */
export interface Admission {
  /** Looks at a head before its body is read, and gives the longest body it may have. Throws to refuse the request. */
  admit(head: RequestHead): number;
  /** Called when a client waits for leave to send the body. */
  proceed(): void;
}

/** Makes requests out of the bytes of a connection. */
export interface RequestReader {
  readonly push: (bytes: Buffer) => void;
  /** The next whole request, or undefined until more bytes come. Throws what refuses it; nothing can be read after that. */
  take(): ReadRequest | undefined;
  /** Whether bytes of a request that is not whole are there. */
  isInside(): boolean;
}

const headEnd = Buffer.from('\r\n\r\n');
const longestHead = 16_384;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/** The request whose head was read. */
interface Started {
  readonly head: RequestHead;
  readonly limit: number;
  readonly length: number;
  readonly chunked: ChunkedBody | undefined;
}

export function requestReader(admission: Admission): RequestReader {
  let chunks: Buffer[] = [];
  let available = 0;
  let started: Started | undefined;

  const put = (bytes: Buffer): void => {
    if (bytes.length > 0) chunks.push(bytes);
    available += bytes.length;
  };
  /** All bytes that are there, in one piece. */
  const drain = (): Buffer => {
    const [first = Buffer.alloc(0)] = chunks;
    const bytes = chunks.length > 1 ? Buffer.concat(chunks) : first;
    chunks = [];
    available = 0;
    return bytes;
  };
  const start = (): Started | undefined => {
    if (available === 0) return undefined;
    let bytes = drain();
    // An empty line before a request is left over from the one before (RFC 9112, section 2.2).
    if (bytes[0] === carriageReturn && bytes[1] === lineFeed) bytes = bytes.subarray(2);
    const end = bytes.indexOf(headEnd);
    if (end > longestHead || (end < 0 && bytes.length > longestHead)) throw new MalformedRequest(431, `The headers are longer than ${longestHead} bytes.`);
    put(end < 0 ? bytes : bytes.subarray(end + headEnd.length));
    if (end < 0) return undefined;
    const head = readHead(bytes.toString('latin1', 0, end));
    const limit = admission.admit(head);
    const framing = framingOf(head);
    const chunked = framing === 'chunked' ? chunkedBody() : undefined;
    const length = framing === 'chunked' ? 0 : framing;
    if (length > limit) throw bodyTooLong(limit);
    if (head.expectsContinue && (chunked ? available === 0 : available < length)) admission.proceed();
    return { head, limit, length, chunked };
  };
  const takeBody = ({ chunked, length, limit }: Started): Buffer | undefined => {
    if (chunked) {
      put(chunked.push(drain()));
      if (chunked.length() > limit) throw bodyTooLong(limit);
      return chunked.whole();
    }
    if (available < length) return undefined;
    const bytes = drain();
    put(bytes.subarray(length));
    return bytes.subarray(0, length);
  };
  return {
    push: put,
    take() {
      started ??= start();
      const body = started && takeBody(started);
      if (!started || !body) return undefined;
      const { method, path, query, headers, keepAlive } = started.head;
      started = undefined;
      return { method, path, query, headers, keepAlive, body };
    },
    isInside: () => started !== undefined || available > 0,
  };
}
