import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { bitString, context, der, derTags, integer, objectIdentifier, octetString, sequence, smallInteger } from '../../../src/emulator/crypto/encoding/der.ts';

/** A certificate with its private key. */
export interface Issued {
  readonly name: string;
  readonly certificate: Buffer;
  readonly privateKey: KeyObject;
}

export interface CertificateWish {
  readonly name: string;
  /** Undefined for one that issues itself. */
  readonly issuer?: Issued;
  readonly ca?: boolean;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly curve?: string;
}

const day = 86_400_000;
const ecdsaWithSha384 = sequence(objectIdentifier('1.2.840.10045.4.3.3'));

function commonName(name: string): Buffer {
  return sequence(der(derTags.set, sequence(objectIdentifier('2.5.4.3'), der(0x0c, Buffer.from(name)))));
}

/** GeneralizedTime (RFC 5280, section 4.1.2.5.2). */
function time(date: Date): Buffer {
  return der(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]|\.\d+Z/g, '')}Z`));
}

const yes = der(0x01, Buffer.from([0xff]));

function extensions(ca: boolean): Buffer {
  const constraints = sequence(...(ca ? [yes] : []));
  const usage = der(derTags.bitString, ca ? Buffer.from([2, 0x04]) : Buffer.from([7, 0x80]));
  return context(
    3,
    sequence(
      sequence(objectIdentifier('2.5.29.19'), yes, octetString(constraints)),
      sequence(objectIdentifier('2.5.29.15'), yes, octetString(usage)),
    ),
  );
}

/** An X.509 certificate (RFC 5280) on P-384, as those of Nitro Enclaves are. */
export function issueCertificate(wish: CertificateWish): Issued {
  const { name, issuer, ca = false, curve = 'secp384r1' } = wish;
  const { notBefore = new Date(Date.now() - day), notAfter = new Date(Date.now() + day) } = wish;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: curve });
  const toBeSigned = sequence(
    context(0, smallInteger(2)),
    integer(Buffer.from(name)),
    ecdsaWithSha384,
    commonName(issuer?.name ?? name),
    sequence(time(notBefore), time(notAfter)),
    commonName(name),
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
    extensions(ca),
  );
  const signature = sign('sha384', toBeSigned, issuer?.privateKey ?? privateKey);
  return { name, certificate: sequence(toBeSigned, ecdsaWithSha384, bitString(signature)), privateKey };
}
