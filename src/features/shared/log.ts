import type * as vscode from 'vscode';

/** The extension's log channel. Nothing that goes in may hold plaintext, key material, ciphertext or credentials. */
export type Log = vscode.LogOutputChannel;
