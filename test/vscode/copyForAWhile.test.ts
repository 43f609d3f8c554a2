import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { copyForAWhile } from '../../src/features/shared/copyForAWhile.ts';

const { clipboard } = vscode.env;

/** What is on the clipboard once it is no longer this, or after five seconds. */
async function after(text: string): Promise<string> {
  const end = Date.now() + 5000;
  while ((await clipboard.readText()) === text && Date.now() < end) await delay(20);
  return clipboard.readText();
}

describe('copyForAWhile', () => {
  it('copies at once, and takes the secret off the clipboard later', async () => {
    await copyForAWhile('a secret', 300);
    assert.equal(await clipboard.readText(), 'a secret');
    assert.equal(await after('a secret'), '');
  });

  it('leaves alone what was copied meanwhile', async () => {
    await copyForAWhile('a secret', 50);
    await clipboard.writeText('something else');
    await delay(300);
    assert.equal(await clipboard.readText(), 'something else');
  });
});
