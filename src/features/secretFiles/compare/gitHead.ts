import * as vscode from 'vscode';
import { KmsExplorerError } from '../../../core/kms/errorCode.ts';

/** What is used of VS Code's own git extension (extensions/git/src/api/git.d.ts of microsoft/vscode). */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

interface GitApi {
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: vscode.Event<GitApi['state']>;
  getRepository(uri: vscode.Uri): GitRepository | null;
}

interface GitRepository {
  readonly state: { readonly HEAD: { readonly commit?: string } | undefined };
  show(ref: string, path: string): Promise<string>;
}

/** How long git may take to look for its repositories after it was started, in milliseconds. */
const patience = 5000;

/** A file as the last commit has it. Rejects with UNSUPPORTED_FILE that says what is missing: git, the repository, a commit or the file. */
export async function textAtHead(uri: vscode.Uri): Promise<string> {
  const name = vscode.workspace.asRelativePath(uri);
  const api = await gitApi();
  const repository = uri.scheme === 'file' || uri.scheme === 'vscode-remote' ? api.getRepository(uri) : null;
  if (repository === null) throw missing(vscode.l10n.t('{0} is in no git repository that VS Code has open, so there is nothing to compare it with.', name));
  if (repository.state.HEAD?.commit === undefined) throw missing(vscode.l10n.t('The git repository of {0} has no commit yet, so there is nothing to compare it with.', name));
  try {
    return await repository.show('HEAD', uri.fsPath);
  } catch (cause) {
    throw missing(vscode.l10n.t('The last commit does not have {0}, so there is nothing to compare it with.', name), cause);
  }
}

async function gitApi(): Promise<GitApi> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  const git = await extension?.activate();
  if (git?.enabled !== true) throw missing(vscode.l10n.t('The git extension of VS Code is missing or turned off. Turn it on to compare with the last commit.'));
  let api: GitApi;
  try {
    api = git.getAPI(1);
  } catch (cause) {
    throw missing(vscode.l10n.t('VS Code has found no git on this machine. Install it to compare with the last commit.'), cause);
  }
  if (api.state === 'uninitialized') await initialized(api);
  return api;
}

async function initialized({ onDidChangeState }: GitApi): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(done, patience);
    const subscription = onDidChangeState(done);
    function done(): void {
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    }
  });
}

function missing(message: string, cause?: unknown): KmsExplorerError {
  return new KmsExplorerError('UNSUPPORTED_FILE', message, { cause });
}
