import type { SignedRequest } from '../auth/signedRequest.ts';
import type { Answer } from './answer.ts';

/** Answers a request. `requestId` is the one that the answer will carry. */
export type Handler = (request: SignedRequest, requestId: string) => Promise<Answer>;
