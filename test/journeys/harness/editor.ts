import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { QuickInput } from './quickInput.ts';
import { waitUntil } from './waitUntil.ts';

/** The text editors, and the files of the workspace behind them. Paths are relative to the workspace. */
export class Editor {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly workspace: string;

  constructor(page: Page, quickInput: QuickInput, workspace: string) {
    this.page = page;
    this.quickInput = quickInput;
    this.workspace = workspace;
  }

  /** The editor that has the focus or had it last. */
  get active(): Locator {
    return this.page.locator('.editor-group-container.active .monaco-editor[role="code"]').first();
  }

  get codeLenses(): Locator {
    return this.active.locator('.codelens-decoration a');
  }

  /** Clicks the Decrypt lens over one of the file's encrypted values, counted from the top, once all `count` are drawn. */
  async clickDecrypt(index: number, count: number): Promise<void> {
    const lenses = this.codeLenses.filter({ hasText: 'Decrypt' });
    await waitUntil(`${count} Decrypt lenses`, async () => ((await lenses.count()) === count ? true : null));
    const drawn = await Promise.all((await lenses.all()).map(async (lens) => ({ lens, top: (await lens.boundingBox())?.y ?? 0 })));
    drawn.sort((one, other) => one.top - other.top);
    await drawn[index]?.lens.click();
  }

  tab(name: string): Locator {
    return this.page.locator('.tabs-container').getByRole('tab', { name });
  }

  /** Opens a file of the workspace and waits until its text is drawn. */
  async open(path: string): Promise<void> {
    const name = path.split('/').at(-1) ?? path;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.page.keyboard.press('F1');
        await this.quickInput.field.fill(join(this.workspace, path), { timeout: 3000 });
        await this.quickInput.row(name).click({ timeout: 5000 });
        await this.tab(name).and(this.page.locator('.active')).waitFor({ timeout: 5000 });
        break;
      } catch (error) {
        if (attempt === 3) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
    await this.active.locator('.view-line').first().waitFor();
  }

  /** Puts the cursor at a line and column, both counted from one, and the focus into the editor. */
  async putCursor(line: number, column: number): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickInput.field.fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.quickInput.box.waitFor({ state: 'hidden' });
    await this.active.and(this.page.locator('.focused')).waitFor();
  }

  /** Puts the cursor in front of the n-th occurrence (from one) of a text in the file as it is on disk. */
  async putCursorAt(path: string, text: string, occurrence = 1): Promise<void> {
    const before = (await this.saved(path)).split(text).slice(0, occurrence).join(text);
    if (before.length === (await this.saved(path)).length) throw new Error(`${path} has no occurrence ${occurrence} of that text.`);
    const lines = before.split('\n');
    await this.putCursor(lines.length, (lines.at(-1) ?? '').length + 1);
  }

  /** Selects the n-th occurrence of a text of one line in the active editor; the file must be saved. */
  async select(path: string, text: string, occurrence = 1): Promise<void> {
    await this.putCursorAt(path, text, occurrence);
    const steps = Array.from(text, () => 'Shift+ArrowRight');
    for (const step of steps) await this.page.keyboard.press(step);
  }

  /** Adds the next occurrence of the selected text to the selection, as Ctrl+D does. */
  async selectNextToo(): Promise<void> {
    await this.quickInput.runCommand('Add Selection to Next Find Match');
  }

  /** The lines that are drawn, as text. Lines further down are not. */
  async shownText(): Promise<string> {
    const lines = await this.active.locator('.view-line').all();
    const placed = await Promise.all(lines.map(async (line) => ({ top: (await line.boundingBox())?.y ?? 0, text: await line.innerText() })));
    placed.sort((one, other) => one.top - other.top);
    return placed.map(({ text }) => text.replaceAll('\u00a0', ' ').replace(/\n$/, '')).join('\n');
  }

  /** Waits until the drawn lines contain a text or match a pattern. */
  async waitForText(wanted: string | RegExp): Promise<string> {
    return await waitUntil(`${String(wanted)} in the editor`, async () => {
      const text = await this.shownText();
      return (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)) ? text : null;
    });
  }

  /** Saves the active editor and waits until nothing is unsaved in it. */
  async save(): Promise<void> {
    await this.quickInput.runCommand('File: Save');
    await this.page.locator('.tabs-container .tab.active.dirty').waitFor({ state: 'detached' });
  }

  async undo(): Promise<void> {
    await this.page.keyboard.press('Control+Z');
  }

  /** The bytes of a file of the workspace as they are on disk, as UTF-8 text. */
  async saved(path: string): Promise<string> {
    return await readFile(join(this.workspace, path), 'utf8');
  }

  /** Opens the context menu at the cursor's line and runs an entry. */
  async runFromMenu(entry: string): Promise<void> {
    await this.page.keyboard.press('Shift+F10');
    await this.page.getByRole('menuitem', { name: entry }).click();
  }

  /** Closes every editor and throws unsaved changes away. */
  async closeAll(): Promise<void> {
    const tabs = this.page.locator('.tabs-container .tab');
    for (let left = await tabs.count(); left > 0; left -= 1) {
      await this.quickInput.runCommand('View: Revert and Close Editor');
      await waitUntil('one editor less', async () => ((await tabs.count()) < left ? true : null));
    }
  }
}
