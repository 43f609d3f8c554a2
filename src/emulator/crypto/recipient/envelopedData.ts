import { constants, createCipheriv, hash, type KeyObject, publicEncrypt, randomBytes } from 'node:crypto';
import { context, der, derTags, objectIdentifier, octetString, primitiveContext, sequence, smallInteger } from '../encoding/der.ts';

const nothing = der(derTags.null);
const sha256 = sequence(objectIdentifier('2.16.840.1.101.3.4.2.1'), nothing);
const mgf1 = sequence(objectIdentifier('1.2.840.113549.1.1.8'), sha256);
const oaepSha256 = sequence(objectIdentifier('1.2.840.113549.1.1.7'), sequence(context(0, sha256), context(1, mgf1)));
const aes256Cbc = objectIdentifier('2.16.840.1.101.3.4.1.42');
const data = objectIdentifier('1.2.840.113549.1.7.1');
const envelopedData = objectIdentifier('1.2.840.113549.1.7.3');
const versionTwo = smallInteger(2);

/** KeyTransRecipientInfo (RFC 5652, section 6.2.1) with RSAES-OAEP (RFC 4055), the key known by the hash of its encoding. */
function recipientInfo(publicKey: KeyObject, contentKey: Uint8Array): Buffer {
  const identifier = hash('sha256', publicKey.export({ type: 'spki', format: 'der' }), 'buffer');
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const encryptedKey = publicEncrypt({ key: publicKey, padding, oaepHash: 'sha256' }, contentKey);
  return sequence(versionTwo, primitiveContext(0, identifier), oaepSha256, octetString(encryptedKey));
}

/**
 * CMS EnvelopedData (RFC 5652, section 6) of `content` for one RSA key, as CiphertextForRecipient holds it: the content
 * under a new AES-256 key in CBC, that key under RSAES_OAEP_SHA_256.
 */
export function envelopFor(publicKey: KeyObject, content: Uint8Array): Buffer {
  const contentKey = randomBytes(32);
  const iv = randomBytes(16);
  const sealing = createCipheriv('aes-256-cbc', contentKey, iv);
  const sealed = Buffer.concat([sealing.update(content), sealing.final()]);
  const encryptedContent = sequence(data, sequence(aes256Cbc, octetString(iv)), primitiveContext(0, sealed));
  const recipients = der(derTags.set, recipientInfo(publicKey, contentKey));
  return sequence(envelopedData, context(0, sequence(versionTwo, recipients, encryptedContent)));
}
