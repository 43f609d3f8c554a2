import type { KeySpecName } from '../../core/kms/keySpecs.ts';
import { generateMaterial, loadMaterial, publicKeyOfMaterial } from './keyMaterial.ts';
import { pkcs8OfMaterial } from './privateKeys.ts';

/** The specs that GenerateDataKeyPair takes (https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyPair.html). */
export type DataKeyPairSpecName = Exclude<KeySpecName, 'SYMMETRIC_DEFAULT' | `HMAC_${string}` | `ML_DSA_${string}`>;

export interface DataKeyPair {
  /** PKCS #8 DER. */
  readonly privateKey: Buffer;
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Buffer;
}

/** A new key pair. The slow part, finding the primes of an RSA key, runs off the main thread. */
export async function generateDataKeyPair(spec: DataKeyPairSpecName): Promise<DataKeyPair> {
  const stored = Buffer.from(await generateMaterial(spec));
  const publicKey = publicKeyOfMaterial(loadMaterial(spec, stored));
  if (!publicKey) throw new TypeError(`${spec} has no key pairs.`);
  return { privateKey: pkcs8OfMaterial(spec, stored), publicKey };
}
