import { createPrivateKey, type KeyObject } from 'node:crypto';
import { type KeySpecName, keySpecs, type NamedCurve } from '../../core/kms/keySpecs.ts';
import type { SeedValue } from './seedReader.ts';

const jwkCurves: Readonly<Record<NamedCurve, string>> = {
  'P-256': 'P-256',
  'P-384': 'P-384',
  'P-521': 'P-521',
  secp256k1: 'secp256k1',
};

const scalarLengths: Readonly<Record<NamedCurve, number>> = { 'P-256': 32, 'P-384': 48, 'P-521': 66, secp256k1: 32 };

function readPem(value: SeedValue): KeyObject {
  try {
    return createPrivateKey(value.text());
  } catch {
    throw value.fail('is not a private key in PEM.');
  }
}

/** A private key in PEM. Throws StartFailure BAD_SEED. */
export function fromPem(value: SeedValue, spec: KeySpecName): Uint8Array {
  const { kind, size, curve } = keySpecs[spec];
  const key = readPem(value);
  if (kind === 'rsa') {
    if (key.asymmetricKeyType !== 'rsa' || key.asymmetricKeyDetails?.modulusLength !== size) throw value.fail(`is not an ${spec} private key.`);
    return key.export({ type: 'pkcs8', format: 'der' });
  }
  const jwk = key.asymmetricKeyType === 'ec' ? key.export({ format: 'jwk' }) : undefined;
  if (!curve || jwk?.crv !== jwkCurves[curve] || jwk.d === undefined) throw value.fail(`is not material of ${spec}.`);
  return Buffer.from(jwk.d, 'base64url');
}

function fromBytes(value: SeedValue, spec: KeySpecName, bytes: Buffer): Uint8Array {
  const { kind, size, curve } = keySpecs[spec];
  if (kind === 'rsa') throw value.fail(`cannot hold material of ${spec}. Write it as pem.`);
  const length = curve ? scalarLengths[curve] : size;
  if (bytes.length !== length) throw value.fail(`holds ${bytes.length} bytes, but material of ${spec} has ${length ?? 0}.`);
  return bytes;
}

function fromText(value: SeedValue, spec: KeySpecName, encoding: 'hex' | 'base64'): Uint8Array {
  const text = value.text();
  const pattern = encoding === 'hex' ? /^(?:[0-9a-f]{2})+$/i : /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
  if (!pattern.test(text)) throw value.fail(`is not ${encoding}.`);
  return fromBytes(value, spec, Buffer.from(text, encoding));
}

/** Material in hexadecimal digits. Throws StartFailure BAD_SEED. */
export function fromHex(value: SeedValue, spec: KeySpecName): Uint8Array {
  return fromText(value, spec, 'hex');
}

/** One item of a key's `material`, in the form in which material is stored. Throws StartFailure BAD_SEED. */
export function readMaterial(item: SeedValue, spec: KeySpecName): Uint8Array {
  const members = item.members(['base64', 'hex', 'pem']);
  const [entry] = members;
  if (!entry || members.size > 1) throw item.fail('has to have one of base64, hex or pem.');
  const [encoding, value] = entry;
  if (encoding === 'pem') return fromPem(value, spec);
  return fromText(value, spec, encoding === 'hex' ? 'hex' : 'base64');
}
