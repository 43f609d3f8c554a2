import { createDecipheriv, constants, generateKeyPairSync, type KeyObject, privateDecrypt, sign } from 'node:crypto';
import type { CborValue } from '../../../src/emulator/crypto/encoding/cbor.ts';
import { contentOf, readSequence, readValues } from '../../../src/emulator/crypto/encoding/derReader.ts';
import { derTags } from '../../../src/emulator/crypto/encoding/der.ts';
import { writeCbor } from './cborWriter.ts';
import { issueCertificate, type Issued } from './certificates.ts';

/** An enclave of these tests: its key for answers, and the certificates of its machine. */
export interface Enclave {
  readonly privateKey: KeyObject;
  readonly publicKey: Buffer;
  readonly root: Issued;
  readonly intermediate: Issued;
  readonly leaf: Issued;
}

export function makeEnclave(modulusLength = 2048): Enclave {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength });
  const root = issueCertificate({ name: 'root', ca: true });
  const intermediate = issueCertificate({ name: 'intermediate', issuer: root, ca: true });
  const leaf = issueCertificate({ name: 'leaf', issuer: intermediate });
  return { privateKey, publicKey: publicKey.export({ type: 'spki', format: 'der' }), root, intermediate, leaf };
}

/** The fields of an attestation document; `undefined` leaves one out. */
export type Fields = Readonly<Record<string, CborValue | undefined>>;

export const registers: ReadonlyMap<number, Buffer> = new Map(Array.from({ length: 16 }, (_, index) => [index, Buffer.alloc(48, index + 1)]));

export function fieldsOf(enclave: Enclave): Fields {
  return {
    module_id: 'i-1234567890abcdef0-enc0123456789abcdef',
    digest: 'SHA384',
    timestamp: Date.now(),
    pcrs: registers,
    certificate: enclave.leaf.certificate,
    cabundle: [enclave.root.certificate, enclave.intermediate.certificate],
    public_key: enclave.publicKey,
    user_data: null,
    nonce: null,
  };
}

export interface DocumentWish {
  readonly fields?: Fields;
  readonly algorithm?: CborValue;
  readonly signer?: KeyObject;
  readonly tagged?: boolean;
}

/** An attestation document as COSE_Sign1 (RFC 9052), with what is wished for in place of what would be right. */
export function attestationDocument(enclave: Enclave, wish: DocumentWish = {}): Buffer {
  const { fields = {}, algorithm = -35, signer = enclave.leaf.privateKey, tagged = false } = wish;
  const present = Object.entries({ ...fieldsOf(enclave), ...fields }).filter((entry): entry is [string, CborValue] => entry[1] !== undefined);
  const payload = writeCbor(new Map(present));
  const header = writeCbor(new Map([[1, algorithm]]));
  const signature = sign('sha384', writeCbor(['Signature1', header, Buffer.alloc(0), payload]), { key: signer, dsaEncoding: 'ieee-p1363' });
  const message: CborValue = [header, new Map(), payload, signature];
  return writeCbor(tagged ? { tag: 18, value: message } : message);
}

/** Opens CMS EnvelopedData (RFC 5652) as an enclave does: apart from the emulator's writer but for the DER reader. */
export function openEnvelope(privateKey: KeyObject, envelope: Uint8Array): Buffer {
  const inside = (value: Buffer): Buffer[] => readValues(value).map(({ content }) => content);
  const [, explicit] = readSequence(Buffer.from(envelope));
  const [, recipients, encrypted] = readSequence(contentOf(explicit, 0xa0));
  const [recipient] = readValues(contentOf(recipients, derTags.set));
  const encryptedKey = inside(recipient!.content).at(-1)!;
  const contentKey = privateDecrypt({ key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, encryptedKey);
  const [, algorithm, sealed] = inside(contentOf(encrypted, derTags.sequence));
  const [, iv] = inside(algorithm!);
  const opening = createDecipheriv('aes-256-cbc', contentKey, iv!);
  return Buffer.concat([opening.update(sealed!), opening.final()]);
}
