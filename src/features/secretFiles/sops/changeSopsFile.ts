import * as vscode from 'vscode';
import type { SopsChange } from '../../../core/secrets/sops/file/writeChange.ts';
import type { SopsTools } from '../../../core/secrets/sops/sopsPorts.ts';
import type { SopsOperations } from '../../../core/secrets/sopsOperations.ts';
import { applyEdits, assertWritable } from '../../shared/secrets/applyEdits.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { withProgress } from '../../shared/withProgress.ts';
import { loadSops, textFormat, type TextFormat } from './sopsDocument.ts';
import { sopsToolsOn, type ToolsFor } from './sopsKeys.ts';

/** A document that SOPS encrypted, or is to, at one version of it. */
export interface SopsSource {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly text: string;
  readonly format: TextFormat;
  readonly sops: SopsOperations;
  readonly toolsFor: ToolsFor;
}

/** Reads a document that is to be changed. Rejects with SOPS_UNSUPPORTED, READ_ONLY_DOCUMENT and as the connection does. */
export async function openSopsSource({ connection }: SecretParts, document: vscode.TextDocument): Promise<SopsSource> {
  const { version } = document;
  const text = document.getText();
  const format = await textFormat(document);
  await assertWritable(document);
  const [sops, service] = await Promise.all([loadSops(), connection.keyService()]);
  return { document, version, text, format, sops, toolsFor: sopsToolsOn(service) };
}

/**
 * Writes what an operation of SOPS makes of a document, in one undo step. The operation has read its result back with
 * every value and the MAC. Resolves to whether anything was to be changed.
 */
export async function changeSopsFile(
  { document, version, toolsFor }: SopsSource,
  title: string,
  operation: (tools: SopsTools) => Promise<SopsChange>,
): Promise<boolean> {
  const { edits } = await withProgress(title, (signal) => operation(toolsFor(signal)));
  if (edits.length > 0) await applyEdits(document, version, edits);
  return edits.length > 0;
}

/** Says in the status bar what was done. */
export function tellDone(message: string): void {
  vscode.window.setStatusBarMessage(message, 6000);
}
