import * as vscode from 'vscode';
import { KmsExplorerError, type ErrorCode } from '../../../core/kms/errorCode.ts';
import type { KmsKeyUse, SopsKeys, SopsTools } from '../../../core/secrets/sops/sopsPorts.ts';
import type { KeyService } from '../../../core/kms/service/keyService.ts';
import { toBase64 } from '../../../core/secrets/base64.ts';
import { sopsCrypto } from '../../shared/secrets/sopsCrypto.ts';

/** What an operation on a SOPS file needs, for calls that a signal ends. */
export type ToolsFor = (signal: AbortSignal) => SopsTools;

/**
 * SOPS on the connected KMS, with the credentials of the backend. Where those are refused, the profile and the role that a
 * file names for a key are used, as SOPS does: they are those of its authors, and the user may have both or neither.
 * Each data key is decrypted once as long as the tools are kept, which is for one command.
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
    async encryptDataKey(use, plaintext) {
      const { arn, region, encryptionContext } = use;
      const { ciphertext } = await asNamed(await connect(), use, (each) => each.encrypt({ region, keyId: arn }, plaintext, encryptionContext, signal));
      return ciphertext;
    },
    async decryptDataKey(use, ciphertext) {
      const { arn, region, encryptionContext } = use;
      const id = JSON.stringify([arn, encryptionContext, toBase64(ciphertext)]);
      const known = decrypted.get(id);
      if (known !== undefined) return known;
      const { plaintext } = await asNamed(await connect(), use, (each) => each.decryptWith(region, { ciphertext, encryptionContext, keyId: arn }, signal));
      decrypted.set(id, plaintext);
      return plaintext;
    },
  };
}

/** What KMS answers those who may not use a key, or cannot see it. */
const refusals: readonly ErrorCode[] = ['ACCESS_DENIED', 'NOT_FOUND'];

async function asNamed<Result>(service: KeyService, use: KmsKeyUse, call: (service: KeyService) => Promise<Result>): Promise<Result> {
  try {
    return await call(service);
  } catch (error) {
    const isNamed = use.role !== undefined || use.awsProfile !== '';
    if (!isNamed || !(error instanceof KmsExplorerError) || !refusals.includes(error.code)) throw error;
    return await asOther(service, use, error, call);
  }
}

async function asOther<Result>(service: KeyService, { arn, role, awsProfile }: KmsKeyUse, first: KmsExplorerError, call: (service: KeyService) => Promise<Result>): Promise<Result> {
  const other = await service.actingAs({ roleArn: role, profile: awsProfile === '' ? undefined : awsProfile });
  try {
    return await call(other);
  } catch (error) {
    if (!(error instanceof KmsExplorerError) || error.code === 'CANCELLED') throw error;
    const who = [...(awsProfile === '' ? [] : [vscode.l10n.t('the profile {0}', awsProfile)]), ...(role === undefined ? [] : [vscode.l10n.t('the role {0}', role)])].join(', ');
    const message = vscode.l10n.t('{0} Nor could {1}, which the file names for {2}, be used: {3}', first.message.replace(/\.?$/, '.'), who, arn, error.message);
    throw new KmsExplorerError(first.code, message, { ...(first.serviceCode === undefined ? {} : { serviceCode: first.serviceCode }), cause: error });
  } finally {
    other.dispose();
  }
}
