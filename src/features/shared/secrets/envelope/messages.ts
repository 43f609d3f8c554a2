import * as vscode from 'vscode';
import { parseKmsArn } from '../../../../core/kms/arn.ts';
import { KmsExplorerError } from '../../../../core/kms/errorCode.ts';
import type { EncryptionContext } from '../../../../core/kms/keyMetadata.ts';
import type { DecryptResult, EncryptResult } from '../../../../core/kms/service/cryptography.ts';
import type { KeyReference } from '../../../../core/kms/service/keyReference.ts';
import type { KeyService } from '../../../../core/kms/service/keyService.ts';
import type { EnvelopeOperations } from '../../../../core/secrets/envelopeOperations.ts';
import type { EncryptionSdkHeader } from '../../../../core/secrets/tokens/encryptionSdkMessage.ts';
import { messageCrypto } from './messageCrypto.ts';

/**
 * Encrypts bytes of any length as a message of the AWS Encryption SDK, under a data key that KMS makes with one
 * GenerateDataKey call. Rejects as KMS does, and with INVALID_REQUEST for a context that the format cannot hold.
 */
export async function encryptMessage(
  service: KeyService,
  key: KeyReference,
  plaintext: Uint8Array,
  encryptionContext: EncryptionContext,
  signal: AbortSignal,
): Promise<EncryptResult> {
  const { contextOfCaller, requireMessageContext, sealMessage } = await operations();
  const context = contextOfCaller(encryptionContext);
  requireMessageContext(context);
  const dataKey = await service.generateDataKey(key, 'AES_256', context, signal);
  try {
    return { ciphertext: sealMessage(messageCrypto, plaintext, context, dataKey), keyArn: dataKey.keyArn };
  } finally {
    dataKey.plaintext.fill(0);
  }
}

/**
 * Decrypts a message: KMS decrypts one of its data keys, each with the key that it names and in that key's Region, the
 * backend's own Region first. Rejects with what KMS said about the last one when it decrypts none of them, and with
 * INVALID_CIPHERTEXT for a message that was changed. `place` names the message.
 */
export async function decryptMessage(service: KeyService, bytes: Uint8Array, header: EncryptionSdkHeader, place: string, signal: AbortSignal): Promise<DecryptResult> {
  const { openMessage } = await operations();
  const dataKey = await decryptDataKey(service, header, place, signal);
  try {
    return { plaintext: openMessage(messageCrypto, bytes, header, dataKey.plaintext), keyArn: dataKey.keyArn };
  } catch (error) {
    throw error instanceof KmsExplorerError ? new KmsExplorerError(error.code, `${place}: ${error.message}`, { cause: error }) : error;
  } finally {
    dataKey.plaintext.fill(0);
  }
}

async function operations(): Promise<EnvelopeOperations> {
  return (await import('../../../../core/secrets/envelopeOperations.ts')).envelopeOperations;
}

async function decryptDataKey(service: KeyService, { encryptedDataKeys, encryptionContext }: EncryptionSdkHeader, place: string, signal: AbortSignal): Promise<DecryptResult> {
  const candidates = encryptedDataKeys.flatMap(({ providerId, providerInfo, encryptedKey }) => {
    const region = providerId === 'aws-kms' ? parseKmsArn(providerInfo)?.region : undefined;
    return region === undefined || !service.regions().includes(region) ? [] : [{ region, keyId: providerInfo, ciphertext: encryptedKey }];
  });
  const isNear = ({ region }: { readonly region: string }) => region === service.region;
  let last = new KmsExplorerError('NOT_FOUND', vscode.l10n.t('no data key of it is encrypted under a KMS key of this partition.'));
  for (const { region, keyId, ciphertext } of [...candidates.filter(isNear), ...candidates.filter((each) => !isNear(each))]) {
    try {
      return await service.decryptWith(region, { ciphertext, keyId, encryptionContext }, signal);
    } catch (error) {
      if (!(error instanceof KmsExplorerError) || error.code === 'CANCELLED') throw error;
      last = error;
    }
  }
  throw new KmsExplorerError(last.code, vscode.l10n.t('{0} cannot be decrypted: {1}', place, last.message), {
    ...(last.serviceCode === undefined ? {} : { serviceCode: last.serviceCode }),
    cause: last,
  });
}
