import type { KeyDraft } from '../../src/core/kms/create/keyDraft.ts';
import type { CreateKeyForm } from '../../src/protocol/createKey.ts';
import { readPairs } from '../shared/forms.ts';

const lines = (typed: readonly string[]): readonly string[] => typed.map((line) => line.trim()).filter((line) => line !== '');

/** What was typed as a draft: white space taken off, the alias with its prefix. Undefined when a tag is no pair. */
export function draftOf({ draft, tagsText }: CreateKeyForm): KeyDraft | undefined {
  const pairs = readPairs(tagsText);
  if (pairs === undefined) return undefined;
  const { kind, administrators, users, accounts } = draft.policy;
  return {
    ...draft,
    aliasName: aliasOf(draft.aliasName),
    description: draft.description.trim(),
    tags: Object.entries(pairs).map(([tagKey, tagValue]) => ({ tagKey, tagValue })),
    policy: { kind, administrators: lines(administrators), users: lines(users), accounts: lines(accounts) },
    customKeyStoreId: draft.customKeyStoreId.trim(),
    xksKeyId: draft.xksKeyId.trim(),
  };
}

/** An alias with its prefix, however it was typed; empty stays empty. */
export function aliasOf(typed: string): string {
  const name = typed.trim();
  return name === '' || name.startsWith('alias/') ? name : `alias/${name}`;
}
