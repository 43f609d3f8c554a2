import type { IncomingMessage } from 'node:http';
import { KmsException } from '../kmsException.ts';

/** 1 MB: above the longest policy (131,072 characters) and attestation document (262,144 bytes) that KMS takes. */
const bodyLimit = 1_000_000;

/** A snapshot of a store of some ten thousand keys. */
const snapshotLimit = 64_000_000;

/** Reads a request's body. Rejects with RequestEntityTooLargeException as soon as it is longer than the limit. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const limit = request.url === '/_emulator/snapshot' ? snapshotLimit : bodyLimit;
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) {
      throw new KmsException('RequestEntityTooLargeException', `The request body is longer than ${limit} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
