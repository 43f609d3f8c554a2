import {
  type AlgorithmSpec,
  DeleteImportedKeyMaterialCommand,
  GetParametersForImportCommand,
  ImportKeyMaterialCommand,
  type WrappingKeySpec,
} from '@aws-sdk/client-kms';
import type { KeyMaterialImport } from '../../core/kms/service/keyMaterialImport.ts';
import type { KmsCaller } from '../kmsCaller.ts';

/** Imported key material, over the SDK. */
export function keyMaterialImport(caller: KmsCaller): KeyMaterialImport {
  return {
    getParametersForImport: (key, algorithm, wrappingKeySpec, signal) =>
      caller.call('GetParametersForImport', key.region, signal, async (kms, options) => {
        const command = new GetParametersForImportCommand({
          KeyId: key.keyId,
          WrappingAlgorithm: algorithm as AlgorithmSpec,
          WrappingKeySpec: wrappingKeySpec as WrappingKeySpec,
        });
        const { ImportToken, PublicKey, ParametersValidTo } = await kms.send(command, options);
        return {
          importToken: ImportToken ?? new Uint8Array(),
          publicKey: PublicKey ?? new Uint8Array(),
          parametersValidTo: ParametersValidTo?.getTime(),
        };
      }),
    importKeyMaterial: (key, material, signal) =>
      caller.call('ImportKeyMaterial', key.region, signal, async (kms, options) => {
        const { validTo } = material;
        const expiry =
          validTo === undefined
            ? { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' as const }
            : { ExpirationModel: 'KEY_MATERIAL_EXPIRES' as const, ValidTo: new Date(validTo) };
        const command = new ImportKeyMaterialCommand({
          KeyId: key.keyId,
          ImportToken: material.importToken,
          EncryptedKeyMaterial: material.encryptedKeyMaterial,
          ImportType: material.importType,
          KeyMaterialDescription: material.description,
          ...expiry,
        });
        return (await kms.send(command, options)).KeyMaterialId;
      }),
    deleteImportedKeyMaterial: (key, keyMaterialId, signal) =>
      caller.call('DeleteImportedKeyMaterial', key.region, signal, async (kms, options) => {
        await kms.send(new DeleteImportedKeyMaterialCommand({ KeyId: key.keyId, KeyMaterialId: keyMaterialId }), options);
      }),
  };
}
