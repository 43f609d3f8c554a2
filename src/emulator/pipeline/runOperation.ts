import { checkGrantTokens } from '../grants/grantTokens.ts';
import type { Throttle } from '../throttle/throttle.ts';
import { trackUsage } from '../usage/trackUsage.ts';
import { parseBody } from '../wire/parseBody.ts';
import { wireText } from '../wire/wireText.ts';
import type { ReceivedCall } from './call.ts';
import type { Operation } from './operation.ts';
import { validate } from './validate.ts';

/**
 * Validates, throttles, authorizes and runs one call, and gives the body of the answer: empty for an operation without output.
 * Throws KmsException.
 */
export async function runOperation(operation: Operation, received: ReceivedCall, body: Buffer, throttle: Throttle): Promise<string> {
  const parsed = parseBody(body);
  const input = validate(operation.members, parsed);
  const call = { ...received, input };
  throttle({ accountId: call.caller.accountId, region: call.region }, operation.name, input);
  const context = input['EncryptionContext'] ?? input['SourceEncryptionContext'];
  if (typeof context === 'object' && context !== null) call.notes.encryptionContextKeys = Object.keys(context);
  checkGrantTokens(call.grantTokens, input['GrantTokens']);
  call.upkeep.settle(call.now);
  const reply = await operation.run(call, input);
  trackUsage(call);
  return reply === undefined ? '' : wireText(reply);
}
