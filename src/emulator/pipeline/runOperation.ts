import { checkGrantTokens } from '../grants/grantTokens.ts';
import { KmsException } from '../kmsException.ts';
import { trackUsage } from '../usage/trackUsage.ts';
import type { Call } from './call.ts';
import type { Operation } from './operation.ts';
import { validate } from './validate.ts';

function parseBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new KmsException('SerializationException', 'The request body is not JSON.');
  }
}

/** JSON as the AWS protocol writes it: blobs in base64, times in epoch seconds, no absent members. */
function toWire(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(toWire);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, toWire(member)]));
}

/**
 * Validates, authorizes and runs one call, and gives the body of the answer: empty for an operation without output.
 * Throws KmsException.
 */
export async function runOperation(operation: Operation, call: Call, body: Buffer): Promise<string> {
  const parsed = parseBody(body);
  const input = validate(operation.members, parsed);
  const context = input['EncryptionContext'] ?? input['SourceEncryptionContext'];
  if (typeof context === 'object' && context !== null) call.notes.encryptionContextKeys = Object.keys(context);
  checkGrantTokens(call.grantTokens, input['GrantTokens']);
  call.upkeep.settle(call.now);
  const reply = await operation.run(call, input);
  trackUsage(call);
  return reply === undefined ? '' : JSON.stringify(toWire(reply));
}
