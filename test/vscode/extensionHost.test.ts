import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { suiteVariable } from './suiteEnvironment.ts';

describe('The extension host', () => {
  it('has the extension', () => {
    const extension = vscode.extensions.getExtension('kms-explorer.kms-explorer');
    assert.ok(extension !== undefined, 'kms-explorer.kms-explorer is not loaded');
  });

  it('has the copy of the sample service open', () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.equal(folder?.uri.fsPath, suiteVariable('KMS_EXPLORER_TEST_WORKSPACE'));
    assert.ok(existsSync(vscode.Uri.joinPath(folder.uri, '.env').fsPath));
  });

  it('takes machine-scoped settings from the window, so that the extension talks to the emulator of the test', () => {
    const settings = vscode.workspace.getConfiguration('kmsExplorer');
    assert.equal(settings.get('backend'), 'emulator');
    assert.equal(settings.get('emulator.dataFolder'), suiteVariable('KMS_EXPLORER_TEST_DATA_FOLDER'));
  });
});
