import { KmsExplorerError } from '../../kms/errorCode.ts';
import { readJsonDocument } from './document/jsonDocument.ts';
import type { SopsDocument, SopsLeaf } from './document/sopsDocument.ts';
import type { EncryptionPlan } from './encryptFile.ts';
import { macTime } from './file/openValues.ts';
import { unlock } from './file/unlock.ts';
import { unreadable } from './file/writeChange.ts';
import { dataKeyLength, sopsTime, wrapDataKey } from './keys/dataKey.ts';
import { readMetadata, type SopsMetadata } from './metadata/sopsMetadata.ts';
import { versionToWrite, writeMetadata } from './metadata/writeMetadata.ts';
import { defaultRule } from './selection/selectionRule.ts';
import { applyEditsTo } from '../transform.ts';
import type { SopsTools } from './sopsPorts.ts';
import { macOfChunks, openMac, sealMac } from './values/mac.ts';
import { additionalDataOf, openBytes, sealBytes, type DataKeyUse } from './values/sealing.ts';
import { parseValueToken } from './values/valueToken.ts';

/** The one value of the JSON that SOPS wraps a file of any bytes in (getsops/sops, stores/json/store.go, BinaryStore). */
const dataKeyPath = ['data'];

/**
 * Encrypts the bytes of any file; the result is JSON text. Rules do not apply, and an empty file stays one, as an
 * empty text. Rejects with what KMS answers, and EDIT_REFUSED when the result does not read back.
 */
export async function encryptBinary(bytes: Uint8Array, plan: Pick<EncryptionPlan, 'groups' | 'threshold' | 'macOnlyEncrypted' | 'indent'>, tools: SopsTools): Promise<string> {
  const { groups, threshold = groups.length, macOnlyEncrypted = false, indent } = plan;
  const use = { crypto: tools.crypto, dataKey: tools.crypto.randomBytes(dataKeyLength) };
  const wrapped = await wrapDataKey(use.dataKey, groups, threshold, tools);
  const metadata: SopsMetadata = {
    version: versionToWrite(''),
    lastModified: '',
    mac: '',
    macOnlyEncrypted,
    rule: defaultRule,
    groups: wrapped,
    threshold: groups.length === 1 ? 1 : threshold,
    // SOPS writes no rule here; an empty one in the source keeps the default from being written.
    source: { mac: '' },
  };
  const width = indent?.json ?? -1;
  const pad = width < 0 ? '\t' : ' '.repeat(width);
  const empty = readJsonDocument(`{\n${pad}"data": ""\n}\n`);
  return writeBinary(empty, bytes, metadata, use, tools.now());
}

/** The bytes of an encrypted file. Rejects with SOPS_MAC_MISMATCH, SOPS_NO_KEY, SOPS_INVALID and PARSE_ERROR. */
export async function decryptBinary(text: string, tools: Pick<SopsTools, 'keys' | 'crypto'>): Promise<Uint8Array> {
  const { file, use } = await unlock(text, 'binary', tools);
  return openBinary(file.document, file.metadata, use);
}

/** Encrypts new bytes with the data key and the keys of a file. Rejects as `decryptBinary` does. */
export async function encryptBinaryAgain(bytes: Uint8Array, previous: string, tools: SopsTools): Promise<string> {
  const { file, use } = await unlock(previous, 'binary', tools);
  const standing = openBinary(file.document, file.metadata, use);
  const isSame = standing.length === bytes.length && standing.every((byte, index) => byte === bytes[index]);
  return isSame ? previous : writeBinary(file.document, bytes, file.metadata, use, tools.now());
}

function writeBinary(document: SopsDocument, bytes: Uint8Array, metadata: SopsMetadata, use: DataKeyUse, now: Date): string {
  const leaf = dataLeaf(document);
  const token = bytes.length === 0 ? '' : sealBytes(use, bytes, 'str', additionalDataOf(dataKeyPath));
  const lastModified = sopsTime(now);
  const mac = sealMac(use, macOfChunks(use, [bytes], metadata.macOnlyEncrypted), lastModified);
  const tree = writeMetadata({ ...metadata, lastModified, mac });
  const text = applyEditsTo(document.text, [{ ...leaf.range, text: leaf.writeToken(token) }, ...document.writeMetadata(tree)]);
  requireBytes(text, bytes, use);
  return text;
}

function requireBytes(text: string, bytes: Uint8Array, use: DataKeyUse): void {
  try {
    const document = readJsonDocument(text);
    const read = openBinary(document, readMetadata(document.metadata ?? {}), use);
    if (read.length !== bytes.length || read.some((byte, index) => byte !== bytes[index])) throw new Error('The bytes differ.');
  } catch (error) {
    throw unreadable(error);
  }
}

function openBinary(document: SopsDocument, metadata: SopsMetadata, use: DataKeyUse): Uint8Array {
  const { value } = dataLeaf(document);
  const token = parseValueToken(value.text);
  const bytes = value.text === '' ? new Uint8Array() : token && openBytes(use, token, additionalDataOf(dataKeyPath));
  if (bytes === undefined) {
    throw new KmsExplorerError('SOPS_INVALID', 'The data of the file cannot be decrypted: its ciphertext was changed, or moved here from another file.');
  }
  const mac = openMac(use, metadata.mac, macTime(metadata.lastModified));
  if (mac === macOfChunks(use, [bytes], metadata.macOnlyEncrypted)) return bytes;
  throw new KmsExplorerError('SOPS_MAC_MISMATCH', 'The file does not match its MAC: its data or the time of its last change was edited without SOPS.');
}

function dataLeaf({ leaves }: SopsDocument): SopsLeaf {
  const [leaf] = leaves;
  if (leaf !== undefined && leaves.length === 1 && leaf.keyPath.length === 1 && leaf.keyPath[0] === 'data') return leaf;
  throw new KmsExplorerError('SOPS_INVALID', 'The file is no binary file of SOPS: it does not hold its bytes under the key data alone.');
}
