import { KmsException } from '../kmsException.ts';
import { type Answer, errorAnswer } from './answer.ts';
import type { Refusal } from './browserGuard.ts';
import { MalformedRequest } from './reading/malformedRequest.ts';

/** A request that is refused by its head, before its body is read. */
export class RefusedRequest extends Error {
  readonly status: number;

  constructor({ status, message }: Refusal) {
    super(message);
    this.name = 'RefusedRequest';
    this.status = status;
  }
}

/** The answer to a request that failed outside the pipeline, in AWS's shape. */
export function failureAnswer(error: unknown): Answer {
  if (error instanceof RefusedRequest) return errorAnswer(error.status, 'AccessDeniedException', error.message);
  if (error instanceof KmsException) return errorAnswer(error.status, error.code, error.message);
  if (error instanceof MalformedRequest) return errorAnswer(error.status, 'SerializationException', error.message);
  // What went wrong is not told: it could hold a part of the request.
  return errorAnswer(500, 'KMSInternalException', 'The emulator failed to process the request.');
}
