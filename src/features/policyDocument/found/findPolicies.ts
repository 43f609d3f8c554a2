import * as vscode from 'vscode';
import { mapConcurrently } from '../../shared/secrets/mapConcurrently.ts';
import { policyEngine } from '../policyEngine.ts';

/** A key policy has at most 32 kB; files that are much longer hold something else. */
const largestFile = 200_000;
const filesAtOnce = 8;

/** Whether a text is a policy that somebody could give a key: statements with principals, about actions of KMS. */
async function isKeyPolicy(text: string): Promise<boolean> {
  if (!/"Statement"/i.test(text) || !/"(?:kms:|\*")/i.test(text)) return false;
  const { parsePolicy } = await policyEngine();
  const { statements } = parsePolicy(text);
  return statements.length > 0 && statements.every(({ effect, principal, notPrincipal }) => effect !== undefined && (principal ?? notPrincipal) !== undefined);
}

async function holdsKeyPolicy(uri: vscode.Uri): Promise<boolean> {
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > largestFile) return false;
    return await isKeyPolicy(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  } catch {
    // A file that went away, or cannot be read, is nothing to offer.
    return false;
  }
}

/** The JSON files of the workspace, apart from those that the settings exclude, that hold a key policy. Stops when it is cancelled. */
export async function findPolicies(token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
  const files = await vscode.workspace.findFiles('**/*.json', undefined, undefined, token);
  const found: vscode.Uri[] = [];
  await mapConcurrently(files, filesAtOnce, async (uri) => {
    if (!token.isCancellationRequested && (await holdsKeyPolicy(uri))) found.push(uri);
  });
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
