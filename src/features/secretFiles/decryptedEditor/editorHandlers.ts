import * as vscode from 'vscode';
import type { DecryptedEditorMethods, TextChange } from '../../../protocol/decryptedEditor.ts';
import { isRecord, type RpcHandlers } from '../../../protocol/rpc.ts';
import type { DecryptedDocument } from './decryptedDocument.ts';

/** The answers to the view of one document. `revert` throws the unsaved changes away as the user's own command does. */
export function editorHandlers(document: DecryptedDocument, revert: () => Promise<void>): RpcHandlers<DecryptedEditorMethods> {
  return {
    open: { read: readNull, run: () => document.current() },
    edit: {
      read: readEdit,
      run: ({ revision, changes }) => {
        document.edit(revision, changes);
        return null;
      },
    },
    retry: { read: readNull, run: () => document.retry() },
    resolve: {
      read: readKeep,
      run: async ({ keep }) => {
        await (keep === 'edits' ? document.keepEdits() : revert());
        return document.current();
      },
    },
    openAsText: {
      read: readNull,
      run: async () => {
        await vscode.commands.executeCommand('vscode.openWith', document.uri, 'default');
        return null;
      },
    },
  };
}

function readNull(params: unknown): { params: null } | undefined {
  return params === null ? { params: null } : undefined;
}

function readKeep(params: unknown): { params: DecryptedEditorMethods['resolve']['params'] } | undefined {
  const keep = isRecord(params) ? params['keep'] : undefined;
  return keep === 'edits' || keep === 'file' ? { params: { keep } } : undefined;
}

function readEdit(params: unknown): { params: DecryptedEditorMethods['edit']['params'] } | undefined {
  if (!isRecord(params)) return undefined;
  const { revision, changes } = params;
  if (typeof revision !== 'number' || !Array.isArray(changes) || !changes.every(isChange)) return undefined;
  return { params: { revision, changes } };
}

function isChange(value: unknown): value is TextChange {
  return isRecord(value) && isOffset(value['from']) && isOffset(value['to']) && typeof value['insert'] === 'string';
}

function isOffset(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
