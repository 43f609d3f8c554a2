import * as vscode from 'vscode';
import { keyLabel } from '../../../core/kms/keyLabels.ts';
import type { EncryptionContext } from '../../../core/kms/keyMetadata.ts';
import type { KeyReference } from '../../../core/kms/service/keyReference.ts';
import type { KeyService } from '../../../core/kms/service/keyService.ts';
import { toBase64 } from '../../../core/secrets/base64.ts';
import { messageBytes, plaintextBytes, plaintextLimit } from '../../../core/secrets/transform.ts';
import { withProgress } from '../withProgress.ts';
import { askEncryptionContext, mayAskForContext, settingsContext } from './askEncryptionContext.ts';
import { agreeToMessages } from './envelope/agreeToMessages.ts';
import { encryptMessage } from './envelope/messages.ts';
import { learnKey } from './learnedKeys.ts';
import { mapConcurrently } from './mapConcurrently.ts';
import { pickEncryptionKey } from './pickEncryptionKey.ts';
import { rememberKey } from './recentKeys.ts';
import type { SecretParts } from './secretParts.ts';

/** A text to encrypt and how messages name it, for instance "The selection on line 3". */
export interface LocatedText {
  readonly text: string;
  readonly place: string;
}

/** What the place of the texts says about encrypting them, so that it is not asked or not found out too late. */
export interface EncryptionTerms {
  /** The only key that the reader of the place uses, without an encryption context; the backend's Region when it names none. */
  readonly fixedKey?: { readonly keyId: string; readonly region: string | undefined };
  /** Throws for an encryption context that the place cannot hold. */
  readonly checkContext?: (encryptionContext: EncryptionContext) => void;
  /**
   * Whether texts become messages of the AWS Encryption SDK: all of them, those that are too long for one KMS call after
   * the user agreed, which holds where nothing is said, or none, because the reader of the place knows no messages.
   */
  readonly messages?: 'always' | 'offered' | 'never';
  /** Asks the user whether they agree; rejects when they do not. */
  readonly agree?: typeof agreeToMessages;
}

export interface EncryptedTexts {
  /** The base64 of the ciphertexts, in the order of the texts. */
  readonly tokens: readonly string[];
  /** The key's alias without its prefix, or its id. */
  readonly keyLabel: string;
  readonly encryptionContext: EncryptionContext;
}

/** KMS calls at once. Well below the slowest request quota of KMS, and enough to hide the way to it. */
export const callsAtOnce = 4;

/**
 * Encrypts texts under one key and one encryption context, for which it asks unless the terms say them. `scope` is the
 * document, whose settings count. Rejects when a single text cannot be encrypted; the texts are checked before anything
 * else is asked.
 */
export async function encryptAll(
  parts: SecretParts,
  texts: readonly LocatedText[],
  scope: vscode.Uri,
  terms: EncryptionTerms = {},
): Promise<EncryptedTexts> {
  const toBytes = terms.messages === 'never' ? plaintextBytes : messageBytes;
  const plaintexts = texts.map(({ text, place }) => toBytes(text, place));
  try {
    const isMessage = plaintexts.map(({ length }) => terms.messages === 'always' || length > plaintextLimit);
    const { agree = agreeToMessages } = terms;
    if (terms.messages !== 'always') await agree(texts, plaintexts);
    const service = await parts.connection.keyService();
    const { key, label, encryptionContext } = await askTerms(parts, service, scope, terms);
    return await withProgress(vscode.l10n.t('KMS: Encrypting'), async (signal) => {
      const results = await mapConcurrently([...plaintexts.entries()], callsAtOnce, ([index, plaintext]) =>
        isMessage[index] === true
          ? encryptMessage(service, key, plaintext, encryptionContext, signal)
          : service.encrypt(key, plaintext, encryptionContext, signal),
      );
      for (const { ciphertext, keyArn } of results) await learnKey(parts.state, ciphertext, keyArn);
      if (terms.fixedKey === undefined) await rememberKey(parts.state, await service.identity(signal), key.keyId);
      return { tokens: results.map(({ ciphertext }) => toBase64(ciphertext)), keyLabel: label, encryptionContext };
    });
  } finally {
    for (const plaintext of plaintexts) plaintext.fill(0);
  }
}

interface AskedTerms {
  readonly key: KeyReference;
  readonly label: string;
  readonly encryptionContext: EncryptionContext;
}

async function askTerms(parts: SecretParts, service: KeyService, scope: vscode.Uri, terms: EncryptionTerms): Promise<AskedTerms> {
  if (terms.fixedKey !== undefined) {
    const { keyId, region = service.region } = terms.fixedKey;
    return { key: { region, keyId }, label: keyId.replace(/^alias\//, ''), encryptionContext: {} };
  }
  const key = await pickEncryptionKey(parts, service);
  const title = vscode.l10n.t('KMS: Encryption Context');
  const encryptionContext = mayAskForContext(scope) ? await askEncryptionContext(scope, title) : settingsContext(scope);
  terms.checkContext?.(encryptionContext);
  return { key: { region: key.region, keyId: key.arn }, label: keyLabel(key), encryptionContext };
}
