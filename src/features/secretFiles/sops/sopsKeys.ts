import type { SopsKeys, SopsTools } from '../../../core/secrets/sops/sopsPorts.ts';
import type { KeyService } from '../../../core/kms/service/keyService.ts';
import { toBase64 } from '../../../core/secrets/base64.ts';
import { sopsCrypto } from '../../shared/secrets/sopsCrypto.ts';

/** What an operation on a SOPS file needs, for calls that a signal ends. */
export type ToolsFor = (signal: AbortSignal) => SopsTools;

/**
 * SOPS on the connected KMS, with the credentials of the backend: the profiles and roles that a file names are those of
 * its authors. Each data key is decrypted once as long as the tools are kept, which is for one command.
 */
export function sopsToolsOn(service: KeyService): ToolsFor {
  return sopsToolsFrom(() => Promise.resolve(service));
}

/** The same on whatever backend is connected when KMS is first needed. */
export function sopsToolsFrom(connect: () => Promise<KeyService>): ToolsFor {
  const decrypted = new Map<string, Uint8Array>();
  return (signal) => ({ crypto: sopsCrypto, now: () => new Date(), keys: keysOn(connect, decrypted, signal) });
}

function keysOn(connect: () => Promise<KeyService>, decrypted: Map<string, Uint8Array>, signal: AbortSignal): SopsKeys {
  return {
    async encryptDataKey({ arn, region, encryptionContext }, plaintext) {
      const service = await connect();
      const { ciphertext } = await service.encrypt({ region, keyId: arn }, plaintext, encryptionContext, signal);
      return ciphertext;
    },
    async decryptDataKey({ arn, region, encryptionContext }, ciphertext) {
      const id = JSON.stringify([arn, encryptionContext, toBase64(ciphertext)]);
      const known = decrypted.get(id);
      if (known !== undefined) return known;
      const service = await connect();
      const { plaintext } = await service.decryptWith(region, { ciphertext, encryptionContext, keyId: arn }, signal);
      decrypted.set(id, plaintext);
      return plaintext;
    },
  };
}
