import type { ImportKeyMaterialRequest } from '@aws-sdk/client-kms';
import { importedMaterial, unwrapMaterial } from '../../crypto/keyImport.ts';
import { loadMaterial, materialIdOf } from '../../crypto/keyMaterial.ts';
import { KmsException } from '../../kmsException.ts';
import { type ImportDestination, importDestination } from '../../material/importDestination.ts';
import { isReplica, primaryOf } from '../../material/relatedKeys.ts';
import { checkKey } from '../../pipeline/admitKey.ts';
import type { Call } from '../../pipeline/call.ts';
import { keyOperation, type Validated } from '../../pipeline/operation.ts';
import { resolveKey } from '../../pipeline/resolveKey.ts';
import { type KeyRecord, keyStateOf } from '../../store/keyRecord.ts';
import type { Store } from '../../store/store.ts';
import { checkImports } from './importChecks.ts';
import { checkPrimary } from './rotationChecks.ts';

type ImportInput = Validated<ImportKeyMaterialRequest, 'ImportToken' | 'EncryptedKeyMaterial'>;

/** Imported material may be valid for 365 days at most, in milliseconds. */
const longestValidity = 365 * 86_400_000;

function invalid(message: string): KmsException {
  return new KmsException('ValidationException', message);
}

/** When the material is to expire, in epoch milliseconds; undefined for never. */
function expiryOf({ ExpirationModel: model = 'KEY_MATERIAL_EXPIRES', ValidTo: validTo }: ImportInput, now: number): number | undefined {
  if (model === 'KEY_MATERIAL_DOES_NOT_EXPIRE') {
    if (validTo !== undefined) throw invalid('A validTo date must not be set if the ExpirationModel is KEY_MATERIAL_DOES_NOT_EXPIRE');
    return undefined;
  }
  if (validTo === undefined) throw invalid('A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES');
  const time = validTo.getTime();
  if (!(time > now && time <= now + longestValidity)) throw invalid('The validTo date must be in the future, and at most 365 days from now.');
  return time;
}

/** The members that name one of several materials are for symmetric keys. */
function checkMaterialMembers(key: KeyRecord, input: ImportInput): void {
  const { ImportType: type, KeyMaterialId: id, KeyMaterialDescription: description } = input;
  if (key.spec !== 'SYMMETRIC_DEFAULT' && (type !== undefined || id !== undefined || description !== undefined)) {
    throw new KmsException(
      'UnsupportedOperationException',
      'ImportType, KeyMaterialId and KeyMaterialDescription are supported for symmetric encryption keys only.',
    );
  }
  if (type === 'NEW_KEY_MATERIAL') {
    checkPrimary(key);
    if (id !== undefined) throw invalid('KeyMaterialId cannot be specified when ImportType is NEW_KEY_MATERIAL.');
  }
}

/** The material in the form in which it is stored. */
async function unwrap(call: Call, key: KeyRecord, input: ImportInput): Promise<Uint8Array> {
  const { algorithm, wrappingSpec, wrappingKey } = call.importTokens.read(key.arn, input.ImportToken, call.now);
  const plaintext = await unwrapMaterial(algorithm, loadMaterial(wrappingSpec, Buffer.from(wrappingKey)), input.EncryptedKeyMaterial);
  if (!plaintext) throw new KmsException('InvalidCiphertextException');
  const stored = importedMaterial(key.spec, plaintext);
  if (!stored) throw new KmsException('IncorrectKeyMaterialException', `The key material is not valid for a key of key spec ${key.spec}.`);
  return stored;
}

/** A replica needs every material that its primary uses before it can be used, so their places are made with the first one. */
function makePlaces(store: Store, replica: KeyRecord): void {
  for (const material of store.materials.list(primaryOf(store, replica).arn)) {
    const here = store.materials.find(replica.arn, material.materialId);
    if (here || material.state === 'PENDING_ROTATION') continue;
    store.materials.insert({ ...material, keyArn: replica.arn, wrapped: undefined, validTo: undefined, description: undefined });
  }
}

interface Imported {
  readonly stored: Uint8Array;
  readonly validTo: number | undefined;
  readonly description: string | undefined;
}

function put({ store, vault, now }: Call, key: KeyRecord, destination: ImportDestination, imported: Imported): void {
  const { stored, validTo, description } = imported;
  if (isReplica(key)) makePlaces(store, key);
  if (destination.row) {
    const { row } = destination;
    vault.putBack(row, stored, { validTo, description: description ?? row.description });
  } else {
    const { state, sequence } = destination;
    vault.add(key, stored, { state, sequence, validTo, description, createdAt: now });
  }
  // A key that had to wait for its material can be used as soon as it has all of it.
  if (keyStateOf(key, now) === 'PendingImport') store.keys.update(key, { enabled: true });
}

export const importKeyMaterial = keyOperation<ImportInput>({
  name: 'ImportKeyMaterial',
  async run(call, input, admitted) {
    checkImports(admitted);
    checkMaterialMembers(admitted, input);
    const validTo = expiryOf(input, call.now);
    const stored = await unwrap(call, admitted, input);
    // Another call may have changed the key while the material was unwrapped.
    const key = resolveKey(call, admitted.arn, { aliases: false });
    checkKey(call, key, { operation: 'ImportKeyMaterial' });
    const materialId = materialIdOf(key.keyId, stored);
    if (input.KeyMaterialId !== undefined && input.KeyMaterialId !== materialId) {
      throw new KmsException('IncorrectKeyMaterialException', `The key material is not the one with the id ${input.KeyMaterialId}.`);
    }
    const destination = importDestination(call.store, key, materialId, input.ImportType);
    call.store.transaction(() => {
      put(call, key, destination, { stored, validTo, description: input.KeyMaterialDescription });
    });
    return { KeyId: key.arn, KeyMaterialId: key.spec === 'SYMMETRIC_DEFAULT' ? materialId : undefined };
  },
});
