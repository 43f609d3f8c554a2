// `node test/host/drawIcon.ts` draws media/icons/extension.png from extension.svg: the Marketplace takes no SVG.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchChromium } from './install/chromium.ts';
import { projectRoot } from './system/projectPaths.ts';

const icons = join(projectRoot, 'media', 'icons');
const svg = await readFile(join(icons, 'extension.svg'), 'utf8');
const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
await page.setContent(`<style>body { margin: 0; background: transparent } svg { display: block }</style>${svg}`);
await page.screenshot({ path: join(icons, 'extension.png'), omitBackground: true });
await browser.close();
