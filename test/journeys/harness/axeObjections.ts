import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * What axe objects to in the webview that is shown. Editors are left out: their tokens have the colours of the user's
 * theme, and VS Code's own dim its line numbers.
 */
export async function axeObjections(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .include(['iframe.webview.ready', 'iframe#active-frame', 'main'])
    .exclude(['iframe.webview.ready', 'iframe#active-frame', 'kms-policy-editor'])
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`));
}
