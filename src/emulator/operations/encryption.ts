import type { DecryptRequest, EncryptRequest, ReEncryptRequest } from '@aws-sdk/client-kms';
import { type PublicKeyEncryption, publicKeyEncryption } from '../crypto/publicKeyEncryption.ts';
import { KmsException } from '../kmsException.ts';
import type { Asked } from '../authorization/accessRequest.ts';
import { admitKey, checkKey } from '../pipeline/admitKey.ts';
import { authorizeByCiphertext, denyUnknownCiphertext } from '../pipeline/authorize.ts';
import type { Call } from '../pipeline/call.ts';
import { freeOperation, keyOperation, type Validated } from '../pipeline/operation.ts';
import { resolveKey } from '../pipeline/resolveKey.ts';
import { missingMember } from '../pipeline/validate.ts';
import type { KeyRecord } from '../store/keyRecord.ts';
import { checkAlgorithm, currentMaterial, endDryRun, incompatibleAlgorithm } from '../pipeline/keyUse.ts';
import { disclosureFor } from '../pipeline/recipient.ts';
import { readSealed, sealUnder } from '../pipeline/symmetricUse.ts';

const usage = 'ENCRYPT_DECRYPT';
const symmetric = 'SYMMETRIC_DEFAULT';

type Context = Readonly<Record<string, string>>;

function encryptionOf(key: KeyRecord, algorithm: string): PublicKeyEncryption {
  const encryption = publicKeyEncryption(algorithm);
  if (!encryption) throw incompatibleAlgorithm(key, algorithm);
  return encryption;
}

function refuseContext(context: Context | undefined, verb: string): void {
  if (context !== undefined && Object.keys(context).length > 0) {
    throw new KmsException('ValidationException', `EncryptionContext is not supported when ${verb} with asymmetric CMKs.`);
  }
}

/** The checks that come before a plaintext is encrypted under a key. */
function checkEncrypt(key: KeyRecord, algorithm: string, context: Context | undefined): void {
  checkAlgorithm(key, algorithm);
  if (algorithm !== symmetric) refuseContext(context, 'encrypting');
}

async function encryptUnder(call: Call, key: KeyRecord, algorithm: string, plaintext: Uint8Array, context: Context | undefined): Promise<Uint8Array> {
  if (algorithm === symmetric) return sealUnder(call, key, plaintext, context ?? {}, 'encrypt');
  return encryptionOf(key, algorithm).encrypt(currentMaterial(call, key), plaintext);
}

function checkLength(key: KeyRecord, algorithm: string, length: number): void {
  if (algorithm === symmetric) return;
  const most = encryptionOf(key, algorithm).largestPlaintext(key.spec);
  if (length > most) {
    throw new KmsException('ValidationException', `Algorithm ${algorithm} and key spec ${key.spec} cannot encrypt data larger than ${most} bytes.`);
  }
}

/** What is asked of a ciphertext, by Decrypt or as the first half of ReEncrypt. */
interface Source {
  /** Undefined in a dry run that is to ignore it. */
  readonly ciphertext: Uint8Array | undefined;
  readonly keyId: string | undefined;
  readonly algorithm: string;
  readonly context: Context | undefined;
  readonly action: 'Decrypt' | 'ReEncryptFrom';
  /** The other key of ReEncrypt. */
  readonly destination?: KeyRecord;
}

interface Opened {
  readonly key: KeyRecord;
  readonly plaintext: Buffer;
  readonly materialId: string | undefined;
}

/** What policies are asked of a key that the ciphertext is to be opened with. */
function askedOf({ action, destination }: Source, key: KeyRecord): Asked & { readonly key: KeyRecord } {
  return { action, key, ...(destination ? { parameters: { reEncryptOnSameKey: destination.arn === key.arn } } : {}) };
}

function sourceKey(call: Call, source: Source, keyId: string): KeyRecord {
  const key = resolveKey(call, keyId, { aliases: true, action: source.action });
  admitKey(call, askedOf(source, key), { operation: call.operation, usage });
  return key;
}

/** The key that made a symmetric ciphertext. A KeyId in the request has to name that very key. */
function ownerOf(call: Call, source: Source, materialId: string): KeyRecord {
  const owner = call.store.materials.ownerOf(materialId, call.caller.accountId, call.region);
  if (source.keyId !== undefined) {
    const key = sourceKey(call, source, source.keyId);
    if (key.arn === owner) return key;
    throw new KmsException('IncorrectKeyException', 'The key ID in the request does not identify a CMK that can perform this operation.');
  }
  const key = owner === undefined ? undefined : call.store.keys.find(owner);
  if (!key) {
    const sentence = 'No key of this Region made the ciphertext.';
    throw denyUnknownCiphertext(call, { action: `kms:${source.action}`, sentence });
  }
  authorizeByCiphertext(call, askedOf(source, key));
  checkKey(call, key, { operation: call.operation, usage });
  return key;
}

async function openSymmetric(call: Call, source: Source, ciphertext: Uint8Array): Promise<Opened> {
  const message = readSealed(ciphertext);
  if (!message) throw new KmsException('InvalidCiphertextException');
  const { materialId } = message;
  const key = ownerOf(call, source, materialId);
  const plaintext = await message.open(call, key, source.context ?? {});
  if (!plaintext) throw new KmsException('InvalidCiphertextException');
  return { key, plaintext, materialId };
}

function openAsymmetric(call: Call, source: Source, ciphertext: Uint8Array): Opened {
  const key = namedKey(call, source);
  const plaintext = encryptionOf(key, source.algorithm).decrypt(currentMaterial(call, key), ciphertext);
  if (!plaintext) throw new KmsException('InvalidCiphertextException');
  return { key, plaintext, materialId: undefined };
}

/** The key that the request itself names, fit for the algorithm. */
function namedKey(call: Call, source: Source): KeyRecord {
  if (source.keyId === undefined) throw new KmsException('ValidationException', 'KeyId must not be null');
  const key = sourceKey(call, source, source.keyId);
  checkAlgorithm(key, source.algorithm);
  if (source.algorithm !== symmetric) refuseContext(source.context, 'decrypting');
  return key;
}

/** Opens the ciphertext; in a dry run that ignores it, the named key is all there is to check. */
async function open(call: Call, source: Source): Promise<Opened> {
  const { ciphertext, algorithm } = source;
  if (ciphertext === undefined) return { key: namedKey(call, source), plaintext: Buffer.alloc(0), materialId: undefined };
  return algorithm === symmetric ? openSymmetric(call, source, ciphertext) : openAsymmetric(call, source, ciphertext);
}

/** The members that say what to do with a ciphertext, as Decrypt and ReEncrypt have them. */
type CiphertextMembers = Pick<DecryptRequest, 'CiphertextBlob' | 'DryRun' | 'DryRunModifiers'>;

/**
 * The ciphertext of the request, or undefined when a dry run is to ignore it
 * (https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html, DryRunModifiers).
 */
function ciphertextOf({ CiphertextBlob: ciphertext, DryRun: dryRun, DryRunModifiers: modifiers = [] }: CiphertextMembers): Uint8Array | undefined {
  const ignored = modifiers.includes('IGNORE_CIPHERTEXT');
  if (ignored && dryRun !== true) {
    throw new KmsException('ValidationException', 'DryRunModifiers can only be specified when DryRun is true.');
  }
  if (ciphertext === undefined && !ignored) throw missingMember('ciphertextBlob');
  return ignored ? undefined : ciphertext;
}

/** The key that ReEncrypt is going to decrypt with, as far as the request tells it before anything is checked. */
function sourceArnOf(call: Call, { CiphertextBlob: ciphertext, SourceKeyId: keyId }: Pick<ReEncryptRequest, 'CiphertextBlob' | 'SourceKeyId'>): string | undefined {
  const message = ciphertext && readSealed(ciphertext);
  if (message) return call.store.materials.ownerOf(message.materialId, call.caller.accountId, call.region);
  return keyId === undefined ? undefined : resolveKey(call, keyId, { aliases: true, action: 'ReEncryptFrom' }).arn;
}

export const encrypt = keyOperation<Validated<EncryptRequest, 'Plaintext'>>({
  name: 'Encrypt',
  aliases: true,
  usage,
  async run(call, input, key) {
    const algorithm = input.EncryptionAlgorithm ?? symmetric;
    checkEncrypt(key, algorithm, input.EncryptionContext);
    checkLength(key, algorithm, input.Plaintext.length);
    endDryRun(input);
    const ciphertext = await encryptUnder(call, key, algorithm, input.Plaintext, input.EncryptionContext);
    return { CiphertextBlob: ciphertext, KeyId: key.arn, EncryptionAlgorithm: algorithm };
  },
});

export const decrypt = freeOperation<Validated<DecryptRequest>>({
  name: 'Decrypt',
  authorizes: true,
  async run(call, input) {
    const disclose = disclosureFor(call, input);
    const algorithm = input.EncryptionAlgorithm ?? symmetric;
    const { key, plaintext, materialId } = await open(call, {
      ciphertext: ciphertextOf(input),
      keyId: input.KeyId,
      algorithm,
      context: input.EncryptionContext,
      action: 'Decrypt',
    });
    endDryRun(input);
    return { KeyId: key.arn, ...disclose('Plaintext', plaintext), EncryptionAlgorithm: algorithm, KeyMaterialId: materialId };
  },
});

export const reEncrypt = freeOperation<Validated<ReEncryptRequest, 'DestinationKeyId'>>({
  name: 'ReEncrypt',
  authorizes: true,
  async run(call, input) {
    const destination = resolveKey(call, input.DestinationKeyId, { aliases: true, action: 'ReEncryptTo' });
    const parameters = { reEncryptOnSameKey: destination.arn === sourceArnOf(call, input) };
    admitKey(call, { action: 'ReEncryptTo', key: destination, parameters }, { operation: 'ReEncrypt', usage });
    const algorithm = input.DestinationEncryptionAlgorithm ?? symmetric;
    const context = input.DestinationEncryptionContext;
    checkEncrypt(destination, algorithm, context);
    const sourceAlgorithm = input.SourceEncryptionAlgorithm ?? symmetric;
    const source = await open(call, {
      ciphertext: ciphertextOf(input),
      keyId: input.SourceKeyId,
      algorithm: sourceAlgorithm,
      context: input.SourceEncryptionContext,
      action: 'ReEncryptFrom',
      destination,
    });
    checkLength(destination, algorithm, source.plaintext.length);
    endDryRun(input);
    return {
      CiphertextBlob: await encryptUnder(call, destination, algorithm, source.plaintext, context),
      SourceKeyId: source.key.arn,
      KeyId: destination.arn,
      SourceEncryptionAlgorithm: sourceAlgorithm,
      DestinationEncryptionAlgorithm: algorithm,
      SourceKeyMaterialId: source.materialId,
      DestinationKeyMaterialId: algorithm === symmetric ? destination.currentMaterialId : undefined,
    };
  },
});
