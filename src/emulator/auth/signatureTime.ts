import { KmsException } from '../kmsException.ts';

const allowedSkew = 5 * 60_000;

function compactDate(time: number): string {
  return new Date(time).toISOString().replace(/[:-]|\.\d{3}/g, '');
}

const basicFormat = /^\d{8}T\d{6}Z$/;

/** Epoch milliseconds of `YYYYMMDDTHHMMSSZ`. */
function readDate(text: string): number {
  const extended = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 11)}:${text.slice(11, 13)}:${text.slice(13)}`;
  const time = basicFormat.test(text) ? Date.parse(extended) : NaN;
  if (Number.isNaN(time)) throw new KmsException('IncompleteSignatureException', `Date must be in ISO-8601 'basic format'. Got '${text.slice(0, 40)}'.`);
  return time;
}

/**
 * Checks the time of a signature, the value of X-Amz-Date, against the machine's in epoch milliseconds.
 * Throws IncompleteSignatureException for a text that is no time, and InvalidSignatureException in AWS's words for one
 * that is more than five minutes off.
 */
export function checkSignatureTime(text: string, now: number): void {
  const time = readDate(text);
  if (time < now - allowedSkew) {
    const limit = compactDate(now - allowedSkew);
    throw new KmsException('InvalidSignatureException', `Signature expired: ${text} is now earlier than ${limit} (${compactDate(now)} - 5 min.)`);
  }
  if (time > now + allowedSkew) {
    const limit = compactDate(now + allowedSkew);
    throw new KmsException('InvalidSignatureException', `Signature not yet current: ${text} is still later than ${limit} (${compactDate(now)} + 5 min.)`);
  }
}
