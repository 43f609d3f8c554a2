import { fromHex, toUpperHex } from './hex.ts';
import { openBytes, sealText, textOfBytes, utf8, type DataKeyUse } from './sealing.ts';
import type { SopsValue } from './sopsValue.ts';
import { parseValueToken } from './valueToken.ts';

/** A value in the order of the file, and whether the file's rule selects it for encryption. */
export interface HashedValue {
  readonly value: SopsValue;
  readonly selected: boolean;
}

/** What the hash starts with when it covers the encrypted values alone (getsops/sops, sops.go, MACOnlyEncryptedInitialization). */
const onlyEncryptedStart = fromHex('8a3fd2ad54ce66527b1034f3d147be0b0b975b3bf44f72c6fdadec8176f27d69');

/**
 * The message authentication code of a file: SHA-512 over the plaintext of its values in their order, without
 * separators, as upper-case hexadecimal digits. Comments, keys and nulls are not covered. With `onlyEncrypted`
 * (`mac_only_encrypted`, SOPS 3.9.0) the values outside the rule are not covered either.
 */
export function computeMac(use: DataKeyUse, values: readonly HashedValue[], onlyEncrypted: boolean): string {
  // One text is hashed many times faster than its pieces; made well-formed, no two pieces join to one character.
  const covered = values.filter(({ selected }) => selected || !onlyEncrypted).map(({ value }) => value.text.toWellFormed());
  return macOfChunks(use, [utf8(covered.join(''))], onlyEncrypted);
}

export function macOfChunks({ crypto }: DataKeyUse, chunks: readonly Uint8Array[], onlyEncrypted: boolean): string {
  return toUpperHex(crypto.sha512(onlyEncrypted ? [onlyEncryptedStart, ...chunks] : chunks));
}

/** The token of a MAC; the time of the last change is its additional data. */
export function sealMac(use: DataKeyUse, mac: string, lastModified: string, iv?: Uint8Array): string {
  return sealText(use, mac, 'str', lastModified, iv);
}

/** The MAC within a token; undefined when the token does not belong to this data key and time. */
export function openMac(use: DataKeyUse, token: string, lastModified: string): string | undefined {
  const parsed = parseValueToken(token);
  const bytes = parsed && openBytes(use, parsed, lastModified);
  return bytes && textOfBytes(bytes);
}
