import type { KeyReference } from './keyReference.ts';

/** The answer of GetParametersForImport. */
export interface ImportParameters {
  readonly importToken: Uint8Array;
  /** DER SubjectPublicKeyInfo of the wrapping key. */
  readonly publicKey: Uint8Array;
  /** Epoch milliseconds. */
  readonly parametersValidTo: number | undefined;
}

/** Key material, wrapped, with what is to be known of it. */
export interface WrappedMaterial {
  readonly importToken: Uint8Array;
  readonly encryptedKeyMaterial: Uint8Array;
  /** When the material expires, in epoch milliseconds; undefined when it does not. */
  readonly validTo?: number;
  readonly importType?: 'NEW_KEY_MATERIAL' | 'EXISTING_KEY_MATERIAL';
  readonly description?: string;
}

/** Imported key material (https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys.html). */
export interface KeyMaterialImport {
  getParametersForImport(key: KeyReference, algorithm: string, wrappingKeySpec: string, signal: AbortSignal): Promise<ImportParameters>;
  /** Gives the id of the material, where KMS has one. */
  importKeyMaterial(key: KeyReference, material: WrappedMaterial, signal: AbortSignal): Promise<string | undefined>;
  deleteImportedKeyMaterial(key: KeyReference, keyMaterialId: string | undefined, signal: AbortSignal): Promise<void>;
}
