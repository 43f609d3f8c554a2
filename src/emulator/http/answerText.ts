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

/** An answer as HTTP/1.1, in UTF-8. */
export function answerText({ status, contentType, body }: Answer, { requestId, date, keepAlive, keepAliveSeconds }: Delivery): string {
  const connection = keepAlive ? `keep-alive\r\nKeep-Alive: timeout=${keepAliveSeconds}` : 'close';
  return (
    `HTTP/1.1 ${status} ${phrases[status] ?? ''}\r\nContent-Type: ${contentType}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
    `x-amzn-RequestId: ${requestId}\r\nDate: ${date}\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n` +
    `Connection: ${connection}\r\n\r\n${body}`
  );
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
