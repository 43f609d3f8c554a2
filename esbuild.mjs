// Builds the bundles and holds each to the import arrows: what a bundle contains is read from esbuild's metafile.
// `node esbuild.mjs` builds once; `--watch` rebuilds on change; `--dev` keeps names and adds source maps.
import { context, build } from 'esbuild';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import subsetFont from 'subset-font';

const dev = process.argv.includes('--dev') || process.argv.includes('--watch');
const watch = process.argv.includes('--watch');

/** Parts that are files of their own, which the extension loads with a dynamic import when they are first used. */
const lazyParts = {
  name: 'lazy-parts',
  setup(plugin) {
    const parts = [
      [/^\.\/aws\/main\.ts$/, './aws.cjs'],
      [/\/core\/policy\/policyOperations\.ts$/, './policy.cjs'],
      [/\/core\/secrets\/sopsOperations\.ts$/, './sops.cjs'],
      [/\/core\/secrets\/envelopeOperations\.ts$/, './envelope.cjs'],
      [/\/keyStoreFlows\.ts$/, './keyStores.cjs'],
      [/\/wrapSm2\.ts$/, './sm2.cjs'],
    ];
    for (const [filter, path] of parts) {
      plugin.onResolve({ filter }, ({ kind }) => (kind === 'dynamic-import' ? { path, external: true } : undefined));
    }
  },
};

/**
 * VS Code's API, taken over once. Every module that imports a CommonJS module gets an object of its own with all of its
 * members, and hundreds of members for each of a hundred modules were most of what loading the extension took.
 */
const vscodeOnce = {
  name: 'vscode-once',
  setup(plugin) {
    const namespace = 'vscode-once';
    plugin.onResolve({ filter: /^vscode$/ }, ({ path, namespace: from }) => (from === namespace ? { path, external: true } : { path, namespace }));
    plugin.onLoad({ filter: /./, namespace }, () => ({ contents: "export * from 'vscode';" }));
  },
};

const shared = {
  bundle: true,
  minify: !dev,
  sourcemap: dev ? 'linked' : false,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
};
const node = { ...shared, platform: 'node', target: 'node22', mainFields: ['module', 'main'] };

/** The views of the panels: each the script and the style sheet of a browser frame. What several use is in chunks of its own. */
const views = (names) => ({
  options: {
    ...shared,
    entryPoints: names.map((name) => `media/${name}/${name}.ts`),
    outdir: 'dist',
    entryNames: '[name]',
    chunkNames: 'view-[hash]',
    splitting: true,
    format: 'esm',
    platform: 'browser',
    target: 'chrome138',
  },
  forbidden: ['src/extension.ts', 'src/features/', 'src/aws/', 'src/emulator/', 'node_modules/@aws-sdk/'],
});

const bundles = [
  {
    options: { ...node, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.cjs', format: 'cjs', plugins: [vscodeOnce, lazyParts] },
    forbidden: ['src/aws/', 'src/core/policy/', 'src/core/secrets/sopsOperations.ts', 'src/core/secrets/envelopeOperations.ts', 'src/features/explorer/keyStores/keyStoreFlows.ts', 'src/emulator/', 'media/', 'node_modules/@aws-sdk/', 'node_modules/@smithy/', 'node_modules/lit/', 'node_modules/re2js/', 'node_modules/sm-crypto-v2/'],
  },
  {
    options: { ...node, entryPoints: ['src/aws/main.ts'], outfile: 'dist/aws.cjs', format: 'cjs' },
    forbidden: ['src/extension.ts', 'src/features/', 'src/emulator/', 'media/', 'node_modules/lit/'],
  },
  {
    options: { ...node, entryPoints: ['src/core/secrets/sopsOperations.ts'], outfile: 'dist/sops.cjs', format: 'cjs' },
    forbidden: ['src/extension.ts', 'src/features/', 'src/aws/', 'src/emulator/', 'media/', 'node_modules/@aws-sdk/'],
  },
  {
    options: { ...node, entryPoints: ['src/core/policy/policyOperations.ts'], outfile: 'dist/policy.cjs', format: 'cjs' },
    forbidden: ['src/extension.ts', 'src/features/', 'src/aws/', 'src/emulator/', 'media/', 'node_modules/@aws-sdk/'],
  },
  {
    options: { ...node, entryPoints: ['src/core/secrets/envelopeOperations.ts'], outfile: 'dist/envelope.cjs', format: 'cjs' },
    forbidden: ['src/extension.ts', 'src/features/', 'src/aws/', 'src/emulator/', 'media/', 'node_modules/'],
  },
  {
    options: { ...node, entryPoints: ['src/features/explorer/keyStores/keyStoreFlows.ts'], outfile: 'dist/keyStores.cjs', format: 'cjs', plugins: [vscodeOnce] },
    forbidden: ['src/extension.ts', 'src/aws/', 'src/emulator/', 'media/', 'node_modules/'],
  },
  {
    options: { ...node, entryPoints: ['src/features/keyPanel/material/wrapSm2.ts'], outfile: 'dist/sm2.cjs', format: 'cjs' },
    forbidden: ['src/extension.ts', 'src/core/', 'src/aws/', 'src/emulator/', 'media/', 'node_modules/@aws-sdk/'],
  },
  {
    options: {
      ...node,
      entryPoints: ['src/emulator/main.ts'],
      outfile: 'dist/emulator.js',
      format: 'esm',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    },
    forbidden: ['src/extension.ts', 'src/features/', 'src/aws/', 'media/', 'node_modules/@aws-sdk/', 'node_modules/@smithy/'],
  },
  views(['keyPanel', 'createKey', 'decryptedEditor']),
];

/** The inputs of a bundle that its list forbids. */
function trespassers(metafile, forbidden) {
  return Object.keys(metafile.inputs).filter((input) => forbidden.some((part) => input.includes(part)));
}

/**
 * The icons of VS Code that the views name, as a font and its style sheet: the whole set is ten times as long. A name counts
 * wherever it stands as a word, since many are put together where they are used.
 */
async function writeIcons() {
  const names = (await readdir('dist')).filter((name) => name.endsWith('.js') && name !== 'emulator.js');
  const texts = await Promise.all(names.map((name) => readFile(`dist/${name}`, 'utf8')));
  const words = new Set(texts.flatMap((text) => text.match(/[a-z0-9]+(?:-[a-z0-9]+)*/g) ?? []).map((word) => word.replace(/^codicon-/, '')));
  const folder = 'node_modules/@vscode/codicons/dist';
  const used = [];
  const css = (await readFile(`${folder}/codicon.css`, 'utf8'))
    .replace(/^\.codicon-([a-z0-9-]+):before \{ content: "\\([0-9a-f]+)" \}\n/gm, (rule, name, point) => {
      if (!words.has(name)) return '';
      used.push(String.fromCodePoint(Number.parseInt(point, 16)));
      return rule;
    })
    .replace(/url\("[^"]*"\) format\("truetype"\)/, 'url("./codicon.woff2") format("woff2")');
  const font = await subsetFont(await readFile(`${folder}/codicon.ttf`), used.join(''), { targetFormat: 'woff2' });
  await Promise.all([writeFile('dist/codicon.css', css), writeFile('dist/codicon.woff2', font)]);
}

async function run() {
  await rm('dist', { recursive: true, force: true });
  await mkdir('dist', { recursive: true });
  for (const { options, forbidden } of bundles) {
    const { metafile } = await build(options);
    const found = trespassers(metafile, forbidden);
    if (found.length > 0) throw new Error(`${options.outfile ?? 'A view'} must not contain: ${found.join(', ')}`);
  }
  await writeIcons();
  await cp('src/emulator/seed/seed.schema.json', 'dist/seed.schema.json');
}

await run();
if (watch) {
  const contexts = await Promise.all(bundles.map(({ options }) => context(options)));
  await Promise.all(contexts.map((each) => each.watch()));
}
