import * as vscode from 'vscode';
import { readSetting } from '../../shared/readSetting.ts';
import { isSopsDocument } from '../sops/sopsDocument.ts';
import { sopsLines } from './encryptedLines.ts';
import { fileSchemes } from './parsedDocument.ts';

/** The flat formats. In YAML and JSON the `sops` part is a block, which VS Code folds as any other. */
const selector: vscode.DocumentFilter[] = fileSchemes.flatMap((scheme) => [
  { scheme, pattern: '**/{.env,.env.*,*.env,*.ini}' },
  { scheme, language: 'dotenv' },
  { scheme, language: 'ini' },
]);

/** Lets the `sops` part of `.env` and INI files be folded. */
export function registerSopsFolding(): vscode.Disposable {
  return vscode.languages.registerFoldingRangeProvider(selector, { provideFoldingRanges: sopsFolding });
}

/** Undefined leaves a file to VS Code's own folding. */
export function sopsFolding(document: vscode.TextDocument): vscode.FoldingRange[] | undefined {
  if (!readSetting('kmsExplorer.folding.enabled', document.uri) || !isSopsDocument(document)) return undefined;
  const found = sopsLines(document.getText().split(/\r?\n/));
  return found === undefined ? undefined : [new vscode.FoldingRange(found[0], found[1], vscode.FoldingRangeKind.Region)];
}
