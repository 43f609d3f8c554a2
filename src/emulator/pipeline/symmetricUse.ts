import { hash } from 'node:crypto';
import { lengthPrefixed } from '../crypto/lengthPrefixed.ts';
import { canonicalContext, type Maker, openMessage, parseMessage, sealMessage } from '../crypto/symmetricCiphertext.ts';
import { type ExternalMessage, externalHeader, packExternal, parseExternal } from '../externalKeys/externalCiphertext.ts';
import { decryptExternally, encryptExternally, type Occasion } from '../externalKeys/externalKeyProxy.ts';
import { ProxyFailure } from '../externalKeys/proxyFaults.ts';
import { externalKeyOf } from '../externalKeys/proxyOf.ts';
import { KmsException } from '../kmsException.ts';
import type { KeyRecord } from '../store/keyRecord.ts';
import type { Call } from './call.ts';
import { currentMessageKey, messageKey } from './keyUse.ts';

type Context = Readonly<Record<string, string>>;

/**
 * What the proxy is to authenticate: a hash, because an encryption context may be longer than the 8192 bytes that a
 * proxy takes, and because it is none of the proxy's business. The key and the context are bound in it.
 */
function externalAad(header: Uint8Array, key: KeyRecord, context: Context): Buffer {
  return hash('sha256', lengthPrefixed([header, key.keyId, ...canonicalContext(context)]), 'buffer');
}

function occasionOf(call: Call, key: KeyRecord): Occasion {
  return { operation: call.operation, requestId: call.requestId, principalArn: call.caller.principalArn, keyArn: key.arn };
}

/** Every fault of a proxy is an invalid state of the key to a cryptographic operation. */
async function asInvalidState<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ProxyFailure) throw new KmsException('KMSInvalidStateException', error.message);
    throw error;
  }
}

/**
 * Encrypts under the key's current material. With a key in an external key store the result is encrypted once more by
 * the external key ("double encryption", https://docs.aws.amazon.com/kms/latest/developerguide/keystore-external.html).
 * Rejects with KMSInvalidStateException when the proxy does not do its part.
 */
export async function sealUnder(call: Call, key: KeyRecord, plaintext: Uint8Array, context: Context, maker: Maker): Promise<Buffer> {
  const messageKeyNow = currentMessageKey(call, key);
  const inner = sealMessage(messageKeyNow, plaintext, context, maker);
  const external = externalKeyOf(call, key);
  if (!external) return inner;
  const header = externalHeader(messageKeyNow.materialId, maker);
  const aad = externalAad(header, key, context);
  const sealed = await asInvalidState(encryptExternally(external.address, external.keyId, inner, aad, occasionOf(call, key)));
  return packExternal(header, sealed);
}

/** A ciphertext of a symmetric key, in either layout. */
export interface SealedMessage {
  /** The material that made it, by which its key is found. */
  readonly materialId: string;
  /** The plaintext, or undefined when the ciphertext or the encryption context is not the one it was made with. */
  open(call: Call, key: KeyRecord, context: Context): Promise<Buffer | undefined>;
}

function openInner(call: Call, key: KeyRecord, ciphertext: Uint8Array, context: Context): Buffer | undefined {
  const message = parseMessage(ciphertext);
  const secret = message && messageKey(call, key, message.materialId);
  return secret && openMessage(secret, message, context);
}

async function openOuter(call: Call, key: KeyRecord, message: ExternalMessage, context: Context): Promise<Buffer> {
  const external = externalKeyOf(call, key);
  // The store has been pointed away from the proxy that made the ciphertext.
  if (!external) throw new ProxyFailure('noConnection');
  const aad = externalAad(message.header, key, context);
  return decryptExternally(external.address, external.keyId, message, aad, occasionOf(call, key));
}

/** Reads what can be read of a ciphertext without a key; undefined for bytes that no symmetric key made. */
export function readSealed(ciphertext: Uint8Array): SealedMessage | undefined {
  const message = parseMessage(ciphertext);
  if (message) {
    return { materialId: message.materialId, open: (call, key, context) => Promise.resolve(openInner(call, key, ciphertext, context)) };
  }
  const outer = parseExternal(ciphertext);
  return (
    outer && {
      materialId: outer.materialId,
      open: async (call, key, context) => openInner(call, key, await asInvalidState(openOuter(call, key, outer, context)), context),
    }
  );
}
