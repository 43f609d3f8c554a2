import { KmsException } from '../kmsException.ts';

/** Far above what any request of AWS KMS nests. */
const deepest = 64;

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** How deep the lists and objects of a JSON text are nested. Means nothing for a text that is not JSON. */
function depthOf(json: Buffer): number {
  let depth = 0;
  let most = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (byte === quote) inText = !inText;
    else if (inText) at += byte === backslash ? 1 : 0;
    else if (byte === openBrace || byte === openBracket) most = Math.max(most, (depth += 1));
    else if (byte === closeBrace || byte === closeBracket) depth -= 1;
  }
  return most;
}

/** Reads the body of a call; an empty one stands for no members. Throws SerializationException. */
export function parseBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  if (depthOf(body) > deepest) {
    throw new KmsException('SerializationException', `The request body is nested deeper than ${deepest} levels.`);
  }
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new KmsException('SerializationException', 'The request body is not JSON.');
  }
}
