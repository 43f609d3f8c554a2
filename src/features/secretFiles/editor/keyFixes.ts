import * as vscode from 'vscode';
import { keyLabel } from '../../../core/kms/keyLabels.ts';
import { commandLink } from '../../shared/commands.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { fixOf } from './encryptFixes.ts';
import { keyTroubles, type KeyTrouble } from './keyTroubles.ts';
import { entriesOf, positionIn, secretFileSelector } from './parsedDocument.ts';
import { diagnosticSource } from './secretDiagnostics.ts';

/** The quick fixes of values whose key is disabled or pending deletion: bring the key back, or move the value to another key. */
export function registerKeyFixes(parts: SecretParts): vscode.Disposable {
  const provider: vscode.CodeActionProvider = {
    async provideCodeActions(document, _range, { diagnostics }) {
      const ours = diagnostics.filter(({ source, code }) => source === diagnosticSource && typeof code === 'string' && code.startsWith('key-'));
      if (ours.length === 0) return [];
      const troubles = keyTroubles(parts, document, await entriesOf(document));
      return ours.flatMap((diagnostic) => {
        const start = document.offsetAt(diagnostic.range.start);
        const trouble = troubles.find(({ entry }) => entry.valueRange.offset === start);
        return trouble === undefined ? [] : fixesOf(document, diagnostic, trouble);
      });
    },
  };
  return vscode.languages.registerCodeActionsProvider(secretFileSelector, provider, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] });
}

function fixesOf(document: vscode.TextDocument, diagnostic: vscode.Diagnostic, { key, kind, isRecipient, namesKey }: KeyTrouble): readonly vscode.CodeAction[] {
  if (key === undefined) return [];
  const row = { key };
  const label = keyLabel(key);
  const back =
    kind === 'disabled'
      ? commandLink(vscode.l10n.t('Enable {0}', label), 'kmsExplorer.enableKey', row)
      : commandLink(vscode.l10n.t('Cancel the deletion of {0}', label), 'kmsExplorer.cancelKeyDeletion', row);
  const move = commandLink(vscode.l10n.t('Re-encrypt under another key'), 'kmsExplorer.moveToOtherKey', positionIn(document, diagnostic.range.start), row);
  return [fixOf(diagnostic, back, true), ...(isRecipient || namesKey ? [] : [fixOf(diagnostic, move, false)])];
}
