import { createPrivateKey, type KeyObject } from 'node:crypto';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import { keySpecOf, type KeySpecRow } from '../../../core/kms/keySpecs.ts';

const curveNames: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521', secp256k1: 'secp256k1' };

/**
 * Key material out of what a user typed: hexadecimal or base64. Throws INVALID_REQUEST; no message holds any of it.
 * The result is the caller's to clear.
 */
export function materialFromText(keySpec: string, typed: string): Buffer {
  const decoded = decode(typed);
  if (decoded === undefined) throw invalid('This is neither hexadecimal nor base64.');
  return checked(keySpec, decoded);
}

/**
 * Key material out of a file: raw bytes, hexadecimal or base64 for a symmetric or HMAC key; a private key in PEM, or in
 * DER as PKCS #8, for the others. Throws INVALID_REQUEST. `file` is cleared.
 */
export function materialFromFile(keySpec: string, file: Buffer): Buffer {
  try {
    const wanted = secretLength(keySpec);
    if (wanted !== undefined && file.length === wanted) return Buffer.from(file);
    if (isPem(file)) return checkedKey(keySpec, file, 'pem');
    const decoded = isAscii(file) ? decode(file.toString('latin1')) : undefined;
    return checked(keySpec, decoded ?? Buffer.from(file));
  } finally {
    file.fill(0);
  }
}

function checked(keySpec: string, bytes: Buffer): Buffer {
  const wanted = secretLength(keySpec);
  if (wanted === undefined) {
    try {
      return checkedKey(keySpec, bytes, 'der');
    } finally {
      bytes.fill(0);
    }
  }
  if (bytes.length === wanted) return bytes;
  const found = bytes.length;
  bytes.fill(0);
  throw invalid(`Material for ${keySpec} has exactly ${wanted} bytes; this has ${found}.`);
}

/** A private key as PKCS #8 in DER, of the algorithm that the spec names. */
function checkedKey(keySpec: string, bytes: Buffer, format: 'pem' | 'der'): Buffer {
  const row = keySpecOf(keySpec);
  if (row === undefined || row.kind === 'symmetric' || row.kind === 'hmac') throw invalid(`Material for ${keySpec} is plain bytes, and this is a private key.`);
  if (row.kind === 'sm2') return checkedSm2Key(bytes, format);
  const key = privateKey(bytes, format);
  if (!fits(row, key)) throw invalid(`The private key is not one for ${keySpec}.`);
  return key.export({ type: 'pkcs8', format: 'der' });
}

/** A private key of SM2 in PKCS #8 (GB/T 35276): the desktop VS Code cannot read one, so its algorithm is looked at alone, and KMS has the last word. */
function checkedSm2Key(bytes: Buffer, format: 'pem' | 'der'): Buffer {
  const der = format === 'der' ? Buffer.from(bytes) : Buffer.from(/-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----/.exec(bytes.toString('latin1'))?.[1] ?? '', 'base64');
  if (sm2PrivateKey.test(der.subarray(0, 40).toString('hex'))) return der;
  der.fill(0);
  throw invalid('The private key is not one for SM2. Give one without a passphrase, in PEM or in DER, as PKCS #8.');
}

/** A sequence of the version 0 and the algorithm: id-ecPublicKey with the curve of SM2. */
const sm2PrivateKey = /^30(?:8[12])?(?:[0-9a-f]{2}){1,2}020100301306072a8648ce3d020106082a811ccf5501822d04/;

function privateKey(bytes: Buffer, format: 'pem' | 'der'): KeyObject {
  try {
    return createPrivateKey(format === 'pem' ? { key: bytes, format } : { key: bytes, format, type: 'pkcs8' });
  } catch {
    // What the runtime says of a key it cannot read is of no help, and might quote it.
    throw invalid('This holds no private key that can be read here. Give one without a passphrase, in PEM, or in DER as PKCS #8.');
  }
}

function fits({ kind, size, curve, mlDsa, mlKem }: KeySpecRow, { asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): boolean {
  if (kind === 'rsa') return type === 'rsa' && details?.modulusLength === size;
  if (kind === 'ecc') return type === 'ec' && curveNames[details?.namedCurve ?? ''] === curve;
  if (kind === 'edwards') return type === 'ed25519';
  return type === (mlDsa ?? mlKem)?.toLowerCase();
}

/** The bytes that the material of a symmetric or HMAC key has; undefined for keys that have a private key instead. */
function secretLength(keySpec: string): number | undefined {
  const row = keySpecOf(keySpec);
  return row?.kind === 'symmetric' || row?.kind === 'hmac' ? row.size : undefined;
}

function isPem(file: Buffer): boolean {
  return file.includes('-----BEGIN ');
}

function isAscii(file: Buffer): boolean {
  return file.every((byte) => byte < 0x80);
}

/** Hexadecimal first: a text of an even number of hexadecimal digits is hardly ever meant as base64. */
function decode(typed: string): Buffer | undefined {
  const compact = typed.replaceAll(/\s+/g, '');
  if (compact === '') return undefined;
  if (/^([0-9a-fA-F]{2})+$/.test(compact)) return Buffer.from(compact, 'hex');
  return compact.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(compact) ? Buffer.from(compact, 'base64') : undefined;
}

function invalid(message: string): KmsExplorerError {
  return new KmsExplorerError('INVALID_REQUEST', message);
}
