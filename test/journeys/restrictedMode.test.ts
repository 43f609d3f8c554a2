import assert from 'node:assert/strict';
import { useWorkbench } from './harness/useWorkbench.ts';

describe('A workspace in Restricted Mode', () => {
  const workbench = useWorkbench({ untrusted: true, settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' } });

  it('makes no call: the view and every command say why, and what to do', async () => {
    const { editor, keys, messages, quickInput } = workbench();
    await keys.open();
    await keys.page.locator('.welcome-view').getByText('KMS is not called from a workspace in Restricted Mode.').waitFor();
    const before = await editor.saved('.env');
    await editor.open('.env');
    await editor.select('.env', 'example-payment-key-0001');
    await quickInput.runCommand('KMS: Encrypt Selection');
    await messages.waitForNotification('KMS is not called from a workspace in Restricted Mode. Trust the workspace to go on.');
    assert.equal(await editor.saved('.env'), before);
    // An account in the status bar would mean that somebody was asked.
    assert.equal((await messages.statusItem('KMS: emulator').innerText()).trim(), 'KMS: emulator');
  });
});
