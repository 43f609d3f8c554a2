import type { Frame, Page } from 'playwright-core';
import { waitUntil } from './waitUntil.ts';

/** The frame of the webview whose text contains or matches this, for locators inside it. Throws when none comes. */
export async function findWebview(page: Page, text: string | RegExp, timeout = 15_000): Promise<Frame> {
  return await waitUntil(
    `a webview with ${String(text)}`,
    async () => {
      for (const frame of page.frames()) {
        if (!frame.url().includes('/webview/browser/pre/fake.html')) continue;
        // A frame may go away while it is asked.
        const shown = await frame.locator('body').innerText({ timeout: 1000 }).catch(() => '');
        if (typeof text === 'string' ? shown.includes(text) : text.test(shown)) return frame;
      }
      return null;
    },
    timeout,
  );
}
