import type { Locator, Page } from 'playwright-core';
import { waitUntil } from './waitUntil.ts';

/** The command palette, quick picks and input boxes, which are one widget of the workbench. */
export class QuickInput {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get box(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  get field(): Locator {
    return this.box.locator('.quick-input-box input');
  }

  /** The rows that are drawn; a long list draws only what fits. */
  get rows(): Locator {
    return this.box.locator('.quick-input-list .monaco-list-row');
  }

  /** Runs a command by its palette title, as `KMS: Encrypt Selection`. A workbench that still starts may close the palette, so it tries again. */
  async runCommand(title: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.page.keyboard.press('F1');
        await this.field.fill(`>${title}`, { timeout: 3000 });
        await this.row(title).click({ timeout: 3000 });
        break;
      } catch (error) {
        if (attempt === 4) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
    await this.waitForPaletteToGo();
  }

  /** The titles that the palette offers for a text. */
  async offeredCommands(text: string): Promise<readonly string[]> {
    await this.page.keyboard.press('F1');
    await this.field.fill(`>${text}`);
    await this.rows.first().waitFor();
    const titles = await this.rows.locator('.label-name').allInnerTexts();
    await this.page.keyboard.press('Escape');
    return titles;
  }

  /** The row whose label is exactly this; a part of a longer label that is highlighted is not enough. */
  row(label: string): Locator {
    const whole = new RegExp(`^\\s*${label.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
    const name = this.page.locator('.label-name').filter({ hasText: whole });
    return this.rows.filter({ has: name }).first();
  }

  /** Picks one row of a quick pick by its exact label. */
  async pick(label: string): Promise<void> {
    await this.row(label).click();
  }

  /** Ticks or unticks rows of a pick of several, which may be further down the list, and accepts it. */
  async pickSeveral(labels: readonly string[]): Promise<void> {
    for (const label of labels) {
      await this.field.fill(label);
      await this.row(label).locator('input[type=checkbox], .monaco-checkbox').first().click();
    }
    await this.field.press('Enter');
  }

  /** Types an answer into an input box and accepts it. */
  async answer(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  /** Waits until the widget shows this title, prompt or placeholder. */
  async waitFor(text: string): Promise<void> {
    const words = this.box.getByText(text).or(this.box.getByPlaceholder(text));
    await words.first().waitFor();
  }

  /** The message below an input box: its prompt, or why the answer is refused. */
  async message(): Promise<string> {
    return await this.box.locator('.quick-input-message').innerText();
  }

  async dismiss(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.box.waitFor({ state: 'hidden' });
  }

  /** The palette keeps its text until the command's own box replaces it; an answer typed before that is lost. */
  private async waitForPaletteToGo(): Promise<void> {
    await waitUntil('the palette gone', async () => {
      if ((await this.field.count()) === 0) return true;
      const text = await this.field.inputValue({ timeout: 1000 }).catch(() => '');
      return text.startsWith('>') ? null : true;
    });
  }
}
