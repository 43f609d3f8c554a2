import { constants, createCipheriv, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import {
  type AlgorithmSpec,
  GetParametersForImportCommand,
  type GetParametersForImportCommandOutput,
  ImportKeyMaterialCommand,
  type ImportKeyMaterialCommandInput,
  type ImportKeyMaterialCommandOutput,
  type KMSClient,
  type WrappingKeySpec,
} from '@aws-sdk/client-kms';

export interface Wrapping {
  readonly algorithm: AlgorithmSpec;
  readonly wrappingSpec: WrappingKeySpec;
}

const direct: Wrapping = { algorithm: 'RSAES_OAEP_SHA_256', wrappingSpec: 'RSA_2048' };
const keyWrap: Wrapping = { algorithm: 'RSA_AES_KEY_WRAP_SHA_256', wrappingSpec: 'RSA_2048' };

/** AES key wrap with padding (RFC 5649) by the runtime. */
export function wrapPadded(aesKey: Uint8Array, material: Uint8Array): Buffer {
  const cipher = createCipheriv('id-aes256-wrap-pad', aesKey, Buffer.from('a65959a6', 'hex'));
  return Buffer.concat([cipher.update(material), cipher.final()]);
}

/** Wraps as the owner of key material does: with RSA, under the public key that came with the import token. */
export function wrapMaterial(algorithm: AlgorithmSpec, publicKey: Uint8Array, material: Uint8Array): Buffer {
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const oaepHash = algorithm.endsWith('256') ? 'sha256' : 'sha1';
  const oaep = (bytes: Uint8Array): Buffer => publicEncrypt({ key, oaepHash, padding: constants.RSA_PKCS1_OAEP_PADDING }, bytes);
  if (!algorithm.startsWith('RSA_AES_KEY_WRAP')) return oaep(material);
  const aesKey = randomBytes(32);
  return Buffer.concat([oaep(aesKey), wrapPadded(aesKey, material)]);
}

export function parametersFor(kms: KMSClient, KeyId: string, { algorithm, wrappingSpec }: Wrapping = direct): Promise<GetParametersForImportCommandOutput> {
  return kms.send(new GetParametersForImportCommand({ KeyId, WrappingAlgorithm: algorithm, WrappingKeySpec: wrappingSpec }));
}

/** Imports material that does not expire, unless `members` say otherwise. */
export async function importMaterial(
  kms: KMSClient,
  KeyId: string,
  material: Uint8Array,
  members: Partial<ImportKeyMaterialCommandInput> = {},
  wrapping: Wrapping = material.length > 128 ? keyWrap : direct,
): Promise<ImportKeyMaterialCommandOutput> {
  const { PublicKey, ImportToken } = await parametersFor(kms, KeyId, wrapping);
  const EncryptedKeyMaterial = wrapMaterial(wrapping.algorithm, PublicKey!, material);
  const expiration = members.ValidTo || members.ExpirationModel ? {} : ({ ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' } as const);
  return kms.send(new ImportKeyMaterialCommand({ KeyId, ImportToken, EncryptedKeyMaterial, ...expiration, ...members }));
}
