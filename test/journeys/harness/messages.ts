import type { Locator, Page } from 'playwright-core';
import type { QuickInput } from './quickInput.ts';

/** Notifications in the corner, modal dialogs, and the status bar. */
export class Messages {
  readonly page: Page;
  readonly quickInput: QuickInput;

  constructor(page: Page, quickInput: QuickInput) {
    this.page = page;
    this.quickInput = quickInput;
  }

  /** The notification whose text contains or matches this. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text }).first();
  }

  /** Waits for a notification and returns its text without its buttons. */
  async waitForNotification(text: string | RegExp): Promise<string> {
    const notification = this.notification(text);
    await notification.waitFor();
    return await notification.locator('.notification-list-item-message').innerText();
  }

  /** Presses a button of a notification. */
  async answerNotification(text: string | RegExp, button: string): Promise<void> {
    const notification = this.notification(text);
    await notification.hover();
    await notification.getByRole('button', { name: button, exact: true }).click();
  }

  get dialog(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  /** Waits for a modal dialog and returns its whole text. */
  async waitForDialog(text: string | RegExp): Promise<string> {
    const dialog = this.dialog.filter({ hasText: text });
    await dialog.waitFor();
    return await dialog.innerText();
  }

  async answerDialog(button: string): Promise<void> {
    await this.dialog.getByRole('button', { name: button, exact: true }).click();
    await this.dialog.waitFor({ state: 'detached' });
  }

  /** The item of the status bar whose text contains this. */
  statusItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text }).first();
  }

  async clear(): Promise<void> {
    if ((await this.page.locator('.notification-toast').count()) > 0) {
      await this.quickInput.runCommand('Notifications: Clear All Notifications');
    }
  }
}
