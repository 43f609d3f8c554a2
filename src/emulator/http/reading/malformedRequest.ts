/** Bytes that are no HTTP request, or one that this server does not take. The connection ends with the answer. */
export class MalformedRequest extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'MalformedRequest';
    this.status = status;
  }
}
