import type { KeyObject } from 'node:crypto';
import { algorithmsOf, keySpecs } from '../../core/kms/keySpecs.ts';
import type { LoadedMaterial } from '../crypto/keyMaterial.ts';
import type { MessageKey } from '../crypto/symmetricCiphertext.ts';
import { KmsException } from '../kmsException.ts';
import type { Call } from './call.ts';
import type { KeyRecord } from '../store/keyRecord.ts';

/** Throws DryRunOperationException when the request asks for a dry run; called once every check has passed. */
export function endDryRun(input: { readonly DryRun?: boolean | undefined }): void {
  if (input.DryRun === true) {
    throw new KmsException('DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.');
  }
}

/** The refusal of an algorithm that keys of this spec do not have. */
export function incompatibleAlgorithm(key: KeyRecord, algorithm: string): KmsException {
  return new KmsException('InvalidKeyUsageException', `Algorithm ${algorithm} is incompatible with key spec ${key.spec}.`);
}

/** Throws InvalidKeyUsageException for an algorithm that keys of this spec do not have. */
export function checkAlgorithm(key: KeyRecord, algorithm: string): void {
  if (!algorithmsOf(keySpecs[key.spec], key.usage).includes(algorithm)) throw incompatibleAlgorithm(key, algorithm);
}

/** Data keys and data key pairs come under symmetric encryption keys alone. Throws InvalidKeyUsageException. */
export function checkDataKeySource(key: KeyRecord): void {
  if (key.spec !== 'SYMMETRIC_DEFAULT') {
    throw new KmsException('InvalidKeyUsageException', 'You cannot generate a data key with an asymmetric CMK');
  }
}

/** The answer when the store has not got what the state of the key promises. */
export function lostMaterial(): KmsException {
  return new KmsException('KMSInternalException', 'The key material is missing from the store.');
}

/** The key's newest material; the key state has shown that there is one. */
export function currentMaterial(call: Call, key: KeyRecord): LoadedMaterial {
  const material = key.currentMaterialId === undefined ? undefined : call.vault.load(key, key.currentMaterialId);
  if (!material) throw lostMaterial();
  return material;
}

/** The secret of a symmetric or HMAC key. */
export function secretOf(material: LoadedMaterial): KeyObject {
  if (material.kind !== 'secret') throw lostMaterial();
  return material.key;
}

/** A symmetric key for one message, with the material of that id, or undefined when the key never had it. */
export function messageKey(call: Call, key: KeyRecord, materialId: string): MessageKey | undefined {
  const material = call.vault.load(key, materialId);
  return material && { keyId: key.keyId, materialId, material: secretOf(material) };
}

export function currentMessageKey(call: Call, key: KeyRecord): MessageKey {
  const current = key.currentMaterialId === undefined ? undefined : messageKey(call, key, key.currentMaterialId);
  if (!current) throw lostMaterial();
  return current;
}
