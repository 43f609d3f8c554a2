import assert from 'node:assert/strict';
import { useWorkbench } from './harness/useWorkbench.ts';

describe('The workbench', () => {
  const workbench = useWorkbench();

  it('shows the KMS container with the Keys view when its icon is clicked', async () => {
    const { keys, page } = workbench();
    await keys.open();
    const title = await page.locator('.sidebar .title-label').innerText();
    assert.match(title, /KMS/i);
  });

  it('offers the commands of the extension in the palette', async () => {
    const titles = await workbench().quickInput.offeredCommands('KMS: Select');
    assert.ok(titles.includes('KMS: Select Backend'), titles.join(', '));
  });

  it('opens a file, changes it at the cursor and saves it', async () => {
    const { editor, page } = workbench();
    const before = await editor.saved('config/production.yaml');
    await editor.open('config/production.yaml');
    await editor.select('config/production.yaml', 'examplepay');
    await page.keyboard.type('otherpay');
    await editor.waitForText('provider: otherpay');
    await editor.save();
    assert.equal(await editor.saved('config/production.yaml'), before.replace('examplepay', 'otherpay'));
  });

  it('throws an unsaved change away between two tests', async () => {
    const { editor, page, reset } = workbench();
    const before = await editor.saved('.env');
    await editor.open('.env');
    await editor.putCursor(2, 1);
    await page.keyboard.type('UNSAVED=1');
    await reset();
    assert.equal(await page.locator('.tabs-container .tab').count(), 0);
    assert.equal(await editor.saved('.env'), before);
  });
});
