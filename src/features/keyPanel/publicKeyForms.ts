import { createPublicKey, type JsonWebKey } from 'node:crypto';
import type { PublicKeyForms } from '../../protocol/keyPanel.ts';

/** A public key, given as DER SubjectPublicKeyInfo, in PEM, as JWK (RFC 7517) and for authorized_keys (RFC 4253). */
export function publicKeyForms(spki: Uint8Array): PublicKeyForms {
  const jwk = jwkOf(spki);
  return {
    pem: `-----BEGIN PUBLIC KEY-----\n${Buffer.from(spki).toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END PUBLIC KEY-----\n`,
    jwk: jwk === undefined ? null : JSON.stringify(jwk, null, 2),
    ssh: jwk === undefined ? null : (sshOf(jwk) ?? null),
  };
}

/** Undefined for a kind of key that this runtime has no JWK for. */
function jwkOf(spki: Uint8Array): JsonWebKey | undefined {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }).export({ format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** A string of the SSH wire format (RFC 4251, section 5): its length and its bytes. */
function field(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** A positive number of the SSH wire format, which a leading zero keeps positive. */
function positive(base64url: string | undefined): Buffer {
  const bytes = Buffer.from(base64url ?? '', 'base64url');
  return field((bytes[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

const nistCurves: Readonly<Record<string, string>> = { 'P-256': 'nistp256', 'P-384': 'nistp384', 'P-521': 'nistp521' };

/** A line for authorized_keys; undefined for a key that SSH has no name for (RFC 4253, 5656, 8709). */
function sshOf({ kty, crv = '', n, e, x = '', y = '' }: JsonWebKey): string | undefined {
  const line = (name: string, ...fields: readonly Buffer[]): string =>
    `${name} ${Buffer.concat([field(Buffer.from(name)), ...fields]).toString('base64')}\n`;
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');
  if (kty === 'RSA') return line('ssh-rsa', positive(e), positive(n));
  if (kty === 'OKP' && crv === 'Ed25519') return line('ssh-ed25519', field(bytes(x)));
  const curve = nistCurves[crv];
  if (kty !== 'EC' || curve === undefined) return undefined;
  const point = Buffer.concat([Buffer.from([4]), bytes(x), bytes(y)]);
  return line(`ecdsa-sha2-${curve}`, field(Buffer.from(curve)), field(point));
}
