import { isDataKeyPairSpec, isDataKeySpec } from '../../../core/kms/dataKeySpecs.ts';
import type { KeyService } from '../../../core/kms/service/keyService.ts';
import type { DataKey, DataKeyQuestion, KeyPanelMethods } from '../../../protocol/keyPanel.ts';
import { isRecord } from '../../../protocol/rpc.ts';
import { type Handlers, type PanelSide } from './panelSide.ts';
import { isText, readContext } from './readChange.ts';

const dataKeySizes = [16, 32];
/** The longest ciphertext of KMS, in bytes. */
const mostCiphertextBytes = 6144;

/** Data keys and pairs. What is secret stays in the view's memory, and goes to the clipboard when the user copies it. */
export function dataKeyHandlers(side: PanelSide): Handlers<'generateDataKey' | 'copyDataKey' | 'takeDataPublicKey' | 'saveDataKey'> {
  return {
    generateDataKey: { read: readQuestion, run: async (question) => generate(await side.backend.keyService(), side, question) },
    copyDataKey: {
      read: (params) => {
        const bytes = readBytes(params);
        return bytes !== undefined && (dataKeySizes.includes(bytes.length) || isDerSequence(bytes)) ? { params: bytes.toString('base64') } : undefined;
      },
      run: async (base64) => {
        const bytes = Buffer.from(base64, 'base64');
        await side.copySecret(dataKeySizes.includes(bytes.length) ? base64 : pemOf('PRIVATE KEY', bytes));
        return null;
      },
    },
    takeDataPublicKey: {
      read: readPublicKey,
      run: async ({ act, publicKey }) => {
        const pem = pemOf('PUBLIC KEY', Buffer.from(publicKey, 'base64'));
        await (act === 'copy' ? side.copyText(pem) : side.saveFile('public.pem', Buffer.from(pem)));
        return null;
      },
    },
    saveDataKey: {
      read: (params) => {
        const bytes = readBytes(params);
        return bytes !== undefined && bytes.length > 0 && bytes.length <= mostCiphertextBytes ? { params: bytes.toString('base64') } : undefined;
      },
      run: async (base64) => {
        await side.saveFile('datakey.encrypted', Buffer.from(base64, 'base64'));
        return null;
      },
    },
  };
}

/** Makes what is asked for. The bytes in the open are cleared here; the answer is the view's to forget. */
async function generate(service: KeyService, { key, signal }: PanelSide, { keySpec, withPlaintext, encryptionContext }: DataKeyQuestion): Promise<DataKey> {
  if (isDataKeyPairSpec(keySpec)) {
    const { publicKey, privateKey, privateKeyCiphertext } = await service.generateDataKeyPair(key, keySpec, withPlaintext, encryptionContext, signal);
    return { plaintext: privateKey === undefined ? null : takeSecret(privateKey), ciphertext: base64Of(privateKeyCiphertext), publicKey: base64Of(publicKey) };
  }
  if (!withPlaintext) {
    const { ciphertext } = await service.generateDataKeyWithoutPlaintext(key, keySpec, encryptionContext, signal);
    return { plaintext: null, ciphertext: base64Of(ciphertext), publicKey: null };
  }
  const { plaintext, ciphertext } = await service.generateDataKey(key, keySpec, encryptionContext, signal);
  return { plaintext: takeSecret(plaintext), ciphertext: base64Of(ciphertext), publicKey: null };
}

function takeSecret(bytes: Uint8Array): string {
  const base64 = base64Of(bytes);
  bytes.fill(0);
  return base64;
}

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** Bytes as PEM (RFC 7468). */
function pemOf(label: 'PRIVATE KEY' | 'PUBLIC KEY', der: Buffer): string {
  return `-----BEGIN ${label}-----\n${der.toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END ${label}-----\n`;
}

/** Whether bytes are one SEQUENCE in DER with nothing behind it (X.690, section 8.1.3), as every key in DER is. */
function isDerSequence(bytes: Buffer): boolean {
  const first = bytes[1] ?? 0;
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (bytes[0] !== 0x30 || lengthBytes > 2 || bytes.length < 2 + lengthBytes) return false;
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(2, lengthBytes);
  return bytes.length === 2 + lengthBytes + length;
}

/** The bytes of base64 in its one standard spelling. */
function readBytes(params: unknown): Buffer | undefined {
  if (!isText(params)) return undefined;
  const bytes = Buffer.from(params, 'base64');
  return bytes.toString('base64') === params ? bytes : undefined;
}

function readPublicKey(params: unknown): { params: KeyPanelMethods['takeDataPublicKey']['params'] } | undefined {
  if (!isRecord(params)) return undefined;
  const { act } = params;
  const bytes = readBytes(params['publicKey']);
  const known = bytes !== undefined && isDerSequence(bytes) && (act === 'copy' || act === 'save');
  return known ? { params: { act, publicKey: bytes.toString('base64') } } : undefined;
}

function readQuestion(params: unknown): { params: DataKeyQuestion } | undefined {
  if (!isRecord(params)) return undefined;
  const { keySpec, withPlaintext } = params;
  const encryptionContext = readContext(params['encryptionContext']);
  if (encryptionContext === undefined || typeof withPlaintext !== 'boolean') return undefined;
  return isDataKeySpec(keySpec) || isDataKeyPairSpec(keySpec) ? { params: { keySpec, withPlaintext, encryptionContext } } : undefined;
}
