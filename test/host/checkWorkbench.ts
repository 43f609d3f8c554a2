import { launchChromium } from './install/chromium.ts';

/** Opens the page as a person would and waits until the extension's icon is in the activity bar. Throws when it is not. */
export async function checkWorkbench(address: string): Promise<void> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(address);
    await page.getByRole('tab', { name: 'KMS' }).waitFor({ timeout: 60_000 });
  } finally {
    await browser.close();
  }
}
