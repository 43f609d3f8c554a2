import { KmsException } from '../../kmsException.ts';

/** 1 MB: above the longest policy (131,072 characters) and attestation document (262,144 bytes) that KMS takes. */
const bodyLimit = 1_000_000;

/** A snapshot of a store of some ten thousand keys. */
const snapshotLimit = 64_000_000;

/** The longest body of a request, in bytes. */
export function bodyLimitOf(path: string): number {
  return path === '/_emulator/snapshot' ? snapshotLimit : bodyLimit;
}

export function bodyTooLong(limit: number): KmsException {
  return new KmsException('RequestEntityTooLargeException', `The request body is longer than ${limit} bytes.`);
}
