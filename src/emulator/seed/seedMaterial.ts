import { type KeySpecName, keySpecs } from '../../core/kms/keySpecs.ts';
import { materialLength } from '../crypto/keyMaterial.ts';
import { isMaterial, materialFromOldForm, materialFromPkcs8 } from '../crypto/privateKeys.ts';
import type { SeedValue } from './seedReader.ts';

/** The first private key of a PEM text (RFC 7468); what stands around it, such as EC PARAMETERS, is passed over. */
const privateKeyPem = /-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([A-Za-z0-9+/=\s]+)-----END \1-----/;

/** A private key in PEM. Throws StartFailure BAD_SEED. */
export function fromPem(value: SeedValue, spec: KeySpecName): Uint8Array {
  const [, label, body] = privateKeyPem.exec(value.text()) ?? [];
  if (label === undefined || body === undefined) throw value.fail('is not a private key in PEM.');
  const encoded = Buffer.from(body, 'base64');
  const material = label === 'PRIVATE KEY' ? materialFromPkcs8(spec, encoded) : materialFromOldForm(spec, encoded);
  if (!material) throw value.fail(`is not a private key of ${spec}.`);
  return material;
}

function fromBytes(value: SeedValue, spec: KeySpecName, bytes: Buffer): Uint8Array {
  if (keySpecs[spec].kind === 'rsa') throw value.fail(`cannot hold material of ${spec}. Write it as pem.`);
  const length = materialLength(spec);
  if (bytes.length !== length) throw value.fail(`holds ${bytes.length} bytes, but material of ${spec} has ${length}.`);
  if (!isMaterial(spec, bytes)) throw value.fail(`is not material of ${spec}: the number is out of range.`);
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
