import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import * as vscode from 'vscode';
import { commandIds } from '../../src/contributions.ts';
import type { ExtensionFacts } from '../../src/extension.ts';

/** Milliseconds that Node takes to read, compile and run the bundle anew, beside the copy that VS Code loaded. */
function timeToLoad(bundle: string): number {
  const load = createRequire(bundle);
  const loaded = load.cache[bundle];
  Reflect.deleteProperty(load.cache, bundle);
  const start = performance.now();
  load(bundle);
  const milliseconds = performance.now() - start;
  load.cache[bundle] = loaded;
  return milliseconds;
}

/** What is loaded when it is first needed. */
const lateParts = ['aws.cjs', 'envelope.cjs', 'keyStores.cjs', 'policy.cjs', 'sm2.cjs', 'sops.cjs'];

/** This file's name makes it the first of the suite: nothing has activated the extension before. */
describe('Activation', () => {
  const extension = vscode.extensions.getExtension<ExtensionFacts>('kms-explorer.kms-explorer');

  it('takes less than 50 ms with its code, and loads none of the parts that are for later', async () => {
    assert.ok(extension !== undefined, 'The extension is not there.');
    const { activationTime } = await extension.activate();
    const bundle = join(extension.extensionPath, 'dist', 'extension.cjs');
    const loadTime = Math.min(timeToLoad(bundle), timeToLoad(bundle), timeToLoad(bundle));
    const total = loadTime + activationTime;
    console.log(`      activation: ${total.toFixed(1)} ms (code ${loadTime.toFixed(1)} ms, activate() ${activationTime.toFixed(1)} ms)`);
    assert.ok(total < 50, `${total} ms`);
    const loaded = Object.keys(createRequire(extension.extensionPath).cache).filter((file) => file.startsWith(extension.extensionPath) && file.endsWith('.cjs'));
    assert.ok(loaded.includes(bundle));
    assert.deepEqual(loaded.filter((file) => lateParts.some((part) => file.endsWith(`${sep}${part}`))), []);
  });

  it('registers every command of package.json and no other', async () => {
    const registered = await vscode.commands.getCommands(true);
    // VS Code itself adds commands for each view, which carry the view's id.
    const own = registered.filter((id) => id.startsWith('kmsExplorer.') && !/^kmsExplorer\.(?:keys|secrets)\./.test(id));
    assert.deepEqual(own.sort(), [...commandIds].sort());
  });
});
