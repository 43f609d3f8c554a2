import * as vscode from 'vscode';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';
import type { EncryptionContext } from '../../../core/kms/keyMetadata.ts';
import { withProgress } from '../withProgress.ts';
import { askEncryptionContext, mayAskForContext, settingsContext } from './askEncryptionContext.ts';
import type { LocatedToken } from './decryptAcrossRegions.ts';
import { callsAtOnce } from './encryptAll.ts';
import { mapConcurrently } from './mapConcurrently.ts';

type Outcome<Result> = { readonly result: Result } | { readonly refused: KmsExplorerError; readonly item: LocatedToken };

/** One call for one ciphertext. Rejects with INVALID_CIPHERTEXT when the context may be the wrong one. */
export type ContextCall<Result> = (item: LocatedToken, encryptionContext: EncryptionContext, signal: AbortSignal) => Promise<Result>;

/**
 * Runs a call for every ciphertext with the encryption context that KMS accepts: the token's own, else that of the
 * settings, else none. It is asked for only when KMS refuses a ciphertext with these, so that most need no step more.
 * The results have the order of the items; rejects when a single call fails.
 */
export async function tryContexts<Result>(
  title: string,
  items: readonly LocatedToken[],
  scope: vscode.Uri,
  call: ContextCall<Result>,
): Promise<readonly Result[]> {
  const preset = settingsContext(scope);
  const first = await attempt(title, items, (item) => likelyContexts(item, preset), call);
  const refused = first.filter((outcome) => 'refused' in outcome);
  if (refused[0] === undefined) return accepted(first);
  const cannotAsk = !mayAskForContext(scope) || refused.some(({ item }) => item.token.encryptionContext !== undefined);
  if (cannotAsk) throw refused[0].refused;
  const context = await askEncryptionContext(scope, vscode.l10n.t('KMS: Encryption Context Needed to Decrypt'));
  const items2 = refused.map(({ item }) => item);
  const again = (await attempt(title, items2, () => [context], call)).values();
  return accepted(first.map((outcome) => ('refused' in outcome ? (again.next().value ?? outcome) : outcome)));
}

/** What a ciphertext may have been encrypted with, as far as it can be known without asking; the likeliest first. */
function likelyContexts({ token }: LocatedToken, preset: EncryptionContext): readonly EncryptionContext[] {
  if (token.encryptionContext !== undefined) return [token.encryptionContext];
  return Object.keys(preset).length === 0 ? [{}] : [preset, {}];
}

function attempt<Result>(
  title: string,
  items: readonly LocatedToken[],
  contextsOf: (item: LocatedToken) => readonly EncryptionContext[],
  call: ContextCall<Result>,
): Promise<readonly Outcome<Result>[]> {
  return withProgress(title, (signal) =>
    mapConcurrently(items, callsAtOnce, async (item): Promise<Outcome<Result>> => {
      let refused: KmsExplorerError | undefined;
      for (const context of contextsOf(item)) {
        try {
          return { result: await call(item, context, signal) };
        } catch (error) {
          if (!(error instanceof KmsExplorerError) || error.code !== 'INVALID_CIPHERTEXT') throw error;
          refused ??= error;
        }
      }
      return { refused: refused ?? new KmsExplorerError('INVALID_CIPHERTEXT', item.place), item };
    }),
  );
}

function accepted<Result>(outcomes: readonly Outcome<Result>[]): readonly Result[] {
  return outcomes.map((outcome) => {
    if ('refused' in outcome) throw outcome.refused;
    return outcome.result;
  });
}
