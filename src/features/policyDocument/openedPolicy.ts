import type * as vscode from 'vscode';
import type { KeyMetadata } from '../../core/kms/keyMetadata.ts';
import type { KeyReference } from '../../core/kms/service/keyReference.ts';
import type { KeyService } from '../../core/kms/service/keyService.ts';
import type { Caller } from '../../core/policy/evaluate/request.ts';
import type { LintFacts } from '../../core/policy/lint/diagnostic.ts';
import { policyEngine } from './policyEngine.ts';

/** A key policy as it was read for a document. */
export interface OpenedPolicy {
  /** The stored policy, exactly as KMS gave it: what is saved replaces this one and no other. */
  readonly base: string;
  /** The text of the document. */
  readonly content: Uint8Array;
  /** When the content was first seen, in epoch milliseconds. */
  readonly mtime: number;
  readonly metadata: KeyMetadata;
  /** Who reads; undefined when that could not be found out. */
  readonly caller: Caller | undefined;
  /** What the lint knows of the policy besides its text. */
  readonly facts: LintFacts;
}

/** Reads the policy of a key with what the checks need to know. An unchanged policy keeps its time. */
export async function openPolicy(service: KeyService, key: KeyReference, before: OpenedPolicy | undefined, now: number): Promise<OpenedPolicy> {
  const { signal } = new AbortController();
  const { callerOfArn, formatPolicy, lintKey } = await policyEngine();
  const [metadata, base, caller] = await Promise.all([
    service.describeKey(key, signal),
    service.getKeyPolicy(key, signal),
    service.identity(signal).then(({ callerArn }) => callerOfArn(callerArn), () => undefined),
  ]);
  const isSame = before?.base === base;
  return {
    base,
    content: isSame ? before.content : new TextEncoder().encode(formatPolicy(base)),
    mtime: isSame ? before.mtime : Math.max(now, (before?.mtime ?? 0) + 1),
    metadata,
    caller,
    facts: { key: lintKey(metadata), ...(caller === undefined ? {} : { caller }) },
  };
}

export function policyStat({ content, mtime, metadata }: OpenedPolicy, types: { file: vscode.FileType; readOnly: vscode.FilePermission }): vscode.FileStat {
  const stat = { type: types.file, ctime: metadata.creationDate ?? 0, mtime, size: content.length };
  return metadata.keyManager === 'AWS' ? { ...stat, permissions: types.readOnly } : stat;
}
