import { sm2 } from 'sm-crypto-v2';

/** What stands before the point in the DER SubjectPublicKeyInfo of an SM2 key (GB/T 35276, RFC 5480 with the curve 1.2.156.10197.1.301). */
const infoStart = '3059301306072a8648ce3d020106082a811ccf5501822d034200';

/**
 * Encrypts key material under the SM2 public key that GetParametersForImport gives in the China Regions, in the DER form of
 * GB/T 35276. Undefined for a key that is none of SM2.
 */
export function wrapSm2(spki: Uint8Array, material: Uint8Array): Buffer | undefined {
  const info = Buffer.from(spki).toString('hex');
  if (!info.startsWith(infoStart)) return undefined;
  return Buffer.from(sm2.doEncrypt(material, info.slice(infoStart.length), 1, { asn1: true }), 'hex');
}
