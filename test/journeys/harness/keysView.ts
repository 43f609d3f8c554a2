import type { Locator, Page } from 'playwright-core';
import { waitUntil } from './waitUntil.ts';

/** The KMS container of the activity bar and the rows of its Keys view. */
export class KeysView {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get icon(): Locator {
    return this.page.locator('.activitybar').getByRole('tab', { name: 'KMS' });
  }

  get rows(): Locator {
    return this.page.locator('.sidebar').getByRole('treeitem');
  }

  /** Shows the view; does nothing when it is shown. */
  async open(): Promise<void> {
    await this.icon.waitFor({ timeout: 60_000 });
    if ((await this.icon.getAttribute('aria-selected')) !== 'true') await this.icon.click();
    // The tooltip of the icon would cover a row.
    await this.page.mouse.move(700, 400);
    await this.page.locator('.sidebar').getByRole('tree').or(this.page.locator('.sidebar .welcome-view')).first().waitFor();
  }

  /** The row whose label is exactly this, wherever it is. */
  row(label: string): Locator {
    const name = this.page.locator('.label-name').getByText(label, { exact: true });
    return this.rows.filter({ has: name }).first();
  }

  /** Opens row after row, as `expand('us-east-1', 'Customer managed')`. Labels that are not unique must follow their parent. */
  async expand(...labels: string[]): Promise<void> {
    for (const label of labels) {
      const row = this.row(label);
      await row.waitFor();
      if ((await row.getAttribute('aria-expanded')) === 'false') await row.locator('.monaco-tl-twistie').click();
      await this.waitForChild(row);
    }
  }

  /** Children come some time after their parent is open; the row below it is then one level deeper. */
  private async waitForChild(row: Locator): Promise<void> {
    await waitUntil('a row below the one that was opened', async () => {
      const level = Number(await row.getAttribute('aria-level'));
      const below = Number(await row.getAttribute('data-index')) + 1;
      const child = this.page.locator(`.sidebar [role="treeitem"][data-index="${below}"][aria-level="${level + 1}"]`);
      return (await child.count()) > 0 ? true : null;
    });
  }

  async select(label: string): Promise<void> {
    await this.row(label).click();
  }

  /** The labels that are drawn, from the top. */
  async labels(): Promise<readonly string[]> {
    return await this.rows.locator('.label-name').allInnerTexts();
  }

  /** What stands behind a row's label. */
  async description(label: string): Promise<string> {
    return await this.row(label).locator('.label-description').innerText();
  }

  /** Presses a button in the view's title, by its tooltip. */
  async pressTitleButton(title: string): Promise<void> {
    await this.page.locator('.sidebar').hover();
    await this.page.locator('.sidebar .title-actions, .sidebar .actions').getByRole('button', { name: title }).first().click();
  }

  /**
   * Rests the pointer on a row until its tooltip shows these words. Rows that are drawn again while their details come in
   * end a hover, so the pointer comes back.
   */
  async hoverUntil(label: string, words: string): Promise<void> {
    const shown = this.page.locator('.workbench-hover').getByText(words).first();
    await waitUntil(`the tooltip of ${label}`, async () => {
      await this.page.mouse.move(700, 400);
      await this.row(label).hover();
      return shown.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => null,
      );
    });
  }

  /** Runs an entry of a row's context menu. */
  async runFromMenu(label: string, entry: string): Promise<void> {
    await this.row(label).click({ button: 'right' });
    await this.page.getByRole('menuitem', { name: entry }).hover();
    // A menu that has just opened takes no click, lest the click that opened it chooses an entry.
    await this.page.keyboard.press('Enter');
  }

  /** The text of the welcome view. */
  async welcomeText(): Promise<string> {
    return await this.page.locator('.sidebar .welcome-view').innerText();
  }
}
