import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { commandIds, keysViewId, secretsViewId, settings, viewContainerId } from '../../src/contributions.ts';

interface MenuEntry {
  /** Missing for a submenu. */
  readonly command?: string;
  readonly when?: string;
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly default: unknown; readonly scope: string }>>;
    };
    readonly menus: Readonly<Record<string, readonly MenuEntry[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when: string }[];
  };
}

const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(new URL(path, import.meta.url), 'utf8'));
const manifestPath = '../../package.json';

/** Every `%name%` of a JSON document, without the per cent signs. */
function placeholders(value: unknown): string[] {
  if (typeof value === 'string') return /^%(.+)%$/.exec(value)?.slice(1) ?? [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(placeholders) : [];
}

/** The text of every source file that could set a context key. */
async function contextKeySource(): Promise<string> {
  return readFile(new URL('../../src/contributions.ts', import.meta.url), 'utf8');
}

describe('package.json and src/contributions.ts', () => {
  let manifest: Manifest;
  before(async () => {
    manifest = (await readJson(manifestPath)) as Manifest;
  });

  it('name the same commands', () => {
    assert.deepEqual(manifest.contributes.commands.map(({ command }) => command).sort(), [...commandIds].sort());
  });

  it('give every command the category KMS', () => {
    for (const { command, category } of manifest.contributes.commands) assert.equal(category, 'KMS', command);
  });

  it('name the same settings with the same scopes and defaults', () => {
    const contributed = Object.entries(manifest.contributes.configuration.properties).map(
      ([id, { scope, default: value }]) => [id, { scope, default: value }] as const,
    );
    assert.deepEqual(Object.fromEntries(contributed), settings);
  });

  it('restrict every setting that an untrusted workspace could set', () => {
    assert.deepEqual([...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort(), Object.keys(settings).sort());
  });

  it('name the same view container and views', () => {
    assert.deepEqual(Object.keys(manifest.contributes.views), [viewContainerId]);
    assert.deepEqual(manifest.contributes.views[viewContainerId]?.map(({ id }) => id), [keysViewId, secretsViewId]);
  });

  it('use only known commands in menus and welcome views', () => {
    const inMenus = Object.values(manifest.contributes.menus).flatMap((entries) => entries.flatMap(({ command }) => command ?? []));
    for (const command of inMenus) assert.ok((commandIds as readonly string[]).includes(command), command);
  });

  it('use only context keys that the extension declares', async () => {
    const declared = await contextKeySource();
    const conditions = [
      ...Object.values(manifest.contributes.menus).flatMap((entries) => entries.map(({ when }) => when ?? '')),
      ...manifest.contributes.viewsWelcome.map(({ when }) => when),
    ];
    const used = conditions.flatMap((when) => when.match(/\bkmsExplorer\.\w+/g) ?? []).filter((key) => key !== keysViewId && key !== secretsViewId);
    assert.ok(used.length > 0);
    for (const key of new Set(used)) assert.ok(declared.includes(`'${key}':`), key);
  });

  it('have a text for every placeholder, and no text without one', async () => {
    const texts = (await readJson('../../package.nls.json')) as Record<string, string>;
    assert.deepEqual([...new Set(placeholders(manifest))].sort(), Object.keys(texts).sort());
  });

  it('link only known commands from the welcome texts', async () => {
    const texts = (await readJson('../../package.nls.json')) as Record<string, string>;
    const linked = Object.values(texts).flatMap((text) => [...text.matchAll(/\(command:(kmsExplorer\.\w+)\)/g)].map(([, id]) => id));
    assert.ok(linked.length > 0);
    for (const id of linked) assert.ok((commandIds as readonly (string | undefined)[]).includes(id), id);
  });

  it('activate on nothing but languages that hold values to encrypt, and links that somebody clicks', () => {
    for (const event of manifest.activationEvents) assert.match(event, /^(onLanguage:|onUri$)/);
  });
});

describe('the layout of src', () => {
  it('has no room that the import arrows do not know', async () => {
    const entries = await readdir(new URL('../../src', import.meta.url), { withFileTypes: true });
    const rooms = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    assert.deepEqual(rooms.sort(), ['aws', 'core', 'emulator', 'features', 'protocol']);
  });
});
