import { hash } from 'node:crypto';
import { ProxyFailure } from './proxyFaults.ts';
import { type ProxyAddress, sendToProxy } from './sendToProxy.ts';

/** The operation of AWS KMS that a request to the proxy is made for, as the proxy may log it. */
export interface Occasion {
  readonly operation: string;
  readonly requestId: string;
  /** The user or role that calls (aws:PrincipalArn); the health check has none. */
  readonly principalArn?: string;
  /** The KMS key, once it is there. */
  readonly keyArn?: string;
}

/** What the external key made of a plaintext: AES-GCM in its parts. */
export interface ExternallyEncrypted {
  readonly ciphertext: Buffer;
  readonly initializationVector: Buffer;
  readonly authenticationTag: Buffer;
  /** Up to 20 bytes of the proxy's own, which come back to it with the ciphertext. */
  readonly metadata: Buffer;
}

const tagLength = 16;
const vectorLengths: readonly number[] = [12, 16];
const longestMetadata = 20;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function metadataOf({ operation, requestId, principalArn, keyArn }: Occasion): object {
  return { awsPrincipalArn: principalArn, kmsKeyArn: keyArn, kmsOperation: operation, kmsRequestId: requestId };
}

function bytesOf(value: unknown): Buffer {
  if (typeof value !== 'string' || !base64.test(value)) throw new ProxyFailure('malformed');
  return Buffer.from(value, 'base64');
}

function statusOf(manager: unknown): unknown {
  return typeof manager === 'object' && manager !== null && 'healthStatus' in manager ? manager.healthStatus : undefined;
}

/** GetHealthStatus: resolves when an external key manager can be reached. Rejects with ProxyFailure. */
export async function checkHealth(address: ProxyAddress, occasion: Occasion): Promise<void> {
  const { ekmFleetDetails: fleet } = await sendToProxy(address, '/health', { requestMetadata: metadataOf(occasion) });
  const states = Array.isArray(fleet) ? fleet.map(statusOf) : [];
  if (states.length === 0 || !states.every((state) => ['ACTIVE', 'DEGRADED', 'UNAVAILABLE'].includes(String(state)))) {
    throw new ProxyFailure('malformed');
  }
  if (states.every((state) => state === 'UNAVAILABLE')) throw new ProxyFailure('unavailable');
}

/** GetKeyMetadata: resolves when the external key can be a KMS key. Rejects with ProxyFailure. */
export async function checkExternalKey(address: ProxyAddress, externalKeyId: string, occasion: Occasion): Promise<void> {
  const { keySpec, keyUsage, keyStatus } = await sendToProxy(address, `/keys/${externalKeyId}/metadata`, { requestMetadata: metadataOf(occasion) });
  if (typeof keySpec !== 'string' || !Array.isArray(keyUsage) || typeof keyStatus !== 'string') throw new ProxyFailure('malformed');
  if (keyStatus !== 'ENABLED') throw new ProxyFailure('InvalidStateException');
  if (keySpec !== 'AES_256' || !['ENCRYPT', 'DECRYPT'].every((usage) => keyUsage.includes(usage))) {
    throw new ProxyFailure('InvalidKeyUsageException');
  }
}

/** The hash by which the proxy vouches that it can decrypt what it made (Appendix C of the specification). */
function integrityValue(aad: Uint8Array, { metadata, initializationVector, ciphertext, authenticationTag }: ExternallyEncrypted): string {
  return hash('sha256', Buffer.concat([aad, metadata, initializationVector, ciphertext, authenticationTag]), 'base64');
}

/** Encrypt with the external key. `aad` is authenticated with the plaintext. Rejects with ProxyFailure. */
export async function encryptExternally(
  address: ProxyAddress,
  externalKeyId: string,
  plaintext: Buffer,
  aad: Buffer,
  occasion: Occasion,
): Promise<ExternallyEncrypted> {
  const answer = await sendToProxy(address, `/keys/${externalKeyId}/encrypt`, {
    requestMetadata: metadataOf(occasion),
    additionalAuthenticatedData: aad.toString('base64'),
    plaintext: plaintext.toString('base64'),
    encryptionAlgorithm: 'AES_GCM',
    ciphertextDataIntegrityValueAlgorithm: 'SHA_256',
  });
  const sealed = {
    ciphertext: bytesOf(answer['ciphertext']),
    initializationVector: bytesOf(answer['initializationVector']),
    authenticationTag: bytesOf(answer['authenticationTag']),
    metadata: answer['ciphertextMetadata'] === undefined ? Buffer.alloc(0) : bytesOf(answer['ciphertextMetadata']),
  };
  const fits =
    sealed.ciphertext.length === plaintext.length &&
    vectorLengths.includes(sealed.initializationVector.length) &&
    sealed.authenticationTag.length === tagLength &&
    sealed.metadata.length <= longestMetadata;
  if (!fits || answer['ciphertextDataIntegrityValue'] !== integrityValue(aad, sealed)) throw new ProxyFailure('malformed');
  return sealed;
}

/** Decrypt with the external key. Rejects with ProxyFailure. */
export async function decryptExternally(
  address: ProxyAddress,
  externalKeyId: string,
  sealed: ExternallyEncrypted,
  aad: Buffer,
  occasion: Occasion,
): Promise<Buffer> {
  const { plaintext } = await sendToProxy(address, `/keys/${externalKeyId}/decrypt`, {
    requestMetadata: metadataOf(occasion),
    additionalAuthenticatedData: aad.toString('base64'),
    ciphertext: sealed.ciphertext.toString('base64'),
    ...(sealed.metadata.length === 0 ? {} : { ciphertextMetadata: sealed.metadata.toString('base64') }),
    encryptionAlgorithm: 'AES_GCM',
    initializationVector: sealed.initializationVector.toString('base64'),
    authenticationTag: sealed.authenticationTag.toString('base64'),
  });
  const opened = bytesOf(plaintext);
  if (opened.length !== sealed.ciphertext.length) throw new ProxyFailure('malformed');
  return opened;
}
