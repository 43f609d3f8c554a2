import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startBundledEmulator, type BundledEmulator } from '../../host/bundledEmulator.ts';
import { launchChromium } from '../../host/install/chromium.ts';
import { emulatorSettings, isolatedEnvironment, makeSession } from '../../host/session.ts';
import { outFolder, projectRoot, sampleWorkspace } from '../../host/system/projectPaths.ts';
import { startWorkbench } from '../../host/workbench.ts';
import { Editor } from './editor.ts';
import { KeysView } from './keysView.ts';
import { Messages } from './messages.ts';
import { QuickInput } from './quickInput.ts';

export interface OpenOptions {
  /** Added to the settings that point at the emulator. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** False leaves the emulator out, and the settings that point at it. */
  readonly emulator?: boolean;
  /** A seed file for the emulator, instead of the sample's. */
  readonly seed?: string;
  readonly untrusted?: boolean;
  readonly size?: { readonly width: number; readonly height: number };
}

/** A workbench in a browser, with the parts of it that journeys use. */
export interface OpenWorkbench {
  readonly page: Page;
  readonly workspace: string;
  /** The server's own folder; the logs of the extension are below `data/logs`. */
  readonly serverData: string;
  readonly emulatorData: string;
  /** Throws when the workbench was opened without one. */
  readonly emulator: () => BundledEmulator;
  readonly keys: KeysView;
  readonly quickInput: QuickInput;
  readonly editor: Editor;
  readonly messages: Messages;
  /** Closes editors and messages and puts the sample files back. The emulator keeps its state. */
  readonly reset: () => Promise<void>;
  /** Saves a picture below out/ and returns its path. */
  readonly screenshot: (name: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

async function restoreWorkspace(workspace: string): Promise<void> {
  const kept = await readdir(sampleWorkspace);
  const extra = (await readdir(workspace)).filter((name) => !kept.includes(name));
  for (const name of extra) await rm(join(workspace, name), { recursive: true, force: true });
  await cp(sampleWorkspace, workspace, { recursive: true, force: true });
}

function describePage(page: Page, workspace: string): Pick<OpenWorkbench, 'keys' | 'quickInput' | 'editor' | 'messages' | 'reset' | 'screenshot'> {
  const quickInput = new QuickInput(page);
  const editor = new Editor(page, quickInput, workspace);
  const messages = new Messages(page, quickInput);
  return {
    keys: new KeysView(page),
    quickInput,
    editor,
    messages,
    reset: async () => {
      if ((await messages.dialog.count()) > 0) await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await editor.closeAll();
      await messages.clear();
      await restoreWorkspace(workspace);
    },
    screenshot: async (name) => {
      const file = join(outFolder, 'journeys', `${name.replaceAll(/[^\w-]+/g, '-')}.png`);
      await mkdir(join(outFolder, 'journeys'), { recursive: true });
      await page.screenshot({ path: file });
      return file;
    },
  };
}

/**
 * Opens the extension in a workbench of its own: a copy of the sample service, an emulator with the sample keys, a
 * server and a browser. `close` ends them all; when opening fails, what has started is ended before the error is thrown.
 */
export async function openWorkbench(options: OpenOptions = {}): Promise<OpenWorkbench> {
  const undo: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  try {
    const session = await makeSession();
    undo.push(session.remove);
    const emulator = options.emulator === false ? null : await startBundledEmulator({ dataFolder: session.emulatorData, ...(options.seed === undefined ? {} : { seed: options.seed }) });
    if (emulator !== null) undo.push(emulator.stop);
    const pointers = emulator === null ? {} : emulatorSettings(session, Number(new URL(emulator.endpoint).port));
    const server = await startWorkbench({
      workspace: session.workspace,
      dataFolder: session.serverData,
      settings: { ...pointers, ...options.settings },
      extensionFolder: projectRoot,
      untrusted: options.untrusted ?? false,
      environment: await isolatedEnvironment(session),
    });
    undo.push(server.stop);
    const browser = await launchChromium();
    undo.push(() => browser.close());
    const context = await browser.newContext({ viewport: options.size ?? { width: 1280, height: 800 } });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(server.address);
    await page.locator('.activitybar').getByRole('tab').first().waitFor({ timeout: 60_000 });
    return {
      page,
      workspace: session.workspace,
      serverData: session.serverData,
      emulatorData: session.emulatorData,
      emulator: () => {
        if (emulator === null) throw new Error('This workbench was opened without an emulator.');
        return emulator;
      },
      ...describePage(page, session.workspace),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
