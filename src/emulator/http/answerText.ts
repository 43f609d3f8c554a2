import type { Answer } from './answer.ts';

/** Phrases of the status codes that the emulator answers with (RFC 9110, section 15). */
const phrases: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  408: 'Request Timeout',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  417: 'Expectation Failed',
  421: 'Misdirected Request',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
};

/** How the answer travels. */
export interface Delivery {
  readonly requestId: string;
  /** The machine's time in the form of the Date header. */
  readonly date: string;
  readonly keepAlive: boolean;
  /** Seconds that an idle connection is kept; clients stop using it a little before. */
  readonly keepAliveSeconds: number;
}

/** A text and how to write it: one byte for each character where that is the same as UTF-8, which is cheaper. */
export interface EncodedText {
  readonly text: string;
  readonly encoding: 'latin1' | 'utf8';
}

/** An answer as HTTP/1.1, its body in UTF-8. */
export function answerText({ status, contentType, body }: Answer, { requestId, date, keepAlive, keepAliveSeconds }: Delivery): EncodedText {
  const length = Buffer.byteLength(body, 'utf8');
  const connection = keepAlive ? `keep-alive\r\nKeep-Alive: timeout=${keepAliveSeconds}` : 'close';
  const text =
    `HTTP/1.1 ${status} ${phrases[status] ?? ''}\r\nContent-Type: ${contentType}\r\nContent-Length: ${length}\r\n` +
    `x-amzn-RequestId: ${requestId}\r\nDate: ${date}\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n` +
    `Connection: ${connection}\r\n\r\n${body}`;
  return { text, encoding: length === body.length ? 'latin1' : 'utf8' };
}

/** The Date header, made once a second. */
export function dateHeader(): () => string {
  let second = -1;
  let text = '';
  return () => {
    const now = Math.floor(Date.now() / 1000);
    if (now !== second) {
      second = now;
      text = new Date(now * 1000).toUTCString();
    }
    return text;
  };
}
