/** An answer before it is written. An empty body has no content type's meaning; it is sent with length 0. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export const jsonContentType = 'application/x-amz-json-1.1';

export function jsonAnswer(status: number, body: string): Answer {
  return { status, contentType: jsonContentType, body };
}

/** AWS leaves the message out where it has none. */
export function errorAnswer(status: number, code: string, message: string): Answer {
  return jsonAnswer(status, JSON.stringify(message === '' ? { __type: code } : { __type: code, message }));
}
