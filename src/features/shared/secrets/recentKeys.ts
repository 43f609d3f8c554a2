import type * as vscode from 'vscode';
import type { BackendIdentity } from '../../../core/kms/service/keyService.ts';

const stateKey = 'recentEncryptionKeys';
const limit = 5;

type RecentKeys = Readonly<Record<string, readonly string[]>>;

/** The ARNs of the keys that this account last encrypted with at this endpoint, the last one first. */
export function recentKeys(state: vscode.Memento, identity: BackendIdentity): readonly string[] {
  return state.get<RecentKeys>(stateKey, {})[ownerOf(identity)] ?? [];
}

/** Puts a key at the head of the list. */
export async function rememberKey(state: vscode.Memento, identity: BackendIdentity, arn: string): Promise<void> {
  const others = recentKeys(state, identity).filter((each) => each !== arn);
  const all = state.get<RecentKeys>(stateKey, {});
  await state.update(stateKey, { ...all, [ownerOf(identity)]: [arn, ...others].slice(0, limit) });
}

function ownerOf({ accountId, endpoint }: BackendIdentity): string {
  return `${accountId} ${endpoint}`;
}
