import crypto, { type PrivateKeyInput } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Preloaded into a process, takes from Node's crypto what the BoringSSL of desktop VS Code lacks: secp256k1, ML-DSA and
 * ML-KEM. The rest of the process cannot tell it from a runtime that never had them.
 */

/** DER of the object identifiers of secp256k1, ML-DSA and ML-KEM; the last ones without the byte of the parameter set. */
const lacking = ['06052b8104000a', '0609608648016503040311', '0609608648016503040312', '0609608648016503040313', '06096086480165030404'];

const { createPrivateKey } = crypto;

function createOtherPrivateKey(input: PrivateKeyInput): crypto.KeyObject {
  const encoded = Buffer.from(input.key).toString('hex');
  if (lacking.some((identifier) => encoded.includes(identifier))) throw new Error('Unsupported algorithm');
  return createPrivateKey(input);
}

Object.assign(crypto, { createPrivateKey: createOtherPrivateKey, encapsulate: undefined, decapsulate: undefined });
syncBuiltinESMExports();
