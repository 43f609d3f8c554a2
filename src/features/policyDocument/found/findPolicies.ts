import * as vscode from 'vscode';
import type { KeyPolicyPart } from '../../../core/policy/parse/keyPolicies.ts';
import { mapConcurrently } from '../../shared/secrets/mapConcurrently.ts';
import { policyEngine } from '../policyEngine.ts';

/** Templates are long; a JSON file that is much longer than this is data. */
const largestFile = 2_000_000;
const filesAtOnce = 8;

/** A key policy in a file of the workspace. */
export interface FoundPolicy {
  readonly uri: vscode.Uri;
  readonly part: KeyPolicyPart;
}

async function policiesIn(uri: vscode.Uri): Promise<readonly FoundPolicy[]> {
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > largestFile) return [];
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    // Most files are none, and are not parsed.
    if (!text.includes('"Statement"')) return [];
    const { keyPolicies } = await policyEngine();
    return keyPolicies(text).map((part) => ({ uri, part }));
  } catch {
    // A file that went away, or cannot be read, is nothing to offer.
    return [];
  }
}

/**
 * The key policies in JSON files of the workspace, apart from those that the settings exclude: files that are one, and
 * objects in others, as in templates. Stops when it is cancelled.
 */
export async function findPolicies(token: vscode.CancellationToken): Promise<readonly FoundPolicy[]> {
  const files = await vscode.workspace.findFiles('**/*.{json,template}', undefined, undefined, token);
  const found: FoundPolicy[] = [];
  await mapConcurrently(files, filesAtOnce, async (uri) => {
    if (!token.isCancellationRequested) found.push(...(await policiesIn(uri)));
  });
  return found.sort((a, b) => (a.uri.path < b.uri.path ? -1 : a.uri.path > b.uri.path ? 1 : a.part.offset - b.part.offset));
}
