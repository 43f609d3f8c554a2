import type { DataKeyQuestion } from '../../../protocol/keyPanel.ts';
import { isRecord } from '../../../protocol/rpc.ts';
import { type Handlers, type PanelSide } from './panelSide.ts';
import { isText, readContext } from './readChange.ts';

const dataKeySizes = [16, 32];
/** The longest ciphertext of KMS, in bytes. */
const mostCiphertextBytes = 6144;

/** Data keys. The plaintext stays in the view's memory, and goes to the clipboard when the user copies it. */
export function dataKeyHandlers(side: PanelSide): Handlers<'generateDataKey' | 'copyDataKey' | 'saveDataKey'> {
  const { backend, key, signal } = side;
  return {
    generateDataKey: {
      read: readQuestion,
      run: async ({ keySpec, encryptionContext }) => {
        const { plaintext, ciphertext } = await (await backend.keyService()).generateDataKey(key, keySpec, encryptionContext, signal);
        const answer = { plaintext: Buffer.from(plaintext).toString('base64'), ciphertext: Buffer.from(ciphertext).toString('base64') };
        plaintext.fill(0);
        return answer;
      },
    },
    copyDataKey: {
      read: (params) => {
        const bytes = readBytes(params);
        return bytes !== undefined && dataKeySizes.includes(bytes.length) ? { params: bytes.toString('base64') } : undefined;
      },
      run: async (base64) => {
        await side.copySecret(base64);
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

/** The bytes of base64 in its one standard spelling. */
function readBytes(params: unknown): Buffer | undefined {
  if (!isText(params)) return undefined;
  const bytes = Buffer.from(params, 'base64');
  return bytes.toString('base64') === params ? bytes : undefined;
}

function readQuestion(params: unknown): { params: DataKeyQuestion } | undefined {
  if (!isRecord(params)) return undefined;
  const { keySpec } = params;
  const encryptionContext = readContext(params['encryptionContext']);
  return encryptionContext !== undefined && (keySpec === 'AES_128' || keySpec === 'AES_256') ? { params: { keySpec, encryptionContext } } : undefined;
}
